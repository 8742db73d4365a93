import { Failure } from '../failure.ts';
import { startPlatform } from '../embedded/start-platform.ts';
import type { Platform } from '../embedded/start-platform.ts';
import type { CliSettings } from '../settings.ts';

/** Runs the embedded platform until it is told to stop. */
export async function start(settings: CliSettings): Promise<number> {
  const stopped = stopSignal();
  const platform = await startPlatform({ ...settings, say });
  announce(platform);
  say('Press Ctrl-C to stop.');
  await stopped;
  say('stopping …');
  await platform.stop();
  return 0;
}

export function announce(platform: Platform): void {
  say(`weighbridge ready on ${platform.origin}`);
  if (platform.fresh) say(`admin key (shown this once, kept in the data directory): ${platform.adminKey}`);
}

/** Resolves with the first Ctrl-C, SIGTERM or closed terminal; a second Ctrl-C is not waited for. */
export function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    const onSignal = () => {
      resolve();
      process.once('SIGINT', () => process.exit(130));
    };
    process.once('SIGINT', onSignal);
    process.once('SIGTERM', onSignal);
    process.once('SIGHUP', onSignal);
    // Who closes the terminal, or the pipe, still gets everything stopped in order.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  });
}

export const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** One line on standard error, exit code 1: what a person can mend is told without a stack. */
export function fail(error: unknown): number {
  const line = error instanceof Failure || process.env['WEIGHBRIDGE_DEBUG'] === undefined ? `weighbridge: ${error instanceof Error ? error.message : String(error)}` : String(error instanceof Error ? error.stack : error);
  process.stderr.write(`${line}\n`);
  return 1;
}
