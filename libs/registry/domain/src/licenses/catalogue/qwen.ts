import type { License, LicenseObligation } from '../license.ts';
import { conditional, defineLicense, displayLine, duty, forbids, no, noticeFile, outputsTrainAnything, outputsTrainNoOtherModel, propagates, yes } from './define-license.ts';

const shared = { family: 'Qwen', steward: 'Alibaba Cloud', licensors: ['Alibaba Cloud', 'Alibaba', 'Qwen', 'QwenLM', 'Qwen Team'], confidence: 'text' as const };

const userLimit: License['limits'][number] = {
  name: 'monthly-active-users',
  threshold: 100_000_000,
  comparison: 'strict',
  measure: 'productMonthlyActiveUsers',
  scope: 'product',
  clock: 'continuous',
  commercialOnly: true,
  effect: 'request-license',
  clause: '4',
  text: 'Commercial use in a product or service with more than 100,000,000 monthly active users needs a licence of its own.',
};

const researchLimits: License['limits'] = [
  { name: 'non-commercial', threshold: null, comparison: 'strict', measure: 'commercial', scope: 'licensee', clock: 'continuous', commercialOnly: false, effect: 'request-license', clause: '2.a, 2.b', text: 'Only non-commercial purposes are permitted.' },
  { name: 'research-only', threshold: null, comparison: 'strict', measure: 'purposes', purposes: ['research', 'evaluation'], scope: 'licensee', clock: 'continuous', commercialOnly: false, effect: 'request-license', clause: '1.i', text: 'Non-commercial means research or evaluation only: a tool in daily use is neither, even inside and for free.' },
];

const copiesDuties = (licensed: string, agreement: string): LicenseObligation[] => [
  duty('include-license', 'copies', '3.a'),
  duty('state-changes', 'copies', '3.b', { when: 'modified' }),
  noticeFile(`${licensed} is licensed under the ${agreement}, Copyright (c) Alibaba Cloud. All Rights Reserved.`, '3.c'),
];

const improvedWith = (clause: string): LicenseObligation =>
  displayLine('Built with Qwen" or "Improved using Qwen', 'in the product documentation of a model that was made or improved with it or its outputs and is distributed or offered', clause, { trigger: 'model-released', line: 'Built with Qwen' });

export const qwen2024 = defineLicense({
  ...shared,
  id: 'LicenseRef-Qwen-2024',
  name: 'Qwen License',
  title: 'Qwen LICENSE AGREEMENT, Release Date September 19, 2024',
  source: 'Qwen/Qwen2.5-72B LICENSE',
  permissions: { 'commercial-use': conditional('4'), modification: yes('2'), distribution: yes('3'), hosting: yes('3'), sublicensing: no('2'), 'patent-grant': conditional('2') },
  obligations: [...copiesDuties('Qwen', 'Qwen LICENSE AGREEMENT'), improvedWith('5.b'), duty('indemnify', 'any', '7.d')],
  limits: [userLimit],
  fieldOfUse: forbids({ 'illegal-activity': { clause: '5.a', text: 'Laws and export control; there is no list of prohibited uses.' } }),
  outputRule: outputsTrainAnything('5.b'),
  propagation: propagates('same-license', { rule: 'obligations-only', only: ['display-attribution'], clause: '5.b' }),
  markers: { required: ['Qwen LICENSE AGREEMENT', 'Improved using Qwen'], supporting: ['Release Date: September 19, 2024', '100 million monthly active users'], absent: ['Tongyi Qianwen', 'Qwen RESEARCH LICENSE AGREEMENT', 'FOR NON-COMMERCIAL PURPOSES ONLY'] },
  hfTags: ['qwen'],
  links: ['qwen/qwen2.5-72b'],
  notes: ['By checkpoint, not by family: most sizes of Qwen2.5 are Apache-2.0, 3B is under the research licence.'],
});

export const qwenResearch2024 = defineLicense({
  ...shared,
  id: 'LicenseRef-Qwen-Research-2024',
  name: 'Qwen Research License',
  title: 'Qwen RESEARCH LICENSE AGREEMENT, Release Date September 19, 2024',
  source: 'the file of Qwen2.5-VL-3B',
  permissions: { 'commercial-use': no('2.a, 2.b'), modification: yes('2'), distribution: conditional('3', 'Non-commercially.'), hosting: conditional('3', 'Non-commercially.'), sublicensing: no('2'), 'patent-grant': conditional('2') },
  obligations: [...copiesDuties('Qwen', 'Qwen RESEARCH LICENSE AGREEMENT'), improvedWith('4.b'), duty('indemnify', 'any', '6.d')],
  limits: researchLimits,
  fieldOfUse: forbids({ 'illegal-activity': '4.a' }),
  outputRule: outputsTrainAnything('4.b'),
  propagation: propagates('same-license', { rule: 'review', onlyWhenCommercial: true, only: ['display-attribution'], clause: '1.i, 4.b' }),
  markers: { required: ['Qwen RESEARCH LICENSE AGREEMENT', 'FOR NON-COMMERCIAL PURPOSES ONLY'], supporting: ['Release Date: September 19, 2024'], absent: ['Tongyi Qianwen'] },
  hfTags: ['qwen-research'],
  links: ['qwen/qwen2.5-3b'],
  notes: ['9.a: uses that are not expressly agreed need a licence of their own, so silence is no permission here.', 'A commercial student of its outputs is doubtful: they were licensed for research only.'],
});

export const tongyiQianwen2023 = defineLicense({
  ...shared,
  id: 'LicenseRef-Tongyi-Qianwen-2023',
  name: 'Tongyi Qianwen License',
  title: 'Tongyi Qianwen LICENSE AGREEMENT, Release Date August 3, 2023',
  source: 'QwenLM/Qwen "Tongyi Qianwen LICENSE AGREEMENT"',
  permissions: { 'commercial-use': conditional('4'), modification: yes('2'), distribution: yes('3'), hosting: conditional('2', 'Not named; treated as use.'), sublicensing: no('2'), 'patent-grant': conditional('2') },
  obligations: [...copiesDuties('Tongyi Qianwen', 'Tongyi Qianwen LICENSE AGREEMENT'), duty('indemnify', 'any', '7.d')],
  limits: [userLimit],
  fieldOfUse: forbids({ 'illegal-activity': '5.a' }),
  outputRule: outputsTrainNoOtherModel('5.b'),
  propagation: propagates('same-license', { rule: 'unlicensed', clause: '5.b' }),
  markers: { required: ['Tongyi Qianwen LICENSE AGREEMENT', 'to improve any other large language model (excluding Tongyi Qianwen'], supporting: ['Release Date: August 3, 2023'], absent: ['Tongyi Qianwen RESEARCH LICENSE AGREEMENT', 'September 19, 2024'] },
  hfTags: ['tongyi-qianwen'],
  notes: ['The tag stands over a Qwen 2024 text in Qwen2-VL-72B: trust the file.', 'A README asks commercial users for an application form, the licence does not.'],
});

export const tongyiQianwenResearch2023 = defineLicense({
  ...shared,
  id: 'LicenseRef-Tongyi-Qianwen-Research-2023',
  name: 'Tongyi Qianwen Research License',
  title: 'Tongyi Qianwen RESEARCH LICENSE AGREEMENT, Release Date November 30, 2023',
  source: 'QwenLM/Qwen',
  permissions: { 'commercial-use': no('2.a, 2.b'), modification: yes('2'), distribution: conditional('3', 'Non-commercially.'), hosting: conditional('2', 'Non-commercially.'), sublicensing: no('2'), 'patent-grant': conditional('2') },
  obligations: [...copiesDuties('Tongyi Qianwen', 'Tongyi Qianwen RESEARCH LICENSE AGREEMENT'), duty('indemnify', 'any', '6.d')],
  limits: researchLimits,
  fieldOfUse: forbids({ 'illegal-activity': '4.a' }),
  outputRule: outputsTrainNoOtherModel('4.b'),
  propagation: propagates('same-license', { rule: 'unlicensed', clause: '4.b' }),
  markers: { required: ['Tongyi Qianwen RESEARCH LICENSE AGREEMENT'], supporting: ['Release Date: November 30, 2023'] },
  hfTags: ['tongyi-qianwen-research'],
});
