import type { License } from '../license.ts';
import { conditional, defineLicense, duty, no, outputsTrainAnything, propagates, silent, yes } from './define-license.ts';

/** Texts written for software. Weights read as a binary form; running a model behind an API hands over no copy, so nothing is due there. */
export const softwareText = {
  steward: 'the publisher (a general text)',
  osiApproved: true,
  outputRule: outputsTrainAnything(),
  propagation: propagates('obligations-only', 'none'),
  confidence: 'text' as const,
};

export const granted = (clause: string, patent = silent()) => ({ 'commercial-use': yes(clause), modification: yes(clause), distribution: yes(clause), hosting: yes(clause), sublicensing: silent(), 'patent-grant': patent });
const noticeDuties = (clause: string) => [duty('retain-copyright', 'copies', clause), duty('include-license', 'copies', clause)];
export const addedClauses = ['commons clause', 'non-commercial', 'noncommercial', 'may not use', 'monthly active users'];

export const bsd2Clause = defineLicense({
  ...softwareText,
  id: 'BSD-2-Clause',
  name: 'BSD 2-Clause License',
  title: 'BSD 2-Clause "Simplified" License',
  family: 'BSD',
  source: 'SPDX BSD-2-Clause',
  permissions: granted('~1'),
  obligations: noticeDuties('1, 2'),
  markers: {
    required: ['Redistribution and use in source and binary forms', 'Redistributions in binary form must reproduce the above copyright notice'],
    absent: [...addedClauses, 'Neither the name of', 'all advertising materials', 'No patent license', 'endorse or promote'],
  },
  hfTags: ['bsd-2-clause'],
});

export const bsd3ClauseClear = defineLicense({
  ...softwareText,
  id: 'BSD-3-Clause-Clear',
  name: 'BSD 3-Clause Clear License',
  title: 'The Clear BSD License',
  family: 'BSD',
  source: 'SPDX BSD-3-Clause-Clear',
  osiApproved: false,
  permissions: granted('~1', no('last paragraph', 'No patent licence is granted, expressly.')),
  obligations: [...noticeDuties('1, 2'), duty('no-endorsement', 'copies', '3')],
  markers: { required: ['Redistribution and use in source and binary forms', 'Neither the name of', "NO EXPRESS OR IMPLIED LICENSES TO ANY PARTY'S PATENT RIGHTS"], absent: addedClauses },
  hfTags: ['bsd-3-clause-clear'],
  notes: ['Approved by the FSF as a free licence, not on the OSI list.'],
});

export const isc = defineLicense({
  ...softwareText,
  id: 'ISC',
  name: 'ISC License',
  title: 'ISC License',
  family: 'ISC',
  source: 'SPDX ISC',
  permissions: granted('~1'),
  obligations: noticeDuties('~1'),
  markers: { required: ['Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that the above copyright notice'], absent: addedClauses },
  hfTags: ['isc'],
});

export const zlib = defineLicense({
  ...softwareText,
  id: 'Zlib',
  name: 'zlib License',
  title: 'zlib License',
  family: 'zlib',
  source: 'SPDX Zlib',
  permissions: granted('~2'),
  obligations: [duty('state-changes', 'copies', '2', { when: 'modified' }), duty('retain-copyright', 'copies', '3', { text: 'Keep the notice in source distributions, and do not claim that you wrote the original.' })],
  markers: { required: ["In no event will the authors be held liable for any damages arising from the use of this software", 'Altered source versions must be plainly marked as such'], absent: addedClauses },
  hfTags: ['zlib'],
});

export const ncsa = defineLicense({
  ...softwareText,
  id: 'NCSA',
  name: 'University of Illinois/NCSA Open Source License',
  title: 'University of Illinois/NCSA Open Source License',
  family: 'BSD',
  source: 'SPDX NCSA',
  permissions: { ...granted('~1'), sublicensing: yes('~1') },
  obligations: [...noticeDuties('~1, ~2'), duty('no-endorsement', 'copies', '~3')],
  markers: { required: ['to deal with the Software without restriction', 'Redistributions of source code must retain the above copyright notice', 'Neither the names of'], absent: addedClauses },
  hfTags: ['ncsa'],
});

export const postgreSql = defineLicense({
  ...softwareText,
  id: 'PostgreSQL',
  name: 'PostgreSQL License',
  title: 'PostgreSQL License',
  family: 'BSD',
  source: 'SPDX PostgreSQL',
  permissions: granted('~1'),
  obligations: noticeDuties('~1'),
  markers: { required: ['Permission to use, copy, modify, and distribute this software and its documentation for any purpose, without fee, and without a written agreement is hereby granted'], absent: addedClauses },
  hfTags: ['postgresql'],
});

export const boost1: License = defineLicense({
  ...softwareText,
  id: 'BSL-1.0',
  name: 'Boost Software License 1.0',
  title: 'Boost Software License - Version 1.0 - August 17th, 2003',
  family: 'Boost',
  source: 'SPDX BSL-1.0',
  permissions: granted('~1'),
  obligations: noticeDuties('~2').map((obligation) => ({ ...obligation, when: 'not solely as machine-executable object code' })),
  markers: { required: ['Boost Software License - Version 1.0', 'machine-executable object code generated by a source language processor'], absent: addedClauses },
  hfTags: ['bsl-1.0'],
  notes: ['"bsl" also names the Business Source License, which is another text: only "bsl-1.0" means this one.'],
});

export const ecl2 = defineLicense({
  ...softwareText,
  id: 'ECL-2.0',
  name: 'Educational Community License 2.0',
  title: 'Educational Community License, Version 2.0, April 2007',
  family: 'Apache',
  source: 'SPDX ECL-2.0',
  permissions: { ...granted('2'), sublicensing: yes('2'), 'patent-grant': conditional('3', 'Narrower than Apache-2.0: only patents that the contributor may license without payment.') },
  obligations: [
    duty('include-license', 'copies', '4(a)'),
    duty('state-changes', 'copies', '4(b)', { when: 'modified' }),
    duty('retain-copyright', 'copies', '4(c)'),
    { code: 'include-notice', trigger: 'copies', clause: '4(d)', when: 'the work ships a NOTICE file', text: 'Keep the attribution notices of its NOTICE file.' },
  ],
  markers: { required: ['Educational Community License', 'Version 2.0, April 2007'], absent: ['commons clause', 'non-commercial'] },
  hfTags: ['ecl-2.0'],
});

export const afl3 = defineLicense({
  ...softwareText,
  id: 'AFL-3.0',
  name: 'Academic Free License 3.0',
  title: 'Academic Free License ("AFL") v. 3.0',
  family: 'Academic Free License',
  source: 'SPDX AFL-3.0',
  permissions: { ...granted('1'), sublicensing: yes('1'), 'patent-grant': yes('2') },
  obligations: [duty('retain-copyright', 'copies', '6'), duty('state-changes', 'copies', '6', { when: 'modified' }), duty('no-endorsement', 'copies', '4')],
  markers: { required: ['Licensed under the Academic Free License version 3.0', 'Attribution Rights'], absent: ['commons clause', 'non-commercial'] },
  hfTags: ['afl-3.0'],
  notes: ['5: making it available over a network counts as a distribution.'],
});
