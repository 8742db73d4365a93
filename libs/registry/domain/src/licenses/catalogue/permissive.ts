import type { License } from '../license.ts';
import { defineLicense, duty, outputsTrainAnything, propagates, silent, yes } from './define-license.ts';

export const mit = defineLicense({
  id: 'MIT',
  name: 'MIT License',
  title: 'MIT License',
  family: 'MIT',
  steward: 'the publisher (a general text)',
  source: 'SPDX MIT; deepseek-ai/DeepSeek-R1 LICENSE and README section 7',
  osiApproved: true,
  permissions: { 'commercial-use': yes('~1'), modification: yes('~1'), distribution: yes('~1'), hosting: yes('~1'), sublicensing: yes('~1'), 'patent-grant': silent() },
  obligations: [duty('include-license', 'copies', '~2 notice condition'), duty('retain-copyright', 'copies', '~2 notice condition')],
  outputRule: outputsTrainAnything(),
  propagation: propagates('obligations-only', 'none'),
  markers: {
    required: ['Permission is hereby granted, free of charge, to any person obtaining a copy', 'copies or substantial portions of the Software'],
    supporting: ['in connection with the software or the use or other dealings in the software'],
    absent: ['our only modification', 'monthly revenue', 'commons clause', 'non-commercial', 'may not use', 'may not be used'],
    body: { begins: 'Permission is hereby granted, free of charge', ends: 'other dealings in the software', characters: 826, tolerance: 8, before: 300 },
  },
  hfTags: ['mit'],
  confidence: 'text',
  notes: ['Has no field-of-use clause: what is not listed anywhere is allowed.', 'Modified MIT texts begin the same and add a paragraph at the end: their tails are compared.'],
});

export const apache2 = defineLicense({
  id: 'Apache-2.0',
  name: 'Apache License 2.0',
  title: 'Apache License, Version 2.0, January 2004',
  family: 'Apache',
  steward: 'Apache Software Foundation (the text); the licensor is the publisher',
  source: 'SPDX Apache-2.0; QwenLM/Qwen2.5-VL LICENSE',
  osiApproved: true,
  permissions: { 'commercial-use': yes('2'), modification: yes('2'), distribution: yes('4'), hosting: yes('2'), sublicensing: yes('2'), 'patent-grant': yes('3') },
  obligations: [
    duty('include-license', 'copies', '4(a)'),
    duty('state-changes', 'copies', '4(b)', { when: 'modified' }),
    duty('retain-copyright', 'copies', '4(c)'),
    { code: 'include-notice', trigger: 'copies', clause: '4(d)', when: 'the work ships a NOTICE file', text: 'Keep the attribution notices of its NOTICE file.' },
    duty('indemnify', 'copies', '9', { when: 'you offer a warranty or support of your own' }),
  ],
  outputRule: outputsTrainAnything(),
  propagation: propagates('obligations-only', 'none'),
  markers: {
    required: ['Apache License', 'Version 2.0, January 2004', 'excluding those notices that do not pertain to any part of the Derivative Works'],
    absent: ['commons clause', 'falcon', 'non-commercial purposes'],
    body: { begins: 'Apache License', ends: 'END OF TERMS AND CONDITIONS', characters: 7_436, tolerance: 8, before: 200, appendix: { begins: 'APPENDIX: How to apply', characters: 1_000 } },
  },
  hfTags: ['apache-2.0'],
  confidence: 'text',
});

export const bsd3Clause = defineLicense({
  id: 'BSD-3-Clause',
  name: 'BSD 3-Clause License',
  title: 'BSD 3-Clause "New" or "Revised" License',
  family: 'BSD',
  steward: 'the publisher (a general text)',
  source: 'SPDX BSD-3-Clause',
  osiApproved: true,
  permissions: { 'commercial-use': yes('~1'), modification: yes('~1'), distribution: yes('~1'), hosting: yes('~1'), sublicensing: silent(), 'patent-grant': silent() },
  obligations: [duty('retain-copyright', 'copies', '1, 2'), duty('include-license', 'copies', '1, 2'), duty('no-endorsement', 'copies', '3')],
  outputRule: outputsTrainAnything(),
  propagation: propagates('obligations-only', 'none'),
  markers: {
    required: ['Redistribution and use in source and binary forms', 'Neither the name of', 'Redistributions in binary form must reproduce the above copyright notice'],
    absent: ['commons clause', 'all advertising materials', "NO EXPRESS OR IMPLIED LICENSES TO ANY PARTY'S PATENT RIGHTS"],
    body: { begins: 'Redistribution and use in source and binary forms', ends: 'advised of the possibility of such damage', characters: 1_157, tolerance: 25, before: 300 },
  },
  hfTags: ['bsd-3-clause'],
  confidence: 'text',
  notes: ['Weights read as a "binary form".'],
});

const openMdw = (version: '1.0' | '1.1', year: number, termination: string, hfTags: string[]): License =>
  defineLicense({
    id: `OpenMDW-${version}`,
    name: `OpenMDW License ${version}`,
    title: `OpenMDW License Agreement, version ${version} (${year})`,
    family: 'OpenMDW',
    steward: 'Linux Foundation, OpenMDW project (the text); the licensor is the publisher',
    source: `OpenMDW/OpenMDW ${version}/LICENSE`,
    permissions: { 'commercial-use': yes('~1'), modification: yes('~1'), distribution: yes('~1'), hosting: yes('~1'), sublicensing: yes('~1'), 'patent-grant': yes('~1') },
    obligations: [duty('include-license', 'copies', '~2'), duty('retain-copyright', 'copies', '~2')],
    outputRule: outputsTrainAnything('~3'),
    propagation: propagates('obligations-only', 'none', { adapter: 'none' }),
    markers: { required: [`OpenMDW License Agreement, version ${version}`, 'to deal in the Model Materials'] },
    hfTags,
    confidence: 'text',
    notes: [termination, 'An adapter owes nothing as long as no portion of the materials is in it.', 'Begins like MIT: a fuzzy match takes it for that.'],
  });

export const openMdw1 = openMdw('1.0', 2025, 'A patent suit about the materials ends all rights.', ['openmdw-1.0']);
export const openMdw11 = openMdw('1.1', 2026, 'A patent or copyright suit about the materials ends all rights.', ['openmdw-1.1']);
