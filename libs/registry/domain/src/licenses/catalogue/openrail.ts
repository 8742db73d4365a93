import type { License } from '../license.ts';
import { defineLicense, duty, forbids, outputsMakeDerivatives, propagates, yes } from './define-license.ts';

/** One frame, several lists: whoever treats "RAIL" as one licence is wrong on impersonation, disclosure, malware and medical advice. */
const shared = { family: 'OpenRAIL', outputRule: outputsMakeDerivatives('1'), confidence: 'text' as const };

const bigSciencePermissions = { 'commercial-use': yes('2'), modification: yes('2'), distribution: yes('4'), hosting: yes('4'), sublicensing: yes('2'), 'patent-grant': yes('3') };

const frameDuties = (first: string, second: string, third: string, fourth: string) => [
  duty('pass-on-use-restrictions', 'any', '5', { text: 'Require all of your users, staff included, to keep the use restrictions of Attachment A.' }),
  duty('pass-on-use-restrictions', 'available', first, { text: 'Put the use restrictions of Attachment A into every agreement as an enforceable provision.' }),
  duty('include-license', 'available', second, { text: 'Give recipients a copy of the licence; users of a hosted service are recipients.' }),
  duty('state-changes', 'available', third, { when: 'modified' }),
  duty('retain-copyright', 'available', fourth),
];

const automatedDecisionText = "Fully automated decisions that adversely affect a person's legal rights or create or modify a binding, enforceable obligation.";

const bigScienceList = {
  'illegal-activity': 'Attachment A (a)',
  'harm-to-minors': 'Attachment A (b)',
  'disinformation!intent': 'Attachment A (c)',
  'personal-data-misuse': { clause: 'Attachment A (d)', text: 'Personal information that can be used to harm an individual.' },
  'undisclosed-ai-output': { clause: 'Attachment A (e)', text: 'In any context, without saying that it is machine-made.' },
  harassment: 'Attachment A (f)',
  defamation: 'Attachment A (f)',
  'automated-decision!auto': { clause: 'Attachment A (h)', text: automatedDecisionText },
  'social-scoring': { clause: 'Attachment A (i)', text: 'By intent or effect.' },
  'exploitation-of-vulnerable': 'Attachment A (j)',
  discrimination: { clause: 'Attachment A (k)', text: 'By intent or effect.' },
  'medical-advice': { clause: 'Attachment A (l)', text: 'Any medical advice or interpretation of results, even with a disclaimer.' },
  'law-enforcement': { clause: 'Attachment A (m)', text: 'Any generation for the administration of justice, law enforcement, immigration or asylum.' },
} as const;

const travels = propagates('pass-on-restrictions', { rule: 'pass-on-restrictions', clause: '1' });

export const bloomRail1 = defineLicense({
  ...shared,
  id: 'LicenseRef-BigScience-BLOOM-RAIL-1.0',
  name: 'BigScience BLOOM RAIL License 1.0',
  title: 'BigScience RAIL License v1.0, 19 May 2022',
  steward: 'BigScience',
  source: 'the license space of bigscience; scancode-licensedb bigscience-rail-1.0',
  licensors: ['BigScience'],
  permissions: bigSciencePermissions,
  obligations: [...frameDuties('4.a', '4.b', '4.c', '4.d'), duty('keep-latest-version', 'any', '7')],
  fieldOfUse: forbids({ ...bigScienceList, impersonation: 'Attachment A (g)' }),
  propagation: travels,
  markers: { required: ['BigScience RAIL License v1.0', 'results of operating a Model as embodied in informational content'], supporting: ['participants of BigScience'] },
  hfTags: ['bigscience-bloom-rail-1.0'],
});

export const openRailM = defineLicense({
  ...shared,
  id: 'LicenseRef-BigScience-OpenRAIL-M',
  name: 'BigScience OpenRAIL-M License',
  title: 'BigScience Open RAIL-M License, 18 August 2022',
  steward: 'BigScience (the text); the licensor is the publisher',
  source: 'scancode-licensedb bigscience-open-rail-m',
  permissions: bigSciencePermissions,
  obligations: [...frameDuties('4.a', '4.b', '4.c', '4.d'), duty('keep-latest-version', 'any', '7')],
  fieldOfUse: forbids({ ...bigScienceList, 'impersonation!consent': { clause: 'Attachment A (g)', text: 'Deepfakes, for example.' } }),
  propagation: travels,
  markers: { required: ['Open RAIL-M License', 'attempt to impersonate (e.g. deepfakes) others without their consent'], supporting: ['dated August 18, 2022', 'Open RAIL-M License was created by BigScience'], absent: ['BigCode Open RAIL-M', 'CreativeML Open RAIL'] },
  hfTags: ['bigscience-openrail-m', 'openrail-m', 'bigscience-open-rail-m', 'open-rail-m'],
  notes: ['The bare tag "openrail" does not say which of the texts is meant, and is left for a person.'],
});

/** CreativeML's list: eleven bullets, with no rule on impersonation, disclosure or malware. */
const creativeMlList = forbids({
  'illegal-activity': 'Attachment A ~1',
  'harm-to-minors': 'Attachment A ~2',
  'disinformation!intent': 'Attachment A ~3',
  'personal-data-misuse': { clause: 'Attachment A ~4', text: 'Personal information that can be used to harm an individual.' },
  defamation: 'Attachment A ~5',
  harassment: 'Attachment A ~5',
  'automated-decision!auto': { clause: 'Attachment A ~6', text: automatedDecisionText },
  'social-scoring': { clause: 'Attachment A ~7', text: 'By intent or effect.' },
  'exploitation-of-vulnerable': 'Attachment A ~8',
  discrimination: { clause: 'Attachment A ~9', text: 'By intent or effect.' },
  'medical-advice': 'Attachment A ~10',
  'law-enforcement': 'Attachment A ~11',
});

const creativeMlDuties = frameDuties('4 first condition', '4 second condition', '4 third condition', '4 fourth condition');

export const creativeMlOpenRailM: License = defineLicense({
  ...shared,
  id: 'LicenseRef-CreativeML-OpenRAIL-M',
  name: 'CreativeML OpenRAIL-M License',
  title: 'CreativeML Open RAIL-M, 22 August 2022',
  steward: 'R. Rombach, P. Esser and contributors (the text); the licensor is the publisher',
  source: 'CompVis/stable-diffusion LICENSE',
  permissions: bigSciencePermissions,
  obligations: [...creativeMlDuties, duty('keep-latest-version', 'any', '7')],
  fieldOfUse: creativeMlList,
  propagation: travels,
  markers: { required: ['CreativeML Open RAIL-M', 'Multimodal generative models are being widely adopted and used'], supporting: ['dated August 22, 2022'] },
  hfTags: ['creativeml-openrail-m'],
});

export const creativeMlOpenRailPlusPlusM = defineLicense({
  ...shared,
  id: 'LicenseRef-CreativeML-OpenRAIL-PlusPlus-M',
  name: 'CreativeML OpenRAIL++-M License',
  title: 'CreativeML Open RAIL++-M, 24 November 2022 and 26 July 2023',
  steward: 'Stability AI (the text); the licensor is the publisher',
  source: 'Stability-AI/stablediffusion LICENSE-MODEL; Stability-AI/generative-models LICENSE-SDXL1.0',
  permissions: bigSciencePermissions,
  obligations: creativeMlDuties,
  fieldOfUse: creativeMlList,
  propagation: travels,
  markers: { required: ['CreativeML Open RAIL++-M', 'Multimodal generative models are being widely adopted and used'], supporting: ['dated November 24, 2022', 'dated July 26, 2023'] },
  hfTags: ['openrail++'],
  notes: ['Unlike CreativeML OpenRAIL-M it does not ask for the latest version.'],
});

export const bigCodeOpenRailM1 = defineLicense({
  ...shared,
  id: 'LicenseRef-BigCode-OpenRAIL-M-1',
  name: 'BigCode OpenRAIL-M License v1',
  title: 'BigCode Open RAIL-M v1 License Agreement (2023)',
  steward: 'BigCode (ServiceNow, Hugging Face)',
  source: 'the license space of bigcode; scancode-licensedb bigcode-open-rail-m-v1',
  licensors: ['BigCode', 'bigcode-project'],
  permissions: { 'commercial-use': yes('2'), modification: yes('2'), distribution: yes('5'), hosting: yes('1.k'), sublicensing: yes('2'), 'patent-grant': yes('3') },
  obligations: [
    duty('pass-on-use-restrictions', 'any', '4', { text: 'Keep the use restrictions of Attachment A; compliance is a condition of the licence.' }),
    duty('pass-on-use-restrictions', 'available', '5.1', { text: 'Pass on the use restrictions, in the same or similar terms of the same purpose.' }),
    duty('include-license', 'available', '5.2.a'),
    duty('keep-documentation', 'available', '5.2.b'),
    duty('retain-copyright', 'available', '5.2.c'),
  ],
  fieldOfUse: forbids({
    'illegal-activity': 'Attachment A (a)',
    'harm-to-minors': 'Attachment A (b)',
    malware: 'Attachment A (c)',
    'disinformation!intent': 'Attachment A (d)',
    'personal-data-misuse!intent': 'Attachment A (e)',
    'undisclosed-ai-output!undisclosed': { clause: 'Attachment A (f)', text: 'In public contexts only.' },
    'harassment!intent': 'Attachment A (g)',
    'defamation!intent': 'Attachment A (g)',
    'impersonation!intent': { clause: 'Attachment A (h)', text: 'To deceive.' },
    'automated-decision!auto!undisclosed': { clause: 'Attachment A (i)', text: 'Unless it is disclosed as machine-made.' },
    'social-scoring!intent': 'Attachment A (j)',
    'exploitation-of-vulnerable!intent': 'Attachment A (k)',
    'discrimination!intent': 'Attachment A (l)',
    'medical-advice!unlicensed': { clause: 'Attachment A (m)', text: 'Only as a substitute for professional advice.' },
    'law-enforcement!auto': 'Attachment A (n)',
  }),
  propagation: propagates({ rule: 'pass-on-restrictions', clause: '5.1' }, { rule: 'pass-on-restrictions', clause: '1.i' }),
  markers: { required: ['BigCode Open RAIL-M v1 License Agreement', 'Explanatory Documentation'], supporting: ['Compliance with the restrictions in Attachment A is a condition'] },
  hfTags: ['bigcode-openrail-m'],
  notes: ['The repositories carry Apache-2.0 for code; the weights are under this.'],
});
