import { conditional, defineLicense, duty, forbids, namePrefix, no, outputsUnsaid, propagates } from './define-license.ts';

const shared = { family: 'EXAONE', steward: 'LG AI Research', licensors: ['LG AI Research', 'LGAI-EXAONE', 'LG Management Development Institute'] };

export const exaone11 = defineLicense({
  ...shared,
  id: 'LicenseRef-EXAONE-1.1-NC',
  name: 'EXAONE AI Model License 1.1 - NC',
  title: 'EXAONE AI Model License Agreement 1.1 - NC',
  source: 'scancode-licensedb exaone-ai-model-1.1-nc',
  permissions: {
    'commercial-use': no('3.1'),
    modification: conditional('2.1.c', 'For research.'),
    distribution: conditional('2.1.d, 2.2', 'With a copy of the agreement; external distribution beyond it needs consent.'),
    hosting: no('2.2', 'Not named, and what is not expressly permitted is prohibited.'),
    sublicensing: no('2.1'),
    'patent-grant': no('4.1'),
  },
  obligations: [
    duty('include-license', 'copies', '2.1.d'),
    namePrefix('EXAONE', 'the model', '2.1.c'),
    { code: 'display-attribution', trigger: 'available', clause: '4.3', text: 'Name LG and the version of the model in publications and presentations of results.' },
    duty('indemnify', 'any', '6.2'),
  ],
  limits: [
    { name: 'non-commercial', measure: 'commercial', effect: 'request-license', clause: '3.1', text: 'No commercial use of the model, of derivatives or of outputs.' },
    { name: 'research-only', measure: 'purposes', purposes: ['research', 'evaluation', 'testing'], effect: 'request-license', clause: '2.1.a, 2.2', text: 'Research alone is permitted: evaluation, testing, experiments, competitions without commerce.' },
  ],
  fieldOfUse: forbids({
    'illegal-activity': '3.3',
    fraud: '3.3',
    malware: { clause: '3.3', text: 'Malicious or deceptive content.' },
    disinformation: '3.4.a',
    discrimination: '3.4.b',
    harassment: '3.4.b',
    defamation: '3.4.b',
    'third-party-rights': '3.4.c',
    'personal-data-misuse': '3.4.c',
  }),
  outputRule: {
    'same-family': { answer: 'no', clause: '3.1' },
    'other-llm': { answer: 'no', clause: '3.1', text: 'Model, derivatives and outputs may not develop or improve other models.' },
    'non-llm-internal': { answer: 'no', clause: '3.1' },
    'non-llm-released': { answer: 'no', clause: '3.1' },
  },
  propagation: propagates({ rule: 'pass-on-restrictions', clause: '2.1.c' }, { rule: 'unlicensed', clause: '3.1' }),
  markers: { required: ['EXAONE AI Model License Agreement 1.1 - NC'] },
  hfTags: ['exaone'],
  links: ['lgai-exaone'],
  confidence: 'text',
  notes: ['Outputs belong to the licensor (4.2).', 'The tag stands over 1.0, 1.1 and 1.2 texts; 1.1 is the one that was read.'],
});

export const exaone12 = defineLicense({
  ...shared,
  id: 'LicenseRef-EXAONE-1.2-NC',
  name: 'EXAONE AI Model License 1.2 - NC',
  title: 'EXAONE AI Model License Agreement 1.2 - NC',
  source: 'named by the cards of EXAONE 4.0; the text was not read',
  permissions: {},
  outputRule: outputsUnsaid(),
  propagation: propagates('review', 'review'),
  markers: { required: ['EXAONE AI Model License Agreement 1.2 - NC'] },
  hfTags: ['exaone-1.2-nc'],
  confidence: 'secondary',
  textRead: false,
});
