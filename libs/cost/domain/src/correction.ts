import { formatUsd, noTokens, parseUsd } from '@weighbridge/shared-domain';
import { usageEventId } from './usage-event.ts';
import type { UsageEvent } from './usage-event.ts';

/**
 * Takes an `unknown` event out of every sum, once the attempt's own event is known. It repeats the event with its cost negated and
 * differs in nothing that one groups by; the settling of the hold is left to the attempt's own event.
 */
export const correctionOf = (unknown: UsageEvent): UsageEvent => ({
  ...unknown,
  id: usageEventId(unknown.jobId, unknown.attempt, 'correction'),
  tokens: noTokens,
  costUsd: formatUsd(0n - parseUsd(unknown.costUsd)),
  final: false,
});
