import type { DatedDecision } from '@weighbridge/registry-contracts';
import { expect, test } from 'vitest';
import { checkExitCodes, explain } from './check.ts';

const decision: DatedDecision = {
  decision: 'review',
  model: 'helper@2',
  decidedAt: '2026-01-02T03:04:05.000Z',
  inputsDigest: 'f'.repeat(64),
  reasons: [{ code: 'limit:monthly-active-users', license: 'LicenseRef-Llama-3.3', clause: '2', version: 'llama@1', via: 'finetune of llama@1', message: 'Llama 3.3 Community License, clause 2: nobody has said how many users there are.', settledBy: 'monthlyActiveUsers' }],
  obligations: [
    { code: 'display-attribution', license: 'LicenseRef-Llama-3.3', clause: '1.b.i(B)', version: 'llama@1', text: 'Show "Built with Llama" prominently.', conditional: false },
    { code: 'state-changes', license: 'MIT', clause: '~2', version: 'helper@2', text: 'Say prominently what you changed.', conditional: true },
  ],
};

test('says the verdict first, then why, then what is due, each with licence, clause and the version that brings it in', () => {
  expect(explain(decision, 'the support bot')).toBe(
    [
      'NEEDS A REVIEW: helper@2 for the support bot',
      '',
      'Why',
      '  Llama 3.3 Community License, clause 2: nobody has said how many users there are.',
      '  (limit:monthly-active-users; settled by: monthlyActiveUsers)',
      '',
      'Due',
      '  Show "Built with Llama" prominently.',
      '  (display-attribution; LicenseRef-Llama-3.3, 1.b.i(B); from llama@1)',
      '',
      'Due if it applies',
      '  Say prominently what you changed.',
      '  (state-changes; MIT, ~2; from helper@2)',
      '',
      'decided 2026-01-02T03:04:05.000Z, inputs ffffffffffff',
      '',
    ].join('\n'),
  );
});

test('a pipeline goes on for what is allowed, and tells a denial from a review', () => {
  expect(checkExitCodes).toEqual({ allow: 0, allow_with_obligations: 0, deny: 1, review: 2 });
});
