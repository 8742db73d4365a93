import { conditional, defineLicense, duty, forbids, no, outputsTrainAnything, outputsUnsaid, propagates, yes } from './define-license.ts';

/** Closed models, and open ones that are used through their maker's API: terms are those in force on the day of use, and nobody receives weights. */
const noWeights = { modification: no(), distribution: no(), sublicensing: no(), 'patent-grant': no() };
const family = 'Provider terms';
const policyAtAddress = (clause: string, name: string) => ({ clause, text: `${name}, at a URL and in its version of the day, is part of the terms and was not read for this catalogue.` });

export const deepseekPlatform = defineLicense({
  id: 'LicenseRef-DeepSeek-Platform-Terms',
  name: 'DeepSeek Open Platform Terms of Service',
  title: 'DeepSeek Open Platform Terms of Service, effective 29 April 2026',
  family,
  steward: 'DeepSeek',
  source: 'OpenTermsArchive DeepSeek Developer Terms, version of 21 April 2026',
  licensors: ['DeepSeek', 'deepseek-ai', 'DeepSeek-AI'],
  permissions: { ...noWeights, 'commercial-use': yes('1.1'), hosting: yes('1.1', 'In systems and applications of your own, for users inside and outside.') },
  obligations: [
    duty('pass-on-use-restrictions', 'available', '3.1, 3.2', { text: 'Agree with your end users on their duties, and see to it that they keep the Terms of Use.' }),
    { code: 'privacy-notice', trigger: 'available', clause: '3.3', text: 'Tell the public how you handle personal data before you offer the service, and get consent where law asks for it.' },
    duty('no-endorsement', 'available', '5.2, 5.3', { text: 'Use no name or logo of DeepSeek without permission, and imply no partnership.' }),
    duty('indemnify', 'any', '7.7'),
  ],
  fieldOfUse: forbids({ 'illegal-activity': '3.1, 4.1', 'third-party-rights': '3.1, 4.1' }),
  unreadPolicy: policyAtAddress('3.1', 'The rules of conduct of the DeepSeek Terms of Use'),
  outputRule: outputsTrainAnything('4.2(3)'),
  propagation: propagates('contract-only', { rule: 'none', clause: '4.2(3)' }),
  markers: { required: ['DeepSeek Open Platform Terms of Service', 'training other models (such as model distillation)'] },
  hfTags: [],
  links: ['deepseek-open-platform-terms-of-service'],
  confidence: 'part',
  notes: ['For the API. Weights that you run yourself have the licence of their release, and that of V3 carries its restrictions into a student.'],
});

export const geminiApi = defineLicense({
  id: 'LicenseRef-Google-Gemini-API-Terms',
  name: 'Gemini API Additional Terms of Service',
  title: 'Gemini API Additional Terms of Service, effective 20 May 2025',
  family,
  steward: 'Google',
  source: 'scancode-licensedb gemini-api-additional-tos-2025; headings instead of numbers',
  licensors: ['Google', 'Google DeepMind', 'google'],
  permissions: { ...noWeights, 'commercial-use': yes('Paid Services'), hosting: conditional('Use Restrictions', 'In an API client, within the available regions.'), 'fine-tune-at-provider': yes('How Google Uses Your Data') },
  obligations: [
    { code: 'keep-guardrails', trigger: 'any', clause: 'Use Restrictions', text: 'Do not bypass the safety features; lower them only where it is needed and right.' },
    duty('pass-on-use-restrictions', 'available', 'Use Restrictions', { text: 'See to it that your application keeps the Prohibited Use Policy.' }),
    { code: 'attribution-to-users', trigger: 'available', clause: 'Use of Generated Content', when: 'the API returns sources that have to be named', text: 'Give your users the attribution that comes with an answer.' },
  ],
  limits: [
    { name: 'paid-services-only', measure: 'regions', regions: ['EU', 'IS', 'LI', 'NO', 'CH', 'GB'], effect: 'review', clause: 'Use Restrictions', text: 'For users in the European Economic Area, Switzerland and the United Kingdom only Paid Services may be used; whether yours is one the use case does not say.' },
    { name: 'available-regions', measure: null, effect: 'note', clause: 'Use Restrictions', text: 'Only within an available region; the list stands at a URL.' },
    { name: 'age-of-users', measure: null, effect: 'note', clause: 'Age Requirements', text: 'Not for services that are directed at, or likely to be used by, people under 18.' },
  ],
  fieldOfUse: forbids({
    'medical-advice': { clause: 'Use Restrictions', text: 'Clinical practice and whatever a medical device regulator oversees, too.' },
    'guardrail-circumvention': 'Use Restrictions',
    'harm-to-minors': 'Age Requirements',
  }),
  unreadPolicy: policyAtAddress('Use Restrictions', 'The Generative AI Prohibited Use Policy'),
  outputRule: {
    'same-family': { answer: 'silent', clause: 'Use Restrictions' },
    'other-llm': { answer: 'no', clause: 'Use Restrictions', text: 'The services may not be used to develop models that compete with them.' },
    'non-llm-internal': { answer: 'silent', clause: 'Use Restrictions' },
    'non-llm-released': { answer: 'silent', clause: 'Use Restrictions' },
  },
  propagation: propagates('contract-only', { rule: 'contract-only', clause: 'Use Restrictions' }),
  markers: { required: ['Gemini API Additional Terms of Service', 'You may not use the Services to develop models that compete with the Services'] },
  hfTags: [],
  links: ['ai.google.dev/gemini-api/terms'],
  confidence: 'text',
  notes: ['What is sent to unpaid services is used to improve them; human reviewers may read it.'],
});

export const xAiEnterprise = defineLicense({
  id: 'LicenseRef-xAI-Enterprise-Terms',
  name: 'xAI Terms of Service - Enterprise',
  title: 'xAI Terms of Service - Enterprise, 12 May 2026',
  family,
  steward: 'xAI',
  source: 'OpenTermsArchive Grok Commercial Terms, version of 18 May 2026: sections 1, 2, 3 and 9',
  licensors: ['xAI', 'xai-org'],
  permissions: { ...noWeights, 'commercial-use': yes('1.2'), hosting: conditional('1.2, 2(a)', 'Bundled with a product of your own; not sold, rented or leased by itself.') },
  obligations: [duty('pass-on-use-restrictions', 'available', '1.2, 2', { text: 'Answer for your end users: they have to keep the restrictions and the Acceptable Use Policy.' }), duty('indemnify', 'any', '9.2', { text: 'You stand in for claims of end users, and for claims that come from breaking law or the agreement.' })],
  fieldOfUse: forbids({ 'illegal-activity': '2(h)', 'third-party-rights': '2(i)', harassment: '2(i)', 'personal-data-misuse': '2(i)', malware: '2(f)', fraud: '2(l)', impersonation: '2(l)' }),
  unreadPolicy: policyAtAddress('2', 'The Acceptable Use Policy'),
  outputRule: {
    'same-family': { answer: 'no', clause: '2(b), 2(e)' },
    'other-llm': { answer: 'no', clause: '2(b), 2(e)', text: 'No product that is similar or competes, and no distillation of model behaviour.' },
    'non-llm-internal': { answer: 'silent', clause: '2(e)', text: 'Distilling model behaviour is forbidden; whether a classifier is that the text does not say.' },
    'non-llm-released': { answer: 'silent', clause: '2(e)', text: 'Distilling model behaviour is forbidden; whether a classifier is that the text does not say.' },
  },
  propagation: propagates('contract-only', { rule: 'contract-only', clause: '2(b), 2(e)' }),
  markers: { required: ['Terms of Service - Enterprise', 'xAI', 'distill model behavior'] },
  hfTags: [],
  links: ['x.ai/legal/terms-of-service-enterprise'],
  confidence: 'part',
  notes: ['The customer owns outputs (3.2).', '2(j) forbids to benchmark the services: an evaluation run is for a person to clear.'],
});

export const mistralPartner = defineLicense({
  id: 'LicenseRef-Mistral-Partner-Deployment-Terms',
  name: 'Mistral AI Partner Served Deployment Terms',
  title: 'Partner Served - Deployment Terms, effective 27 May 2025',
  family,
  steward: 'Mistral AI',
  source: 'OpenTermsArchive Le Chat Commercial Terms, version of 1 August 2025: sections 1 to 5',
  licensors: ['Mistral AI', 'mistralai', 'Mistral'],
  permissions: { ...noWeights, 'commercial-use': yes('2.1'), hosting: conditional('2.1, 2.2(g)', 'Integrated into your offerings; not as a product by itself.') },
  obligations: [
    { code: 'disclose-ai-generated', trigger: 'available', clause: '3.2', text: 'Do not present outputs as made by a human.' },
    duty('pass-on-use-restrictions', 'available', '2.2', { text: 'Do not let others do what you may not.' }),
    duty('indemnify', 'any', '5.1'),
  ],
  limits: [{ name: 'age-of-users', measure: null, effect: 'note', clause: '2.2(c)', text: 'Minors need the consent of a parent or guardian.' }],
  fieldOfUse: forbids({ 'illegal-activity': '2.2(a)', 'third-party-rights': '2.2(b)', 'guardrail-circumvention': '2.2(e)', 'undisclosed-ai-output': '3.2' }),
  outputRule: outputsUnsaid('2.2(d)'),
  propagation: propagates('contract-only', 'contract-only'),
  markers: { required: ['Partner Served - Deployment Terms', 'Mistral AI Products'] },
  hfTags: [],
  confidence: 'part',
  notes: ['For models reached through a cloud or a reseller; weights handed over under "Specific Access" are confidential (2.5).', 'Model extraction is forbidden (2.2(d)); outputs belong to the user (3.1).'],
});

export const mistralLaPlateforme = defineLicense({
  id: 'LicenseRef-Mistral-La-Plateforme-Terms',
  name: 'Mistral AI La Plateforme Terms',
  title: 'Terms of Service with the Additional Terms - La Plateforme, effective 6 February 2025',
  family,
  steward: 'Mistral AI',
  source: 'OpenTermsArchive Mistral AI Developer Terms: the additional terms alone',
  licensors: ['Mistral AI', 'mistralai', 'Mistral'],
  permissions: { ...noWeights, 'commercial-use': conditional('1.1'), hosting: conditional('1.1'), 'fine-tune-at-provider': yes('1') },
  outputRule: outputsUnsaid(),
  propagation: propagates('contract-only', 'contract-only'),
  markers: { required: ['Additional Terms - La Plateforme'] },
  hfTags: [],
  links: ['mistral.ai/terms'],
  confidence: 'secondary',
  textRead: false,
  notes: ['The Terms of Service that the additional terms refer to were not read.', 'Without a paid subscription inputs may be used to improve models (3).'],
});
