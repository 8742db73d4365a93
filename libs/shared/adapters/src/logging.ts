import { pino } from 'pino';
import type { Logger } from 'pino';

export type { Logger } from 'pino';

/**
 * JSON lines on standard output, written asynchronously; one event ends each request or job and carries all that is known by then.
 * Ids, never contents: no prompt, output, payload, key or header is ever handed to it.
 */
export function createLogger(service: string, level: string): Logger {
  return pino(
    { level, base: { service }, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } },
    // Each line is written at once; with a length of 0, `flush` would not wait for the one that is on its way.
    pino.destination({ dest: 1, sync: false, minLength: 1 }),
  );
}

/** For tests and tools that want no lines. */
export const silentLogger = (): Logger => pino({ level: 'silent' });
