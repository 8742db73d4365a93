import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findRunning } from '../embedded/data-directory.ts';
import { startPlatform } from '../embedded/start-platform.ts';
import { Failure } from '../failure.ts';
import type { CliSettings } from '../settings.ts';
import { takeTour } from '../tour/tour.ts';
import { announce, say, stopSignal } from './start.ts';

export interface DemoOptions {
  readonly url?: string;
  readonly keep?: boolean;
}

interface Target {
  readonly origin: string;
  readonly adminKey: string;
  readonly stop: () => Promise<void>;
}

/** Takes the tour on the platform named, on the one that runs, or on one that it starts. */
export async function demo(settings: () => CliSettings, options: DemoOptions): Promise<number> {
  const found = settings();
  const stopped = stopSignal();
  const startedAt = performance.now();
  const target = await findTarget(found, options);
  say(`on ${target.origin} after ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  try {
    const tasksJsonl = readFileSync(join(found.root, 'models', 'tasks.jsonl'), 'utf8');
    const tour = takeTour({ origin: target.origin, adminKey: target.adminKey, tasksJsonl, write: say, live: process.stdout.isTTY });
    const held = await Promise.race([tour, stopped.then(() => null)]);
    if (held === null) return 130;
    if (options.keep === true) {
      say(`\nthe platform keeps running on ${target.origin}; press Ctrl-C to stop it.`);
      await stopped;
    }
    return held ? 0 : 1;
  } finally {
    await target.stop();
  }
}

async function findTarget(settings: CliSettings, { url }: DemoOptions): Promise<Target> {
  if (url !== undefined) {
    if (settings.adminKey === undefined) throw new Failure('the tour needs the administrator’s key of that platform: set WEIGHBRIDGE_ADMIN_KEY.');
    return { origin: url.replace(/\/+$/, ''), adminKey: settings.adminKey, stop: () => Promise.resolve() };
  }
  const running = findRunning(settings.dataDirectory);
  if (running !== null) {
    say('a platform runs already on this data directory');
    return { origin: running.origin, adminKey: settings.adminKey ?? running.adminKey, stop: () => Promise.resolve() };
  }
  const platform = await startPlatform({ ...settings, say });
  announce(platform);
  return { origin: platform.origin, adminKey: platform.adminKey, stop: platform.stop };
}
