import type { License, OutputRule } from '../license.ts';
import { defineLicense, duty, forbids, no, noticeFile, outputsTrainNoOtherModel, propagates, silent, yes } from './define-license.ts';

interface Variant {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly source: string;
  readonly excluded: string[];
  readonly excludedNames: string;
  readonly users: number;
  readonly product: string;
  readonly year: string;
  readonly releaseDate: string;
  readonly outputRule: OutputRule;
  readonly markers: License['markers'];
  readonly hfTags: string[];
  readonly notes?: readonly string[];
}

/** A field in which decisions are forbidden, not every use. */
const highStakes = { clause: 'Exhibit A 14', effect: 'review', text: 'High-stakes automated decisions in this field are forbidden, not every use.' } as const;

const noOtherAiModel: OutputRule = outputsTrainNoOtherModel('5.b', { 'non-llm-internal': { answer: 'no', clause: '5.b' }, 'non-llm-released': { answer: 'no', clause: '5.b' } });

/** Three texts that must not share one record: they differ in excluded countries, in the number of users, and in which models outputs may not improve. */
function hunyuan({ excluded, excludedNames, users, product, year, notes = [], ...entry }: Variant): License {
  return defineLicense({
    ...entry,
    family: 'Hunyuan',
    steward: 'Tencent',
    licensors: ['Tencent', 'tencent-hunyuan', 'Tencent Hunyuan'],
    permissions: { 'commercial-use': yes('2'), modification: yes('2'), distribution: yes('3'), hosting: yes('1.d'), sublicensing: no('2'), 'patent-grant': silent() },
    obligations: [
      duty('include-license', 'available', '3.a'),
      duty('state-changes', 'available', '3.b', { when: 'modified' }),
      noticeFile(`${product} is licensed under the ${product} Community License Agreement, Copyright (c) ${year} Tencent. All Rights Reserved. The trademark rights of "Tencent Hunyuan" are owned by Tencent or its affiliate.`, '3.d'),
      duty('pass-on-use-restrictions', 'available', '5.a'),
      duty('disclose-ai-generated', 'available', 'Exhibit A 12', { when: 'outputs appear in public' }),
      duty('keep-guardrails', 'any', 'Exhibit A 5'),
      duty('indemnify', 'any', '6.c'),
    ],
    limits: [
      {
        name: 'monthly-active-users',
        threshold: users,
        measure: 'monthlyActiveUsersAtRelease',
        scope: 'licensee',
        clock: 'at-release-date',
        effect: 'request-license',
        clause: '4',
        text: `A licensee whose products and services had more than ${users.toLocaleString('en')} monthly active users in the month before the release gets no rights.`,
      },
    ],
    fieldOfUse: forbids({
      'illegal-activity': 'Exhibit A 2',
      'self-harm': 'Exhibit A 3, 4',
      violence: 'Exhibit A 3, 4',
      'guardrail-circumvention': 'Exhibit A 5',
      'harm-to-minors': 'Exhibit A 6',
      disinformation: 'Exhibit A 7',
      'election-interference': 'Exhibit A 7',
      'fake-engagement': 'Exhibit A 8',
      harassment: 'Exhibit A 9',
      defamation: 'Exhibit A 9',
      malware: 'Exhibit A 10',
      'personal-data-misuse!intent': 'Exhibit A 11',
      'undisclosed-ai-output': { clause: 'Exhibit A 12', text: 'In public contexts.' },
      'impersonation!consent': 'Exhibit A 13',
      'automated-decision': { clause: 'Exhibit A 14', text: 'High-stakes decisions in thirteen named fields.' },
      'law-enforcement': highStakes,
      'critical-infrastructure': highStakes,
      'social-scoring': 'Exhibit A 14',
      terrorism: 'Exhibit A 16',
      discrimination: 'Exhibit A 17',
      'exploitation-of-vulnerable': 'Exhibit A 18',
      military: 'Exhibit A 19',
      'unlicensed-profession': 'Exhibit A 20',
    }),
    regionExclusions: [{ regions: excluded, subject: 'users', clause: '1.l, 2, 5.c, Exhibit A 1', text: `Neither it nor its outputs may be used in ${excludedNames}; where the server stands does not matter.` }],
    propagation: propagates({ rule: 'pass-on-restrictions', clause: '5.a' }, { rule: 'separate-model', clause: '5.b' }),
    confidence: 'text',
    notes: ['"Powered by Tencent Hunyuan" is encouraged (3.c), not required.', 'Affiliates are not named in the user limit.', ...notes],
  });
}

export const hunyuan202411 = hunyuan({
  id: 'LicenseRef-Tencent-Hunyuan-Community-2024-11',
  name: 'Tencent Hunyuan Community License (November 2024)',
  title: 'TENCENT HUNYUAN COMMUNITY LICENSE AGREEMENT, Hunyuan-Large, 5 November 2024',
  source: 'Tencent/Tencent-Hunyuan-Large LICENSE.txt',
  excluded: ['EU'],
  excludedNames: 'the European Union',
  users: 100_000_000,
  product: 'Tencent Hunyuan',
  year: '2024',
  releaseDate: '2024-11-05',
  outputRule: outputsTrainNoOtherModel('5.b'),
  markers: { required: ['TENCENT HUNYUAN COMMUNITY LICENSE AGREEMENT', 'DOES NOT APPLY IN THE EUROPEAN UNION AND IS EXPRESSLY LIMITED'], supporting: [], absent: ['SOUTH KOREA AND IS EXPRESSLY LIMITED'] },
  hfTags: [],
});

export const hunyuan202412 = hunyuan({
  id: 'LicenseRef-Tencent-Hunyuan-Community-2024-12',
  name: 'Tencent Hunyuan Community License (December 2024)',
  title: 'TENCENT HUNYUAN COMMUNITY LICENSE AGREEMENT, HunyuanVideo, 3 December 2024; Hunyuan-A13B, 27 June 2025',
  source: 'Tencent/HunyuanVideo LICENSE.txt; Tencent-Hunyuan/Hunyuan-A13B LICENSE',
  excluded: ['EU', 'GB', 'KR'],
  excludedNames: 'the European Union, the United Kingdom or South Korea',
  users: 100_000_000,
  product: 'Tencent Hunyuan',
  year: '2024',
  releaseDate: '2024-12-03',
  outputRule: noOtherAiModel,
  markers: { required: ['TENCENT HUNYUAN COMMUNITY LICENSE AGREEMENT', 'DOES NOT APPLY IN THE EUROPEAN UNION, UNITED KINGDOM AND SOUTH KOREA'], supporting: [], absent: [] },
  hfTags: ['tencent-hunyuan-a13b'],
  notes: ['The notice of HunyuanVideo says 2024, that of Hunyuan-A13B 2025.'],
});

export const hunyuan3d2 = hunyuan({
  id: 'LicenseRef-Tencent-Hunyuan3D-2.0-Community',
  name: 'Tencent Hunyuan 3D 2.0 Community License',
  title: 'TENCENT HUNYUAN 3D 2.0 COMMUNITY LICENSE AGREEMENT, 21 January 2025',
  source: 'Tencent/Hunyuan3D-2 LICENSE',
  excluded: ['EU', 'GB', 'KR'],
  excludedNames: 'the European Union, the United Kingdom or South Korea',
  users: 1_000_000,
  product: 'Tencent Hunyuan 3D 2.0',
  year: '2025',
  releaseDate: '2025-01-21',
  outputRule: noOtherAiModel,
  markers: { required: ['TENCENT HUNYUAN 3D 2.0 COMMUNITY LICENSE AGREEMENT', 'DOES NOT APPLY IN THE EUROPEAN UNION, UNITED KINGDOM AND SOUTH KOREA'], supporting: [], absent: [] },
  hfTags: [],
});
