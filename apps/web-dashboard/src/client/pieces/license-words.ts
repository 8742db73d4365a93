import type { License, LicenseAnswer } from '@weighbridge/registry-domain';

/** What catalogue words mean to somebody who does not know the catalogue. */
export const permissionWords: Readonly<Record<keyof License['permissions'], string>> = {
  'commercial-use': 'Commercial use',
  modification: 'Changing and fine-tuning it',
  distribution: 'Passing on copies',
  hosting: 'Offering it as a service',
  sublicensing: 'Granting rights to others',
  'patent-grant': 'Patent licence included',
  'fine-tune-at-provider': 'Fine-tuning at the provider',
};

export const answerWords: Readonly<Record<LicenseAnswer, { readonly text: string; readonly color: string }>> = {
  yes: { text: 'yes', color: 'green' },
  no: { text: 'no', color: 'red' },
  conditional: { text: 'with conditions', color: 'brass' },
  silent: { text: 'says nothing', color: 'gray' },
};

export const triggerWords: Readonly<Record<License['obligations'][number]['trigger'], string>> = {
  any: 'for every use',
  available: 'when others can use it',
  copies: 'when copies are handed over',
  'model-released': 'when a model made from it is released',
};

export const limitWords: Readonly<Record<License['limits'][number]['effect'], { readonly text: string; readonly color: string }>> = {
  deny: { text: 'forbids the use', color: 'red' },
  'request-license': { text: 'another licence is needed', color: 'red' },
  review: { text: 'needs a review', color: 'brass' },
  obligation: { text: 'adds obligations', color: 'harbor' },
  note: { text: 'to know', color: 'gray' },
};

export const outputWords: Readonly<Record<keyof License['outputRule'], string>> = {
  'same-family': 'Train a model of the same family on outputs',
  'other-llm': 'Train another language model on outputs',
  'non-llm-internal': 'Train another kind of model, for own use',
  'non-llm-released': 'Train another kind of model, and release it',
};

export const relationWords = {
  finetune: 'fine-tuned from',
  adapter: 'adapter for',
  quantized: 'quantised from',
  merge: 'merged from',
  distilled: 'trained on outputs of',
} as const;

export const propagationWords: Readonly<Record<License['propagation'][keyof License['propagation']]['rule'], string>> = {
  'same-license': 'carries all terms of this licence',
  'pass-on-restrictions': 'carries all terms of this licence',
  'obligations-only': 'carries the obligations, not the limits',
  none: 'is free of this licence',
  unlicensed: 'may not be made',
  'separate-model': 'may not be made',
  'contract-only': 'binds who made it, not who uses it',
  review: 'is left open by the text',
};

/** `customer-support` as people write it. */
export const plainWord = (word: string): string => word.replaceAll('-', ' ');

export const clauseText = (clause: string | null): string | null => (clause === null ? null : /^[~\d]/.test(clause) ? `§ ${clause}` : clause);
