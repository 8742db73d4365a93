import { conditional, defineLicense, duty, no, outputsTrainAnything, propagates, silent, yes } from './define-license.ts';

/** Written for data, met on weights. What is computed from data, models among it, carries nothing of them. */
const shared = { family: 'Data', outputRule: outputsTrainAnything(), confidence: 'text' as const };
const granted = (clause: string) => ({ 'commercial-use': yes(clause), modification: yes(clause), distribution: yes(clause), hosting: yes(clause), sublicensing: silent(), 'patent-grant': silent() });

export const cdlaPermissive2 = defineLicense({
  ...shared,
  id: 'CDLA-Permissive-2.0',
  name: 'Community Data License Agreement Permissive 2.0',
  title: 'Community Data License Agreement - Permissive - Version 2.0',
  steward: 'Linux Foundation (the text); the licensor is the publisher',
  source: 'SPDX CDLA-Permissive-2.0',
  permissions: granted('1.1'),
  obligations: [duty('include-license', 'copies', '2.1', { text: 'Make the text of the agreement available with what you share.' })],
  outputRule: outputsTrainAnything('3.1'),
  propagation: propagates({ rule: 'obligations-only', clause: '2.1' }, { rule: 'none', clause: '3.1' }),
  markers: { required: ['Community Data License Agreement - Permissive, Version 2.0', 'No Restrictions on Results'] },
  hfTags: ['cdla-permissive-2.0'],
  notes: ['5.4 names machine learning models among the results, which are free of it.'],
});

export const cdlaPermissive1 = defineLicense({
  ...shared,
  id: 'CDLA-Permissive-1.0',
  name: 'Community Data License Agreement Permissive 1.0',
  title: 'Community Data License Agreement – Permissive – Version 1.0',
  steward: 'Linux Foundation (the text); the licensor is the publisher',
  source: 'SPDX CDLA-Permissive-1.0',
  permissions: granted('2.1'),
  obligations: [duty('include-license', 'copies', '3.1(a)'), duty('state-changes', 'copies', '3.1(b)', { when: 'modified' }), duty('retain-copyright', 'copies', '3.1(c)')],
  outputRule: outputsTrainAnything('3.4'),
  propagation: propagates({ rule: 'obligations-only', clause: '3.1' }, { rule: 'none', clause: '3.4' }),
  markers: { required: ['Community Data License Agreement – Permissive, Version 1.0', 'Your exercise of any of the rights and permissions granted below'] },
  hfTags: ['cdla-permissive-1.0'],
});

export const cUda1 = defineLicense({
  ...shared,
  id: 'C-UDA-1.0',
  name: 'Computational Use of Data Agreement 1.0',
  title: 'Computational Use of Data Agreement v1.0',
  steward: 'Microsoft (the text); the licensor is the publisher',
  source: 'SPDX C-UDA-1.0',
  permissions: { ...granted('1.1'), 'commercial-use': conditional('1.1, 2.1', 'For computational use; what results is free.') },
  obligations: [duty('retain-copyright', 'copies', '3.1.1', { text: 'Pass on all credit that came with it, and bind recipients to do the same.' }), duty('pass-on-use-restrictions', 'copies', '3.1.2', { text: 'Bind each recipient to the agreement.' })],
  outputRule: outputsTrainAnything('2.2'),
  propagation: propagates({ rule: 'pass-on-restrictions', clause: '3.1.2' }, { rule: 'none', clause: '2.2' }),
  markers: { required: ['Computational Use of Data Agreement, Version 1.0', 'you will use the Data solely for Computational Use'] },
  hfTags: ['c-uda'],
  notes: ['5.5: models trained on the data are results.'],
});

export const odcBy1 = defineLicense({
  ...shared,
  id: 'ODC-By-1.0',
  name: 'Open Data Commons Attribution License 1.0',
  title: 'ODC Attribution License (ODC-By)',
  steward: 'Open Data Commons (the text); the licensor is the publisher',
  source: 'SPDX ODC-By-1.0, sections 1 to 4',
  permissions: { ...granted('3.1'), sublicensing: no('4.4'), 'patent-grant': no('2.3(b)') },
  obligations: [duty('include-license', 'copies', '4.2(b)'), duty('retain-copyright', 'copies', '4.2(c)'), { code: 'display-attribution', trigger: 'available', clause: '4.3', text: 'Say, where a work made from it is used in public, which database it came from and that it is under ODC-By.' }],
  propagation: propagates({ rule: 'obligations-only', clause: '4.2, 4.3' }, 'none'),
  markers: { required: ['ODC Attribution License', 'Open Data Commons Attribution License'] },
  hfTags: ['odc-by'],
  confidence: 'part',
});

export const pddl1 = defineLicense({
  ...shared,
  id: 'PDDL-1.0',
  name: 'Open Data Commons Public Domain Dedication and License 1.0',
  title: 'Open Data Commons - Public Domain Dedication & License (PDDL)',
  family: 'Public domain',
  steward: 'Open Data Commons (the text); the licensor is the publisher',
  source: 'SPDX PDDL-1.0, preamble and section 3',
  permissions: granted('3.1'),
  propagation: propagates('none', 'none'),
  markers: { required: ['Open Data Commons - Public Domain Dedication & License', 'The position of the recipient of the work'] },
  hfTags: ['pddl'],
  confidence: 'part',
});

export const etalab2 = defineLicense({
  ...shared,
  id: 'etalab-2.0',
  name: 'Etalab Open License 2.0',
  title: 'Licence Ouverte / Open Licence, version 2.0, avril 2017',
  steward: 'Etalab (the text); the licensor is the publisher',
  source: 'SPDX etalab-2.0',
  permissions: granted('Réutilisation ~1'),
  obligations: [{ code: 'retain-copyright', trigger: 'available', clause: 'Réutilisation ~2', text: 'Name the source, at least the licensor, and the date of its last update.' }, duty('no-endorsement', 'available', 'Réutilisation ~3')],
  propagation: propagates({ rule: 'obligations-only', clause: 'Réutilisation ~2' }, 'none'),
  markers: { required: ['LICENCE OUVERTE / OPEN LICENCE', 'Avril 2017'] },
  hfTags: ['etalab-2.0'],
});

export const odbl1 = defineLicense({
  ...shared,
  id: 'ODbL-1.0',
  name: 'Open Database License 1.0',
  title: 'ODC Open Database License (ODbL)',
  steward: 'Open Data Commons (the text); the licensor is the publisher',
  source: 'SPDX ODbL-1.0, sections 2 to 4',
  permissions: { ...granted('3.1'), sublicensing: no('4.8'), 'patent-grant': no('2.3(b)') },
  obligations: [
    duty('include-license', 'copies', '4.2(b)'),
    duty('retain-copyright', 'copies', '4.2(c)'),
    { code: 'display-attribution', trigger: 'available', clause: '4.3', text: 'Say, where a work made from it is used in public, which database it came from and that it is under the ODbL.' },
    duty('share-alike', 'available', '4.4', { when: 'modified', text: 'Keep a derivative database under this licence, also where only works made from it are public.' }),
    duty('disclose-source', 'available', '4.6', { when: 'modified', text: 'Offer the derivative database, or the changes, in machine-readable form.' }),
  ],
  propagation: propagates({ rule: 'same-license', clause: '4.4' }, { rule: 'obligations-only', only: ['display-attribution'], clause: '4.3, 4.5(b)' }),
  copyleft: { clause: '4.4' },
  markers: { required: ['ODC Open Database License (ODbL)'] },
  hfTags: ['odbl'],
  confidence: 'part',
  notes: ['Whether weights are a derivative database is not settled; a work made from a database ("Produced Work") is not.'],
});
