import { costQueues } from '@weighbridge/cost-contracts';
import { expect, test } from 'vitest';

test('usage is kept for days while the ledger cannot take it (P3)', () => {
  /** The longest wait between two tries is five minutes, of which the jitter takes half at most. */
  const leastWaitMs = 150_000;

  expect(costQueues.usage.attempts * leastWaitMs).toBeGreaterThan(3 * 86_400_000);
});
