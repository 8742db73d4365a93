import { describe, expect, test } from 'vitest';
import type { FailedAttempt, RetryConditions, RetryDecision } from './retry-policy.ts';
import { decideRetry, isRetryableStatus } from './retry-policy.ts';

const conditions: RetryConditions = { attempts: 1, streamed: false, remainingMs: 60_000, random: 1 };
const overloaded: FailedAttempt = { kind: 'failed', status: 503, retryable: true };

describe('which statuses may pass', () => {
  test.each([
    [400, false], [401, false], [403, false], [404, false], [408, true], [409, true], [422, false],
    [429, true], [500, true], [501, false], [502, true], [503, true], [504, true], [529, true],
  ])('%d: %s', (status, retryable) => {
    expect(isRetryableStatus(status)).toBe(retryable);
  });
});

describe('decideRetry', () => {
  const rows: readonly (readonly [string, FailedAttempt, Partial<RetryConditions>, RetryDecision])[] = [
    ['waits the base delay', overloaded, {}, { action: 'again', delayMs: 250 }],
    ['waits half of it at the least', overloaded, { random: 0 }, { action: 'again', delayMs: 125 }],
    ['doubles', overloaded, { attempts: 2 }, { action: 'again', delayMs: 500 }],
    ['honours Retry-After', { ...overloaded, retryAfterMs: 3_000 }, {}, { action: 'again', delayMs: 3_000 }],
    ['leaves a server that asks for too much', { ...overloaded, retryAfterMs: 30_000 }, {}, { action: 'next', reason: 'retry_after_too_long' }],
    ['leaves a server when the wait is longer than what is left', { ...overloaded, retryAfterMs: 3_000 }, { remainingMs: 2_000 }, { action: 'next', reason: 'retry_after_too_long' }],
    ['goes on after the last try', overloaded, { attempts: 3 }, { action: 'next', reason: 'attempts_used' }],
    ['goes on at once when nothing answered', { kind: 'unavailable', retryable: true }, {}, { action: 'next', reason: 'not_reachable' }],
    ['leaves a server that does not know our key', { kind: 'failed', status: 401, retryable: true }, {}, { action: 'next', reason: 'not_set_up' }],
    ['asks once more, at once, when an answer misses the format', { kind: 'failed', code: 'output_schema_mismatch', retryable: true }, {}, { action: 'again', delayMs: 0 }],
    ['asks nobody a third time', { kind: 'failed', code: 'output_schema_mismatch', retryable: true }, { attempts: 2 }, { action: 'stop', reason: 'not_retryable' }],
    ['does not follow a stream that missed the format', { kind: 'failed', code: 'output_schema_mismatch', retryable: true }, { streamed: true }, { action: 'stop', reason: 'already_streamed' }],
    ['stops at a refusal', { kind: 'rejected', status: 400, retryable: false }, {}, { action: 'stop', reason: 'not_retryable' }],
    ['stops when cancelled', { kind: 'cancelled', retryable: true }, {}, { action: 'stop', reason: 'not_retryable' }],
    ['never sends a second answer after half of one', { kind: 'cut', retryable: true }, { streamed: true }, { action: 'stop', reason: 'already_streamed' }],
    ['stops when the time is up', overloaded, { remainingMs: 0 }, { action: 'stop', reason: 'no_time_left' }],
  ];

  test.each(rows)('%s', (_name, failure, changes, decision) => {
    expect(decideRetry(failure, { ...conditions, ...changes })).toEqual(decision);
  });
});
