import type { License } from '../license.ts';
import { conditional, defineLicense, duty, forbids, no, noticeFile, outputsMakeDerivatives, outputsTrainAnything, propagates, silent, yes } from './define-license.ts';

const blackForestLabs = { family: 'FLUX', steward: 'Black Forest Labs', licensors: ['Black Forest Labs', 'black-forest-labs', 'BFL'] };

const fluxPermissions = { 'commercial-use': no('2.b, 4.a(i)'), modification: conditional('2.a', 'Non-commercially.'), distribution: conditional('3', 'Non-commercially.'), hosting: no('1.c', 'Not in direct interaction with end users.'), sublicensing: no('2.a'), 'patent-grant': silent() };

const fluxLimits: License['limits'] = [
  { name: 'non-commercial', threshold: null, comparison: 'strict', measure: 'commercial', scope: 'licensee', clock: 'continuous', commercialOnly: false, effect: 'request-license', clause: '1.c, 2.b, 4.a(i)', text: 'Running it for revenue, or where it meets end users, is not permitted; companies may test and evaluate it outside production.' },
  { name: 'non-production', threshold: null, comparison: 'strict', measure: 'purposes', purposes: ['research', 'evaluation', 'testing'], scope: 'licensee', clock: 'continuous', commercialOnly: false, effect: 'request-license', clause: '1.c', text: 'Research, evaluation and testing outside production are permitted, and private use.' },
];

const fluxRestrictions = { military: '4.a(ii)', surveillance: { clause: '4.a(iii)', text: 'Research on surveillance too.' }, 'biometric-identification': '4.a(iv)', 'third-party-rights': '4.a(v)', 'illegal-activity': '4.a(vi)' };

const fluxOutputs: License['outputRule'] = {
  'same-family': { answer: 'no', clause: '2.d', text: 'No model that competes with FLUX.1 [dev].' },
  'other-llm': { answer: 'conditional', clause: '2.d', condition: 'not-competitive', text: 'Outputs may be used for anything, commerce included, but not to train a model that competes with FLUX.1 [dev].' },
  'non-llm-internal': { answer: 'conditional', clause: '2.d', condition: 'not-competitive' },
  'non-llm-released': { answer: 'conditional', clause: '2.d', condition: 'not-competitive' },
};

const fluxNotes = ['What was made with it may be sold, while running it for revenue is not permitted: the opposite of the Mistral research licence.', 'FLUX.1 [schnell] is Apache-2.0.'];

export const flux1Dev = defineLicense({
  ...blackForestLabs,
  id: 'LicenseRef-BFL-FLUX1-dev-NC-1.1.1',
  name: 'FLUX.1 [dev] Non-Commercial License 1.1.1',
  title: 'FLUX.1 [dev] Non-Commercial License v1.1.1',
  source: 'black-forest-labs/flux model_licenses/LICENSE-FLUX1-dev',
  permissions: fluxPermissions,
  obligations: [
    duty('include-license', 'copies', '3.a'),
    { code: 'include-notice', trigger: 'copies', clause: '3.b', text: 'Ship the FLUX attribution notice of the licence.' },
    duty('state-changes', 'copies', '3.c', { when: 'modified' }),
    { code: 'keep-guardrails', trigger: 'any', clause: '2.e.i', text: 'Filter what is unlawful or infringing, or let people review the outputs.' },
    duty('disclose-ai-generated', 'available', '2.e.ii', { when: 'the law asks for it' }),
    duty('indemnify', 'any', '7', { text: 'You stand in for claims that come from your use or from outputs.' }),
  ],
  limits: fluxLimits,
  fieldOfUse: forbids({ ...fluxRestrictions, fraud: '4.a(vi)', defamation: '4.a(vi)', harassment: '4.a(vi)', 'illegal-activity': '4.a', 'harm-to-minors': '4.a(vii)', 'sexual-content': { clause: '4.a(vii)', text: 'Intimate images of people.' }, 'personal-data-misuse': '4.a(viii)', weapons: { clause: '4.f', text: 'Through export law.' } }),
  outputRule: fluxOutputs,
  propagation: propagates({ rule: 'pass-on-restrictions', clause: '2.a last sentence' }, { rule: 'separate-model', clause: '2.d' }),
  markers: { required: ['FLUX.1 [dev] Non-Commercial License v1.1.1'] },
  hfTags: ['flux-1-dev-non-commercial-license'],
  links: ['flux.1-dev/blob/main/license', 'license-flux1-dev'],
  confidence: 'text',
  notes: fluxNotes,
});

export const flux1Dev2024 = defineLicense({
  ...blackForestLabs,
  id: 'LicenseRef-BFL-FLUX1-dev-NC-2024',
  name: 'FLUX.1 [dev] Non-Commercial License (2024)',
  title: 'FLUX.1 [dev] Non-Commercial License, first text (2024)',
  source: 'scancode-licensedb flux-1-nc; numbered as the later text',
  permissions: fluxPermissions,
  obligations: [
    duty('include-license', 'copies', '3.a'),
    { code: 'include-notice', trigger: 'copies', clause: '3.b', line: 'The FLUX.1 [dev] Model is licensed by Black Forest Labs. Inc. under the FLUX.1 [dev] Non-Commercial License. Copyright Black Forest Labs. Inc.', text: 'Ship the line "The FLUX.1 [dev] Model is licensed by Black Forest Labs. Inc. under the FLUX.1 [dev] Non-Commercial License. Copyright Black Forest Labs. Inc." and the disclaimer below it.' },
    duty('state-changes', 'copies', '3.c', { when: 'modified' }),
    duty('no-endorsement', 'available', '3'),
    duty('indemnify', 'any', '7', { text: 'You stand in for claims that come from your use or from outputs.' }),
  ],
  limits: fluxLimits,
  fieldOfUse: forbids({ ...fluxRestrictions, 'personal-data-misuse': { clause: '4.a(vi)', text: 'Privacy law is named.' }, weapons: { clause: '4.f', text: 'Through export law.' } }),
  outputRule: fluxOutputs,
  propagation: propagates({ rule: 'pass-on-restrictions', clause: '2.a last sentence' }, { rule: 'separate-model', clause: '2.d' }),
  markers: { required: ['FLUX.1 [dev] Non-Commercial License', 'The FLUX.1 [dev] Model is licensed by Black Forest Labs'], absent: ['v1.1.1', 'v1.1'] },
  hfTags: [],
  confidence: 'text',
  notes: fluxNotes,
});

export const ltxVideo = defineLicense({
  id: 'LicenseRef-Lightricks-LTXV-OWL-2025-05',
  name: 'LTXV Open Weights License',
  title: 'LTXV Open Weights License, 5 May 2025',
  family: 'OpenRAIL',
  steward: 'Lightricks',
  source: 'scancode-licensedb ltxv-owl-2025-05-05',
  licensors: ['Lightricks', 'Lightricks Ltd.'],
  permissions: { 'commercial-use': conditional('2'), modification: yes('2'), distribution: yes('3'), hosting: yes('3'), sublicensing: yes('2'), 'patent-grant': silent() },
  obligations: [
    duty('pass-on-use-restrictions', 'any', '4', { text: 'Require all of your users, staff included, to keep the use restrictions of Attachment A.' }),
    duty('pass-on-use-restrictions', 'available', '3.1', { text: 'Put the use restrictions into every agreement as an enforceable provision.' }),
    duty('include-license', 'available', '3.2'),
    duty('state-changes', 'available', '3.3', { when: 'modified' }),
    duty('retain-copyright', 'available', '3.4'),
    duty('keep-latest-version', 'any', '6'),
    duty('indemnify', 'any', '10', { when: 'you offer a warranty or support of your own' }),
  ],
  limits: [{ name: 'annual-revenue', threshold: 10_000_000, comparison: 'inclusive', measure: 'annualRevenueUsd', effect: 'request-license', clause: '2', text: 'Entities with at least 10,000,000 USD of annual revenue need a paid licence.' }],
  fieldOfUse: forbids({
    'illegal-activity': 'Attachment A (a)',
    'harm-to-minors': 'Attachment A (b)',
    'disinformation!intent': 'Attachment A (c)',
    'personal-data-misuse': { clause: 'Attachment A (d)', text: 'Personal information that can be used to harm an individual.' },
    'undisclosed-ai-output': 'Attachment A (e)',
    defamation: 'Attachment A (f)',
    harassment: 'Attachment A (f), (o)',
    'impersonation!consent': 'Attachment A (g)',
    'automated-decision!auto': 'Attachment A (h)',
    'social-scoring': 'Attachment A (i)',
    'exploitation-of-vulnerable': 'Attachment A (j)',
    discrimination: 'Attachment A (k), (n)',
    'medical-advice': { clause: 'Attachment A, printed as a second (a)', text: 'Any medical advice or interpretation of results.' },
    'law-enforcement': 'Attachment A (l)',
    malware: 'Attachment A (m)',
  }),
  outputRule: outputsMakeDerivatives('1.4'),
  propagation: propagates({ rule: 'pass-on-restrictions', clause: '1.4, 3.1' }, { rule: 'pass-on-restrictions', clause: '1.4' }),
  markers: { required: ['LTXV Open Weights License', 'annual revenues of at least $10,000,000'] },
  hfTags: ['ltxv-open-weights-license', 'ltx-video-open-weights-license', 'ltxv-owl'],
  confidence: 'text',
});

export const playground2 = defineLicense({
  id: 'LicenseRef-Playground-v2-Community',
  name: 'Playground v2 Community License',
  title: 'Playground v2 Community License, 5 December 2023',
  family: 'Playground',
  steward: 'Playground AI',
  source: 'scancode-licensedb playground-v2-community',
  licensors: ['Playground', 'playgroundai', 'Playground AI'],
  permissions: { 'commercial-use': conditional('2'), modification: yes('1.a'), distribution: yes('1.b'), hosting: yes('1.b'), sublicensing: no('1.a'), 'patent-grant': silent() },
  obligations: [
    duty('include-license', 'available', '1.b.i'),
    noticeFile('Playground v2 is licensed under the Playground v2 Community License.', '1.b.iii'),
    duty('pass-on-use-restrictions', 'any', '1.b.iv', { text: 'Require all of your users to keep the restrictions of Attachment A.' }),
    duty('indemnify', 'any', '5.c'),
  ],
  limits: [
    { name: 'monthly-active-users', threshold: 1_000_000, measure: 'productMonthlyActiveUsers', scope: 'licensee-and-affiliates', effect: 'review', clause: '2', text: 'Where making or editing images is a core business, more than 1,000,000 monthly unique users of such products end all rights until a licence is granted; whether it is a core business the use case does not say.' },
  ],
  fieldOfUse: forbids({ 'illegal-activity': 'Attachment A', 'harm-to-minors': 'Attachment A', 'disinformation!intent': 'Attachment A', 'personal-data-misuse': 'Attachment A', defamation: 'Attachment A', harassment: 'Attachment A', 'automated-decision!auto': 'Attachment A', 'social-scoring': 'Attachment A', 'exploitation-of-vulnerable': 'Attachment A', discrimination: 'Attachment A', 'medical-advice': 'Attachment A', 'law-enforcement': 'Attachment A' }),
  outputRule: { ...outputsTrainAnything('1.b.v'), 'non-llm-released': { answer: 'silent', clause: '1.b.v', text: 'No other text-to-image model may be improved with it or its outputs.' }, 'non-llm-internal': { answer: 'silent', clause: '1.b.v', text: 'No other text-to-image model may be improved with it or its outputs.' } },
  propagation: propagates({ rule: 'pass-on-restrictions', clause: '1.b' }, { rule: 'review', clause: '1.b.v' }),
  markers: { required: ['Playground v2 Community License', 'Playground v2 is licensed under the Playground v2 Community License'] },
  hfTags: ['playground-v2-community', 'playground-v2-community-license'],
  confidence: 'text',
});
