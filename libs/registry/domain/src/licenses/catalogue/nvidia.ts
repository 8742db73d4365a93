import { conditional, defineLicense, displayLine, duty, no, noticeFile, outputsTrainAnything, outputsUnsaid, propagates, silent, yes } from './define-license.ts';

const shared = { family: 'NVIDIA', steward: 'NVIDIA', licensors: ['NVIDIA', 'NVIDIA Corporation', 'nvidia', 'NVlabs'] };
const ethics = { clause: '2.3', text: 'Use has to be consistent with the Trustworthy AI terms at a URL, which were not read for this catalogue.' };
const permissions = { 'commercial-use': yes('Preamble'), modification: yes('2.2'), distribution: yes('2.2, 3'), hosting: yes('2.2'), sublicensing: silent(), 'patent-grant': yes('2.2', 'To make, sell and import.') };
const noticeDuties = [
  duty('include-license', 'copies', '3.1'),
  noticeFile('Licensed by NVIDIA Corporation under the NVIDIA Open Model License', '3.1'),
  displayLine('Built on NVIDIA Cosmos', 'on a website, user interface, blog post, about page or in the documentation', '3.2', { when: 'it is a Cosmos model, or one made from or with one' }),
  duty('indemnify', 'any', '8'),
];
const travels = propagates({ rule: 'obligations-only', only: ['keep-guardrails', 'display-attribution', 'indemnify'], clause: '2.1, 3.3' }, { rule: 'obligations-only', only: ['display-attribution'], clause: '3.2' });

export const nvidiaOpenModel202504 = defineLicense({
  ...shared,
  id: 'LicenseRef-NVIDIA-Open-Model-2025-04',
  name: 'NVIDIA Open Model License (April 2025)',
  title: 'NVIDIA Open Model License Agreement, 28 April 2025',
  source: 'scancode-licensedb nvidia-open-model-2025-04-28; sections numbered by order',
  permissions,
  obligations: [duty('keep-guardrails', 'any', '2.1', { text: 'Do not bypass, disable or weaken any safety guardrail: your rights end by themselves.' }), ...noticeDuties],
  unreadPolicy: ethics,
  outputRule: outputsTrainAnything('2.4'),
  propagation: travels,
  markers: { required: ['NVIDIA Open Model License Agreement', 'Licensed by NVIDIA Corporation under the NVIDIA Open Model License', 'safety guardrail or associated safety guardrail hyperparameter'], supporting: ['Version Release Date: April 28, 2025'], absent: ['substantially similar Guardrail', 'Special-Purpose Model'] },
  hfTags: [],
  confidence: 'text',
  notes: ['Texts of January and 30 April 2025 are close to it.', 'Llama-Nemotron has the Llama licence as well.'],
});

export const nvidiaOpenModel = defineLicense({
  ...shared,
  id: 'LicenseRef-NVIDIA-Open-Model',
  name: 'NVIDIA Open Model License',
  title: 'NVIDIA Open Model License Agreement, 23 September 2025',
  source: 'the form that the gating prompt of Cosmos-Reason2 carries, which looks abridged; otherwise as of 28 April 2025',
  permissions,
  obligations: [duty('keep-guardrails', 'any', '2.1', { text: 'Do not bypass a guardrail without putting a substantially similar one in its place: your rights end by themselves.' }), ...noticeDuties],
  limits: [{ name: 'special-purpose', measure: null, effect: 'note', clause: '1.5, 2.1', text: 'A model that NVIDIA designates as special-purpose should not be used for other or general purposes: its card says so.' }],
  unreadPolicy: ethics,
  outputRule: outputsTrainAnything('2.4'),
  propagation: travels,
  markers: { required: ['NVIDIA Open Model License', 'substantially similar Guardrail'] },
  hfTags: ['nvidia-open-model-license', 'nvidia-open-model'],
  links: ['nvidia.com/en-us/agreements/enterprise-software/nvidia-open-model-license'],
  confidence: 'part',
  notes: ['The tag names a page whose text has changed several times: the dated text that came with the weights decides.'],
});

export const nvidiaSourceCode1 = defineLicense({
  ...shared,
  id: 'LicenseRef-NVIDIA-NSCL-1',
  name: 'NVIDIA Source Code License v1 (non-commercial)',
  title: 'NVIDIA Source Code License',
  source: 'sections 2 and 3 as files of NVlabs repositories carry them',
  permissions: { 'commercial-use': no('3.3'), modification: conditional('2.1, 3.3', 'Non-commercially.'), distribution: conditional('3.1, 3.3', 'Non-commercially.'), hosting: conditional('3.3', 'Non-commercially.'), sublicensing: silent(), 'patent-grant': silent() },
  obligations: [
    duty('include-license', 'copies', '3.1(a), 3.1(b)'),
    duty('retain-copyright', 'copies', '3.1(c)'),
    duty('pass-on-use-restrictions', 'copies', '3.2', { when: 'modified', text: 'Bind your derivatives by the limitation to research and evaluation.' }),
    duty('no-endorsement', 'available', '3.5', { text: 'Use no names, logos or trademarks of the licensor.' }),
  ],
  limits: [
    { name: 'non-commercial', measure: 'commercial', effect: 'request-license', clause: '3.3', text: 'The work and its derivatives may be used non-commercially alone; NVIDIA itself may use them commercially.' },
    { name: 'research-only', measure: 'purposes', purposes: ['research', 'evaluation'], effect: 'request-license', clause: '3.3', text: 'Non-commercially means for research or evaluation only.' },
  ],
  outputRule: outputsUnsaid(),
  propagation: propagates({ rule: 'pass-on-restrictions', clause: '3.2' }, 'review'),
  markers: { required: ['only may be used or intended for use non-commercially', 'means for research or evaluation purposes only'], supporting: ['NVIDIA Source Code License'] },
  hfTags: ['nscl', 'nvidia-source-code-license', 'nsclv1'],
  confidence: 'part',
  notes: ['Another wording ties use to the clouds of Amazon: it is not this one.'],
});

const byName = (id: string, name: string, hfTags: string[], links: string[], note: string) =>
  defineLicense({
    ...shared,
    id,
    name,
    title: name,
    source: 'named by model cards; the text was not read',
    permissions: {},
    outputRule: outputsUnsaid(),
    propagation: propagates('review', 'review'),
    markers: {},
    hfTags,
    links,
    confidence: 'secondary',
    textRead: false,
    notes: [note],
  });

export const nvidiaNemotronOpen = byName('LicenseRef-NVIDIA-Nemotron-Open-Model', 'NVIDIA Nemotron Open Model License', ['nvidia-nemotron-open-model-license'], ['nvidia.com/en-us/agreements/enterprise-software/nvidia-nemotron-open-model-license'], 'A separate agreement at another address than the Open Model License; cards call it ready for commercial use.');
export const nvidiaCommunityModel = byName('LicenseRef-NVIDIA-Community-Model', 'NVIDIA Community Model License', ['nvidia-community-model-license'], ['nvidia-community-models-license'], 'Not the Open Model License.');
export const nvidiaOneWay = byName('LicenseRef-NVIDIA-OneWay-NC', 'NVIDIA OneWay Non-Commercial License', ['nvidia-oneway-noncommercial-license', 'nvidia-one-way-noncommercial-license'], [], 'Non-commercial by its name.');
