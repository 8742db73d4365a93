import type { RateDecision } from '@weighbridge/shared-adapters/rate-limit';

/** OpenAI's headers, for its clients' throttles. */
export const rateHeaders = ({ limit, remaining, resetMs }: RateDecision): Readonly<Record<string, string>> => ({
  'x-ratelimit-limit-requests': String(limit),
  'x-ratelimit-remaining-requests': String(remaining),
  'x-ratelimit-reset-requests': durationText(resetMs),
});

/** `120ms`, `1s`, `1m0s`. */
export function durationText(ms: number): string {
  if (ms < 1_000) return `${Math.ceil(ms)}ms`;
  const seconds = Math.ceil(ms / 1_000);
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}
