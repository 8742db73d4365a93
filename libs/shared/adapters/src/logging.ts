import { pino } from 'pino';
import type { Logger } from 'pino';

export type { Logger } from 'pino';

/**
 * JSON lines on standard output, written asynchronously and many at once, at most a fifth of a second later; one event ends each request or job and carries all that is known by then.
 * Ids, never contents: no prompt, output, payload, key or header is ever handed to it.
 */
export function createLogger(service: string, level: string): Logger {
  return pino(
    { level, base: { service }, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } },
    pino.destination({ dest: 1, sync: false, minLength: 8_192, periodicFlush: 200 }),
  );
}

/** For tests and tools that want no lines. */
export const silentLogger = (): Logger => pino({ level: 'silent' });
