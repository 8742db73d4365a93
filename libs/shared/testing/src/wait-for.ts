import { setTimeout as delay } from 'node:timers/promises';

export interface WaitForOptions {
  /** Default 10,000. */
  readonly timeoutMs?: number;
  /** Pause between two looks. Default 20. */
  readonly intervalMs?: number;
  /** What is waited for, for the message when it does not come. */
  readonly what?: string;
}

/**
 * Looks again and again until `condition` answers something other than undefined, null or false, and answers that. A look
 * that throws counts as "not yet". Throws when the time is up, with the last error as the cause.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { timeoutMs = 10_000, intervalMs = 20, what = 'the condition' }: WaitForOptions = {},
): Promise<Exclude<T, undefined | null | false>> {
  const endsAt = performance.now() + timeoutMs;
  for (;;) {
    let lastError: unknown;
    try {
      const value = await condition();
      if (value !== undefined && value !== null && value !== false) return value as Exclude<T, undefined | null | false>;
    } catch (error) {
      lastError = error;
    }
    if (performance.now() >= endsAt) throw new Error(`waited ${timeoutMs} ms in vain for ${what}`, { cause: lastError });
    await delay(intervalMs);
  }
}
