import { AppError } from '@weighbridge/shared-domain';
import { describe, expect, test } from 'vitest';
import { backoffDelayMs, isFinal } from './retry-policy.ts';

describe('backoffDelayMs', () => {
  test.each([
    { attemptsMade: 1, random: 0, delayMs: 500 },
    { attemptsMade: 1, random: 0.999, delayMs: 1_000 },
    { attemptsMade: 3, random: 0.5, delayMs: 3_000 },
    { attemptsMade: 60, random: 0, delayMs: 150_000 },
  ])('after $attemptsMade tries of 1 s, at random $random: $delayMs ms', ({ attemptsMade, random, delayMs }) => {
    expect(backoffDelayMs(1_000, attemptsMade, new Error('x'), random)).toBe(delayMs);
  });

  test('is never sooner than the error asks for', () => {
    const error = new AppError('rate_limit.exceeded', 'slow down', { retryAfterSeconds: 60 });
    expect(backoffDelayMs(1_000, 1, error, 0)).toBe(60_000);
  });
});

describe('isFinal', () => {
  test.each([
    [new AppError('license.denied', 'x'), true],
    [new AppError('backend.failed', 'x'), false],
    [new Error('x'), false],
    ['x', false],
  ])('%s: %s', (error, final) => {
    expect(isFinal(error)).toBe(final);
  });
});
