import type { License } from '../license.ts';
import { conditional, defineLicense, displayLine, duty, forbids, namePrefix, no, outputsUnsaid, propagates } from './define-license.ts';

const shared = { family: 'GLM', steward: 'Zhipu AI', licensors: ['Zhipu AI', 'THUDM', 'zai-org', 'Z.ai', 'Zhipu'] };

const registration = (clause: string) => ({ code: 'registration', trigger: 'any' as const, commercialOnly: true, clause, text: 'Register at open.bigmodel.cn/mla/form before any commercial use.' });

const forbidden = forbids({
  military: '3',
  'illegal-activity': '3',
  'national-interest': { clause: '3', text: 'National security and unity, public interest and order are named.' },
  'third-party-rights': { clause: '3', text: 'Trade secrets, intellectual property, reputation, likeness and property are named.' },
});

const permissions = (commercial: string) => ({
  'commercial-use': conditional(commercial, 'After registration.'),
  modification: conditional('3', 'Implied by what is forbidden for derivative works.'),
  distribution: conditional('2, 3', 'Implied by the duty to include the notice in copies.'),
  hosting: conditional('2', 'Named as use only.'),
  sublicensing: no('2'),
  'patent-grant': no('2', 'A copyright licence, revocable.'),
});

function chatGlm(generation: '' | '2' | '3', source: string, commercial: string, notes: readonly string[]): License {
  const model = `ChatGLM${generation}-6B`;
  return defineLicense({
    ...shared,
    id: `LicenseRef-${model}`,
    name: `${model} License`,
    title: `The ${model} License`,
    source,
    permissions: permissions(commercial),
    obligations: [registration(commercial), duty('include-license', 'copies', '2')],
    fieldOfUse: forbidden,
    outputRule: outputsUnsaid(),
    propagation: propagates({ rule: 'pass-on-restrictions', clause: '3' }, 'review'),
    markers: { required: [`The ${model} License`, `the ${model} Model Team that distributes its Software`] },
    hfTags: [model.toLowerCase(), `chatglm${generation}-6b-license`].filter((tag, index, all) => all.indexOf(tag) === index),
    confidence: 'text',
    notes: ['The LICENSE file of the repository is Apache-2.0 and covers the code.', ...notes],
  });
}

export const chatGlm6b = chatGlm('', 'THUDM/ChatGLM-6B MODEL_LICENSE', 'README', ['The text does not restrict commerce; the README asks for a questionnaire first.']);
export const chatGlm26b = chatGlm('2', 'THUDM/ChatGLM2-6B MODEL_LICENSE', 'README', ['The text does not restrict commerce; the README asks for a questionnaire first.']);
export const chatGlm36b = chatGlm('3', 'THUDM/ChatGLM3 MODEL_LICENSE', '2', ['Academic research is free; commerce needs registration by the text itself.']);

export const glm4 = defineLicense({
  ...shared,
  id: 'LicenseRef-GLM-4',
  name: 'GLM-4-9B License',
  title: 'The glm-4-9b License, 4 June 2024, corrected 8 June 2024',
  source: 'THUDM/glm-4-9b, glm-4-9b-chat, glm-4v-9b LICENSE: the Chinese part whole, the English in excerpts',
  permissions: permissions('2'),
  obligations: [
    registration('2'),
    duty('include-license', 'available', '2.A', { text: 'Give a copy of the agreement with the materials or with products and services that use them.' }),
    displayLine('Built with glm-4', 'on a website, user interface, blog post, about page or in the documentation', '2.B'),
    namePrefix('glm-4', 'the materials', '2'),
  ],
  fieldOfUse: forbidden,
  outputRule: outputsUnsaid('2'),
  propagation: propagates({ rule: 'pass-on-restrictions', clause: '2, 3' }, { rule: 'review', clause: '2' }),
  markers: { required: ['The glm-4-9b License', 'Built with glm-4'] },
  hfTags: ['glm-4', 'glm-4-9b'],
  links: ['thudm/glm-4-9b'],
  confidence: 'text',
  notes: ['GLM-4-0414 and later are MIT per their cards.', 'The prefix clause names the materials, not outputs.'],
});

export const cogVlm = defineLicense({
  ...shared,
  id: 'LicenseRef-CogVLM',
  name: 'CogVLM License',
  title: 'The CogVLM License',
  source: 'THUDM/CogVLM MODEL_LICENSE',
  permissions: permissions('2'),
  obligations: [registration('2'), duty('include-license', 'copies', '2')],
  limits: [{ name: 'base-model-terms', measure: null, effect: 'note', clause: '7', text: 'CogVLM-17B is also under the terms of Llama 2 and EVA: record them as base models.' }],
  fieldOfUse: forbidden,
  outputRule: outputsUnsaid(),
  propagation: propagates({ rule: 'pass-on-restrictions', clause: '3' }, 'review'),
  markers: { required: ['The CogVLM License', 'CogVLM Model Team'] },
  hfTags: ['cogvlm', 'cogvlm2', 'cogvlm-license'],
  confidence: 'text',
});

export const cogVideoX = defineLicense({
  ...shared,
  id: 'LicenseRef-CogVideoX',
  name: 'CogVideoX License',
  title: 'The CogVideoX License',
  source: 'THUDM/CogVideo MODEL_LICENSE',
  permissions: permissions('2'),
  obligations: [registration('2'), duty('include-license', 'copies', '2')],
  limits: [
    {
      name: 'monthly-visits',
      threshold: 1_000_000,
      measure: 'productMonthlyActiveUsers',
      scope: 'product',
      commercialOnly: true,
      effect: 'request-license',
      clause: '2',
      text: 'The basic commercial licence must not exceed 1,000,000 visits a month; users are counted here, and each makes at least one visit.',
    },
    { name: 'monthly-visits', measure: null, commercialOnly: true, effect: 'review', clause: '2', text: 'The basic commercial licence must not exceed 1,000,000 visits a month; visits are counted, not users, and fewer users may make more of them.' },
  ],
  fieldOfUse: forbidden,
  outputRule: outputsUnsaid(),
  propagation: propagates({ rule: 'pass-on-restrictions', clause: '3' }, 'review'),
  markers: { required: ['The CogVideoX License', 'CogVideoX Model Team'] },
  hfTags: ['cogvideox-license', 'cogvideox'],
  confidence: 'text',
  notes: ['CogVideoX-2B is Apache-2.0.'],
});
