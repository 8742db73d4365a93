// A service that does as its argument says, for the tests of its life: they start it as a process of its own.
import { once } from 'node:events';
import { z } from 'zod';
import { readConfig, sharedVariables } from './config.ts';
import { createLogger } from './logging.ts';
import { orExit, runService } from './service.ts';
import type { Lifecycle } from './service.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const never = () => new Promise<never>(() => {});

const starts: Record<string, (life: Lifecycle) => Promise<void>> = {
  async runs(life) {
    life.onClose('first', () => say('closed first'));
    life.onClose('faulty', () => {
      throw new Error('would not close');
    });
    life.onClose('last', async () => {
      await new Promise(setImmediate);
      say(`closed last, stopping ${life.stopping()}`);
    });
    setInterval(() => {}, 1_000);
    say(`started, stopping ${life.stopping()}`);
  },
  async 'has-exit-hook'(life) {
    const hook = () => {
      if (process.listenerCount('SIGTERM') > 1) return;
      process.off('SIGTERM', hook);
      process.kill(process.pid, 'SIGTERM');
    };
    process.on('SIGTERM', hook);
    life.onClose('last', () => say('closed last'));
    setInterval(() => {}, 1_000);
    say('started');
  },
  async fails(life) {
    life.onClose('opened', () => say('closed opened'));
    throw new Error('no route to the database\nwith a second line');
  },
  async refused() {
    // What a connection to a name with several addresses fails with: its own message is empty.
    throw new AggregateError([new Error('connect ECONNREFUSED ::1:5432'), new Error('connect ECONNREFUSED 127.0.0.1:5432')]);
  },
  async 'fails-and-hangs'(life) {
    life.onClose('stuck', never);
    throw new Error('no route to the database');
  },
  async 'never-starts'(life) {
    life.onClose('opened', () => say('closed opened'));
    const stopped = once(process, 'SIGTERM');
    setInterval(() => {}, 1_000);
    say('starting');
    await stopped;
    throw new Error('what was opened is closed already');
  },
  async hangs(life) {
    life.onClose('stuck', never);
    setInterval(() => {}, 1_000);
    say('started');
  },
  async rejects() {
    setInterval(() => {}, 1_000);
    void Promise.reject(new Error('nobody caught this'));
    await new Promise(setImmediate);
    say('started');
  },
};

const [mode = '', port] = process.argv.slice(2);
if (mode === 'settings') {
  orExit('test-service', () => readConfig(z.object({ PORT: sharedVariables.PORT, DATABASE_URL: sharedVariables.DATABASE_URL }), { PORT: port }));
}
await runService({ name: 'test-service', logger: createLogger('test-service', 'info'), drainTimeoutMs: mode.includes('hangs') ? -4_900 : 10_000 }, async (life) => starts[mode]?.(life));
