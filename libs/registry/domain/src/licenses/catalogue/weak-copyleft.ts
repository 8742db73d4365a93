import { hostedChanges, sourceOfWeights } from './copyleft.ts';
import { defineLicense, duty, no, outputsTrainAnything, propagates, yes } from './define-license.ts';

const shared = { osiApproved: true, outputRule: outputsTrainAnything(), confidence: 'text' as const };

export const mpl2 = defineLicense({
  ...shared,
  id: 'MPL-2.0',
  name: 'Mozilla Public License 2.0',
  title: 'Mozilla Public License, Version 2.0',
  family: 'MPL',
  steward: 'Mozilla Foundation (the text); the licensor is the publisher',
  source: 'SPDX MPL-2.0',
  permissions: { 'commercial-use': yes('2.1'), modification: yes('2.1'), distribution: yes('3.1, 3.2'), hosting: yes('2.1'), sublicensing: yes('3.2(b)'), 'patent-grant': yes('2.1(b)') },
  obligations: [
    duty('include-license', 'copies', '3.1', { text: 'Tell recipients that it is under this licence and where they get a copy.' }),
    duty('retain-copyright', 'copies', '3.4'),
    duty('disclose-source', 'copies', '3.2(a)', { text: 'Offer the source of the covered files, changed ones too.' }),
    duty('share-alike', 'copies', '3.1', { when: 'modified', text: 'Keep the covered files, and your changes to them, under this licence; other files may have other terms.' }),
  ],
  limits: [sourceOfWeights('1.13, 3.2(a)')],
  propagation: propagates({ rule: 'same-license', clause: '3.1' }, 'none', { adapter: { rule: 'obligations-only', clause: '3.3' } }),
  copyleft: { clause: '3.1', compatibleWith: ['GPL-2.0-only', 'GPL-2.0-or-later', 'GPL-3.0-only', 'GPL-3.0-or-later', 'LGPL-2.1-only', 'LGPL-2.1-or-later', 'LGPL-3.0-only', 'LGPL-3.0-or-later', 'AGPL-3.0-only', 'AGPL-3.0-or-later'] },
  markers: { required: ['Mozilla Public License Version 2.0', 'Each Contributor hereby grants You a world-wide, royalty-free, non-exclusive license'], absent: ['commons clause'] },
  hfTags: ['mpl-2.0'],
});

export const epl2 = defineLicense({
  ...shared,
  id: 'EPL-2.0',
  name: 'Eclipse Public License 2.0',
  title: 'Eclipse Public License - v 2.0',
  family: 'EPL',
  steward: 'Eclipse Foundation (the text); the licensor is the publisher',
  source: 'SPDX EPL-2.0',
  permissions: { 'commercial-use': yes('2(a)'), modification: yes('2(a)'), distribution: yes('2(a), 3'), hosting: yes('2(a)'), sublicensing: yes('2(a)'), 'patent-grant': yes('2(b)') },
  obligations: [
    duty('include-license', 'copies', '3.2(b)'),
    duty('retain-copyright', 'copies', '3.3'),
    duty('disclose-source', 'copies', '3.1(a)'),
    duty('share-alike', 'copies', '3.2(a)', { when: 'modified' }),
    duty('indemnify', 'copies', '4', { when: 'you distribute it in a commercial product', text: 'You stand in for claims against other contributors that come from your commercial product.' }),
  ],
  limits: [sourceOfWeights('1, 3.1(a)')],
  propagation: propagates({ rule: 'same-license', clause: '3.2(a)' }, 'none', { adapter: { rule: 'review', clause: '1' } }),
  copyleft: { clause: '3.2(a)' },
  markers: { required: ['Eclipse Public License - v 2.0'], absent: ['commons clause'] },
  hfTags: ['epl-2.0'],
});

export const osl3 = defineLicense({
  ...shared,
  id: 'OSL-3.0',
  name: 'Open Software License 3.0',
  title: 'Open Software License v. 3.0',
  family: 'OSL',
  steward: 'the publisher (a general text)',
  source: 'SPDX OSL-3.0',
  permissions: { 'commercial-use': yes('1'), modification: yes('1(b)'), distribution: yes('1(c)'), hosting: yes('5'), sublicensing: yes('1'), 'patent-grant': yes('2') },
  obligations: [
    duty('share-alike', 'available', '1(c), 5', { text: 'Treat every way of letting others use it, over a network too, as a distribution under this licence.' }),
    duty('disclose-source', 'copies', '3'),
    duty('retain-copyright', 'copies', '6'),
    duty('state-changes', 'copies', '6', { when: 'modified' }),
    duty('no-endorsement', 'available', '4'),
  ],
  limits: [sourceOfWeights('3'), hostedChanges('5')],
  propagation: propagates({ rule: 'same-license', clause: '1(c)' }, 'none', { adapter: { rule: 'review', clause: '1(b)' } }),
  copyleft: { clause: '1(c)' },
  markers: { required: ['Licensed under the Open Software License version 3.0', 'External Deployment'], absent: ['commons clause'] },
  hfTags: ['osl-3.0'],
});

export const msPl = defineLicense({
  ...shared,
  id: 'MS-PL',
  name: 'Microsoft Public License',
  title: 'Microsoft Public License (Ms-PL)',
  family: 'Microsoft',
  steward: 'Microsoft (the text); the licensor is the publisher',
  source: 'SPDX MS-PL',
  permissions: { 'commercial-use': yes('2(A)'), modification: yes('2(A)'), distribution: yes('2(A), 3(D)'), hosting: yes('2(A)'), sublicensing: no('2(A)'), 'patent-grant': yes('2(B)') },
  obligations: [
    duty('retain-copyright', 'copies', '3(C)'),
    duty('include-license', 'copies', '3(D)'),
    duty('share-alike', 'copies', '3(D)', { text: 'Hand on source under this licence, and compiled forms under a licence that complies with it.' }),
    duty('no-endorsement', 'available', '3(A)', { text: 'Use no names, logos or trademarks of contributors.' }),
  ],
  propagation: propagates({ rule: 'same-license', clause: '3(D)' }, 'none'),
  copyleft: { clause: '3(D)' },
  markers: { required: ['Microsoft Public License (Ms-PL)', 'each contributor grants you a non-exclusive, worldwide, royalty-free copyright license'], absent: ['commons clause', 'Reciprocal'] },
  hfTags: ['ms-pl'],
});
