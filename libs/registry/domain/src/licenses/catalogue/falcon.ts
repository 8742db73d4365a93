import { conditional, defineLicense, duty, forbids, no, outputsMakeDerivatives, outputsUnsaid, propagates, yes } from './define-license.ts';

const shared = { family: 'Falcon', steward: 'Technology Innovation Institute', licensors: ['Technology Innovation Institute', 'TII', 'tiiuae'] };

const publishStatement = (clause: string) => ({
  code: 'publish-statement',
  trigger: 'model-released' as const,
  onMaker: true,
  clause,
  text: 'Say in every public statement about a derivative work that it is built using Falcon LLM technology from the Technology Innovation Institute.',
});

export const falcon180b = defineLicense({
  ...shared,
  id: 'LicenseRef-TII-Falcon-180B-1.0',
  name: 'Falcon 180B TII License 1.0',
  title: 'Falcon-180B TII License Version 1.0, September 2023, with its Acceptable Use Policy',
  source: 'the license space of tiiuae/falcon-180b: policy in full, section 9.1 as quoted',
  permissions: { 'commercial-use': conditional('9', 'Except hosting use.'), modification: yes('2'), distribution: yes('4'), hosting: no('9'), sublicensing: yes('2'), 'patent-grant': yes('3') },
  obligations: [duty('pass-on-use-restrictions', 'available', '4, 5'), publishStatement('6')],
  limits: [
    {
      name: 'no-hosting',
      measure: 'distribution',
      effect: 'request-license',
      clause: '9.1',
      text: 'Offering shared instances over an inference or fine-tuning API needs a separate permission, for derivatives too.',
    },
  ],
  fieldOfUse: forbids({ 'illegal-activity': 'AUP 1', 'harm-to-minors': 'AUP 2', 'disinformation!intent': 'AUP 3', harassment: 'AUP 4', defamation: 'AUP 4' }),
  outputRule: outputsUnsaid(),
  propagation: propagates({ rule: 'pass-on-restrictions', clause: '9.1' }, 'review'),
  markers: { required: ['FALCON 180B TII LICENSE VERSION 1.0'], supporting: ['Hosting Use means any use of the Work or a Derivative Work'] },
  hfTags: ['falcon-180b-tii-license-1.0', 'falcon-180b-license'],
  links: ['tiiuae/falcon-180b-license'],
  confidence: 'part',
  notes: ['Duties to pass on restrictions and to publish a statement are taken from the sister text of Falcon 2.'],
});

export const falcon2 = defineLicense({
  ...shared,
  id: 'LicenseRef-TII-Falcon-2-11B-1.0',
  name: 'Falcon 2 11B TII License 1.0',
  title: 'Falcon 2 11B TII License Version 1.0, May 2024',
  source: 'scancode-licensedb falcon-2-11b-1.0; sections numbered by order',
  permissions: { 'commercial-use': yes('~2'), modification: yes('~2'), distribution: yes('~4'), hosting: yes('~2'), sublicensing: yes('~2'), 'patent-grant': yes('~3') },
  obligations: [
    duty('pass-on-use-restrictions', 'available', '~4'),
    duty('include-license', 'copies', '~4'),
    duty('state-changes', 'copies', '~4', { when: 'modified' }),
    duty('retain-copyright', 'copies', '~4'),
    { code: 'include-notice', trigger: 'copies', clause: '~4', when: 'the work ships a NOTICE file', text: 'Keep the attribution notices of its NOTICE file.' },
    publishStatement('~6'),
  ],
  unreadPolicy: { clause: '~5', text: 'An acceptable use policy at a URL, in its latest version, is part of the licence and was not read for this catalogue.' },
  outputRule: outputsMakeDerivatives('~5'),
  propagation: propagates('pass-on-restrictions', { rule: 'pass-on-restrictions', clause: '~5' }),
  markers: { required: ['Falcon 2 11B TII License', 'is built using Falcon LLM technology'], supporting: ['a trained and/or fine-tuned machine learning model'] },
  hfTags: ['falcon-2-11b-tii-license'],
  confidence: 'text',
});

export const falconLlm2023 = defineLicense({
  ...shared,
  id: 'LicenseRef-TII-Falcon-LLM-1.0',
  name: 'TII Falcon LLM License 1.0 (May 2023)',
  title: 'TII Falcon LLM License Version 1.0, May 2023',
  source: 'history of tiiuae/falcon-40b up to commit b0462812, as described; section 8',
  permissions: { 'commercial-use': conditional('8', 'After an application, and with royalties.'), modification: yes('2'), distribution: yes('4'), hosting: conditional('8'), sublicensing: yes('2'), 'patent-grant': yes('3') },
  obligations: [
    { code: 'request-license', trigger: 'any', commercialOnly: true, clause: '8', text: 'Apply for commercial use and agree on royalties.' },
    duty('include-license', 'copies', '4'),
    duty('state-changes', 'copies', '4', { when: 'modified' }),
  ],
  limits: [{ name: 'royalties', measure: null, commercialOnly: true, effect: 'review', clause: '8', text: 'Commercial use needs an application and pays royalties.' }],
  outputRule: outputsUnsaid(),
  propagation: propagates({ rule: 'pass-on-restrictions', clause: '8' }, 'review'),
  markers: { required: ['TII Falcon LLM License Version 1.0'] },
  hfTags: ['tii-falcon-llm-license-1.0'],
  confidence: 'secondary',
  notes: ['falcon-7b and falcon-40b are Apache-2.0 since June 2023; a copy taken before ships this text.'],
});

export const falconLlm2 = defineLicense({
  ...shared,
  id: 'LicenseRef-TII-Falcon-LLM-2.0',
  name: 'TII Falcon-LLM License 2.0',
  title: 'TII Falcon-LLM License 2.0',
  source: 'named by the cards of Falcon 3, Falcon-Mamba and Falcon-H1; the text was not read',
  permissions: {},
  outputRule: outputsUnsaid(),
  propagation: propagates('review', 'review'),
  markers: { required: ['Falcon-LLM License 2.0'] },
  hfTags: ['falcon-llm-license', 'falcon-mamba-license'],
  links: ['falconllm.tii.ae/falcon-terms-and-conditions'],
  confidence: 'secondary',
  textRead: false,
  notes: ['A sister of the Falcon 2 text, as others describe it.'],
});
