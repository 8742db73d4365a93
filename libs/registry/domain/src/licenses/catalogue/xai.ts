import type { License } from '../license.ts';
import { conditional, defineLicense, displayLine, duty, forbids, propagates, silent, yes } from './define-license.ts';

/** Three texts stood at one path within three months: the file of the pinned revision decides which one it is. */
const policy = forbids({
  'illegal-activity': 'AUP',
  'third-party-rights': 'AUP',
  'personal-data-misuse': 'AUP',
  'sexual-content': { clause: 'AUP', text: 'Sexual likeness of people.' },
  'harm-to-minors': 'AUP',
  'unlicensed-profession!unlicensed': { clause: 'AUP', text: 'Unregulated operation in regulated industries.' },
  fraud: 'AUP',
  defamation: 'AUP',
  surveillance: { clause: 'AUP', text: 'Stalking, doxing and phishing are named.' },
  'self-harm': 'AUP',
  weapons: { clause: 'AUP', text: 'Biological, chemical and of mass destruction.' },
  'guardrail-circumvention': 'AUP',
  'undisclosed-ai-output': 'AUP',
});

interface Dated {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly seen: string;
  readonly hfTags: readonly string[];
  readonly markers: License['markers'];
  readonly limits: License['limits'];
  readonly notes: readonly string[];
}

const community = ({ seen, hfTags, notes, ...entry }: Dated): License =>
  defineLicense({
    ...entry,
    family: 'xAI',
    steward: 'xAI',
    source: `xai-org/grok-2 LICENSE ${seen}: sections 1, 2.a and 2.b; Acceptable Use Policy of 2 January 2025`,
    licensors: ['xAI', 'xai-org'],
    permissions: { 'commercial-use': conditional('2.a'), modification: yes('1'), distribution: yes('1'), hosting: conditional('2.a'), sublicensing: silent(), 'patent-grant': silent() },
    obligations: [
      displayLine('Powered by xAI', 'where others meet it', '2.b', { when: 'the attribution clause, which was not read, asks for it', text: 'Show "Powered by xAI" where others meet it; that an attribution duty exists is sure, its words are not.' }),
      duty('include-license', 'copies', '2.b', { when: 'others describe it rightly' }),
    ],
    fieldOfUse: policy,
    outputRule: {
      'same-family': { answer: 'yes', clause: '2.b', text: 'Modifications and finetunes of Grok 2 itself.' },
      'other-llm': { answer: 'no', clause: '2.b', text: 'No foundational, large language or general-purpose model may be made or improved.' },
      'non-llm-internal': { answer: 'silent', clause: '2.b' },
      'non-llm-released': { answer: 'silent', clause: '2.b' },
    },
    propagation: propagates({ rule: 'pass-on-restrictions', clause: '2.b' }, { rule: 'separate-model', clause: '2.b' }, { merge: { rule: 'review', keepsTerms: true, clause: '2.b' } }),
    hfTags: [...hfTags],
    confidence: 'part',
    notes: ['The grant can be revoked.', 'Grok 1 is Apache-2.0.', ...notes],
  });

export const grok2Community202508Revenue = community({
  id: 'LicenseRef-Grok2-Community-2025-08a',
  name: 'Grok 2 Community License (first text, August 2025)',
  title: 'Grok 2 Community License Agreement (before 23 August 2025)',
  seen: 'before commit d60cbe2',
  hfTags: [],
  markers: { required: ['Grok 2 Community License Agreement', '$1 million'], supporting: [], absent: ['xAI Community License Agreement'] },
  limits: [
    { name: 'annual-revenue', threshold: 1_000_000, comparison: 'inclusive', measure: 'annualRevenueUsd', scope: 'licensee-and-affiliates', clock: 'continuous', commercialOnly: true, effect: 'request-license', clause: '2.a', text: 'Commercial use is permitted only with less than 1,000,000 USD of annual revenue, affiliates included.' },
  ],
  notes: [],
});

export const grok2Community202508 = community({
  id: 'LicenseRef-Grok2-Community-2025-08b',
  name: 'Grok 2 Community License (23 August 2025)',
  title: 'Grok 2 Community License Agreement, 23 August 2025',
  seen: 'at commit d60cbe2',
  hfTags: [],
  markers: { required: ['Grok 2 Community License Agreement'], supporting: ['general-purpose AI models, except for'], absent: ['xAI Community License Agreement', '$1 million'] },
  limits: [],
  notes: ['Commercial use under all guardrails of the Acceptable Use Policy.'],
});

export const xAiCommunity202511 = community({
  id: 'LicenseRef-xAI-Community-2025-11',
  name: 'xAI Community License',
  title: 'xAI Community License Agreement, 4 November 2025',
  seen: 'at commit daf4395 and later',
  hfTags: ['xai-community', 'xai-community-license'],
  markers: { required: ['xAI Community License Agreement'], supporting: ['general-purpose AI models, except for'], absent: [] },
  limits: [],
  notes: ['The name no longer says Grok 2: the materials are whatever xAI designates.', 'The tag "grok-2" stood over all three texts, so it means none.'],
});
