import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  readonly update: (done: number) => void;
  readonly end: () => void;
}

/** A live bar on a terminal; elsewhere a line at each quarter, so that a log stays readable. */
export function showProgress(what: string, total: number, live: boolean, line: (text: string) => void): Progress {
  if (live) {
    const bar = new SingleBar({ format: `   ${what} {bar} {value}/{total} · {duration_formatted}`, hideCursor: true, barsize: 32, stopOnComplete: false }, Presets.shades_classic);
    bar.start(total, 0);
    return { update: (done) => bar.update(done), end: () => bar.stop() };
  }
  let nextQuarter = 1;
  return {
    update: (done) => {
      while (nextQuarter <= 4 && done >= (total * nextQuarter) / 4) {
        line(`${what}: ${Math.round((total * nextQuarter) / 4)} of ${total}`);
        nextQuarter += 1;
      }
    },
    end: () => undefined,
  };
}

export const pause = (ms: number): Promise<void> => new Promise((wake) => setTimeout(wake, ms));

/** Asks until the answer is there, or throws with what was waited for. */
export async function until<T>(what: string, timeoutMs: number, ask: () => Promise<T | undefined>, everyMs = 150): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs / 1000} s in vain for ${what}`);
    await pause(everyMs);
  }
}
