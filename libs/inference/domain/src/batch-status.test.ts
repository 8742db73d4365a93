import { describe, expect, test } from 'vitest';
import { BatchStatus, canBatchTransition, isTerminalBatchStatus } from './batch-status.ts';

describe('the states of a batch', () => {
  test.each(['failed', 'completed', 'expired', 'cancelled'] as const)('%s is the end', (status) => {
    expect(isTerminalBatchStatus(status)).toBe(true);
    for (const next of BatchStatus.options) expect(canBatchTransition(status, next)).toBe(false);
  });

  test.each([
    { from: 'validating', to: 'in_progress', allowed: true },
    { from: 'validating', to: 'completed', allowed: false },
    { from: 'in_progress', to: 'finalizing', allowed: true },
    { from: 'in_progress', to: 'completed', allowed: false },
    { from: 'in_progress', to: 'cancelling', allowed: true },
    { from: 'finalizing', to: 'cancelling', allowed: false },
    { from: 'finalizing', to: 'completed', allowed: true },
    { from: 'finalizing', to: 'expired', allowed: true },
    { from: 'cancelling', to: 'cancelled', allowed: true },
    { from: 'cancelling', to: 'completed', allowed: false },
  ] as const)('$from to $to: $allowed', ({ from, to, allowed }) => {
    expect(canBatchTransition(from, to)).toBe(allowed);
  });
});
