import type { License, LicenseObligation } from '../license.ts';
import { conditional, defineLicense, duty, no, outputsTrainAnything, outputsUnsaid, propagates, yes } from './define-license.ts';

/** Written for content, used for weights: duties attach to sharing, and a hosted model shares outputs rather than weights. */
export const creativeCommons = { family: 'Creative Commons', steward: 'Creative Commons (the text); the licensor is the publisher', confidence: 'text' as const };

/** Opens the legal code, while other files merely name the licence. */
const opening = 'By exercising the Licensed Rights (defined below), You accept and agree to be bound';

export const attribution: LicenseObligation[] = [
  duty('retain-copyright', 'copies', '3(a)(1)', { text: 'Name the creator and keep the copyright, licence and disclaimer notices.' }),
  duty('include-license', 'copies', '3(a)(1)(C)', { text: 'Say which licence it is, with its text or a link.' }),
  duty('state-changes', 'copies', '3(a)(1)(B)', { when: 'modified' }),
];
const shareAlike = duty('share-alike', 'copies', '3(b)', { when: 'modified' });

const attributionPermissions = { 'commercial-use': yes('2(a)(1)'), modification: yes('2(a)(1)(B)'), distribution: yes('2(a)(1)'), hosting: yes('2(a)(1)'), sublicensing: no('2(a)(5)(A)'), 'patent-grant': no('2(b)(2)') };
export const nonCommercialPermissions = {
  ...attributionPermissions,
  'commercial-use': no('2(a)(1)'),
  modification: conditional('2(a)(1)(B)', 'For non-commercial purposes.'),
  distribution: conditional('2(a)(1)', 'For non-commercial purposes.'),
  hosting: conditional('2(a)(1)', 'For non-commercial purposes.'),
};

/** It is about the use, not the user: a company may qualify, a charity may not. */
export const nonCommercial = (clause: string): License['limits'][number] => ({
  name: 'non-commercial',
  threshold: null,
  comparison: 'strict',
  measure: 'commercial',
  scope: 'licensee',
  clock: 'continuous',
  commercialOnly: false,
  effect: 'deny',
  clause,
  text: 'Only uses that are not primarily for commercial advantage are permitted, and making training data for a commercial product is a commercial use.',
});

/** What is made from outputs inherits nothing; making the training data of something commercial is itself a commercial use. */
export const studentsWithoutCommerce = (clause: string) => ({ rule: 'unlicensed', onlyWhenCommercial: true, clause }) as const;

export const ccBy4 = defineLicense({
  ...creativeCommons,
  id: 'CC-BY-4.0',
  name: 'Creative Commons Attribution 4.0',
  title: 'Creative Commons Attribution 4.0 International Public License',
  source: 'SPDX CC-BY-4.0',
  permissions: attributionPermissions,
  obligations: attribution,
  outputRule: outputsUnsaid(),
  propagation: propagates({ rule: 'obligations-only', clause: '3(a)' }, 'none'),
  markers: { required: ['Attribution 4.0 International', opening], supporting: ['Creative Commons Attribution 4.0 International Public License'], absent: ['NonCommercial', 'NoDerivatives', 'ShareAlike 4.0', 'Acceptable Use Addendum'] },
  hfTags: ['cc-by-4.0'],
});

export const ccBySa4 = defineLicense({
  ...creativeCommons,
  id: 'CC-BY-SA-4.0',
  name: 'Creative Commons Attribution-ShareAlike 4.0',
  title: 'Creative Commons Attribution-ShareAlike 4.0 International Public License',
  source: 'SPDX CC-BY-SA-4.0',
  permissions: attributionPermissions,
  obligations: [...attribution, shareAlike],
  outputRule: outputsUnsaid(),
  propagation: propagates({ rule: 'same-license', clause: '3(b)' }, 'review'),
  copyleft: { clause: '2(a)(5)(C), 3(b)', compatibleWith: ['GPL-3.0-only', 'GPL-3.0-or-later', 'GPL-2.0-or-later'] },
  markers: { required: ['Attribution-ShareAlike 4.0 International', opening], absent: ['NonCommercial'] },
  hfTags: ['cc-by-sa-4.0'],
});

export const ccByNc4 = defineLicense({
  ...creativeCommons,
  id: 'CC-BY-NC-4.0',
  name: 'Creative Commons Attribution-NonCommercial 4.0',
  title: 'Creative Commons Attribution-NonCommercial 4.0 International Public License',
  source: 'SPDX CC-BY-NC-4.0',
  permissions: nonCommercialPermissions,
  obligations: attribution,
  limits: [nonCommercial('1(i), 2(a)(1)')],
  outputRule: outputsUnsaid(),
  propagation: propagates({ rule: 'obligations-only', keepsLimits: true, clause: '2(a)(1)' }, studentsWithoutCommerce('2(a)(1)')),
  markers: { required: ['Attribution-NonCommercial 4.0 International', opening], absent: ['ShareAlike 4.0', 'NoDerivatives', 'Acceptable Use Addendum'] },
  hfTags: ['cc-by-nc-4.0'],
  notes: ['Cohere hides an acceptable use addendum behind this tag: see LicenseRef-Cohere-CC-BY-NC-4.0-AUP.'],
});

export const ccByNcSa4 = defineLicense({
  ...creativeCommons,
  id: 'CC-BY-NC-SA-4.0',
  name: 'Creative Commons Attribution-NonCommercial-ShareAlike 4.0',
  title: 'Creative Commons Attribution-NonCommercial-ShareAlike 4.0 International Public License',
  source: 'SPDX CC-BY-NC-SA-4.0',
  permissions: nonCommercialPermissions,
  obligations: [...attribution, shareAlike],
  limits: [nonCommercial('1(k), 2(a)(1)')],
  outputRule: outputsUnsaid(),
  propagation: propagates({ rule: 'same-license', clause: '3(b)' }, 'review'),
  copyleft: { clause: '2(a)(5)(C), 3(b)' },
  markers: { required: ['Attribution-NonCommercial-ShareAlike 4.0 International', opening] },
  hfTags: ['cc-by-nc-sa-4.0'],
});

const notWhenShared = { rule: 'unlicensed', onlyWhenShared: true, clause: '2(a)(1)(B)' } as const;

export const ccByNcNd4 = defineLicense({
  ...creativeCommons,
  id: 'CC-BY-NC-ND-4.0',
  name: 'Creative Commons Attribution-NonCommercial-NoDerivatives 4.0',
  title: 'Creative Commons Attribution-NonCommercial-NoDerivatives 4.0 International Public License',
  source: 'SPDX CC-BY-NC-ND-4.0',
  permissions: { ...nonCommercialPermissions, modification: conditional('2(a)(1)(B)', 'Adapted material may be made, not shared.') },
  obligations: attribution.filter(({ code }) => code !== 'state-changes'),
  limits: [nonCommercial('1, 2(a)(1)')],
  outputRule: outputsUnsaid(),
  propagation: propagates({ ...notWhenShared, keepsLimits: true }, 'none', { quantized: { rule: 'review', keepsLimits: true } }),
  markers: { required: ['Attribution-NonCommercial-NoDerivatives 4.0 International', opening] },
  hfTags: ['cc-by-nc-nd-4.0'],
  confidence: 'part',
});

export const ccByNd4 = defineLicense({
  ...creativeCommons,
  id: 'CC-BY-ND-4.0',
  name: 'Creative Commons Attribution-NoDerivatives 4.0',
  title: 'Creative Commons Attribution-NoDerivatives 4.0 International Public License',
  source: 'SPDX CC-BY-ND-4.0',
  permissions: { ...attributionPermissions, modification: conditional('2(a)(1)(B)', 'Adapted material may be made, not shared.') },
  obligations: attribution.filter(({ code }) => code !== 'state-changes'),
  outputRule: outputsUnsaid(),
  propagation: propagates(notWhenShared, 'none', { quantized: 'review' }),
  markers: { required: ['Attribution-NoDerivatives 4.0 International', opening], absent: ['NonCommercial'] },
  hfTags: ['cc-by-nd-4.0'],
});

export const cc0 = defineLicense({
  ...creativeCommons,
  id: 'CC0-1.0',
  name: 'Creative Commons Zero 1.0',
  title: 'CC0 1.0 Universal',
  source: 'SPDX CC0-1.0',
  permissions: { 'commercial-use': yes('2'), modification: yes('2'), distribution: yes('2'), hosting: yes('2'), sublicensing: yes('2'), 'patent-grant': no('4(a)') },
  outputRule: outputsTrainAnything(),
  propagation: propagates('none', 'none'),
  markers: { required: ['CC0 1.0 Universal', 'Statement of Purpose'] },
  hfTags: ['cc0-1.0'],
});
