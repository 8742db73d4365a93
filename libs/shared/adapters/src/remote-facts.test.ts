import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { captureLog } from './http/test-http-app.ts';
import { keepFresh } from './remote-facts.ts';
import type { RemoteFacts, RemoteFactsOptions } from './remote-facts.ts';

/** The other side: what it answers is decided call by call. */
function otherSide() {
  const loads: { answer: (facts: string) => void; fail: (error: Error) => void }[] = [];
  let onMessage = () => {};
  const state = { unsubscribed: 0 };
  const log = captureLog();
  const asked = async () => {
    while (loads.length === 0) await delay(1);
  };
  return {
    loads,
    asked,
    log,
    state,
    change: () => onMessage(),
    answerNext: async (act: (load: (typeof loads)[number]) => void) => {
      await asked();
      act(loads.shift()!);
    },
    options: {
      name: 'registry facts',
      load: () => new Promise<string>((answer, fail) => loads.push({ answer, fail })),
      subscribe: (listener: () => void) => {
        onMessage = listener;
        return () => void (state.unsubscribed += 1);
      },
      pollMs: 3_600_000,
      logger: log.logger,
    } satisfies RemoteFactsOptions<string>,
  };
}

let facts: RemoteFacts<string> | undefined;
afterEach(() => {
  facts?.close();
  vi.useRealTimers();
});

async function started(side: ReturnType<typeof otherSide>, first: string, more: Partial<RemoteFactsOptions<string>> = {}): Promise<RemoteFacts<string>> {
  const starting = keepFresh({ ...side.options, ...more });
  await side.answerNext((load) => load.answer(first));
  facts = await starting;
  return facts;
}

describe('keepFresh', () => {
  test('has loaded once when it resolves', async () => {
    const kept = await started(otherSide(), 'one');

    expect([kept.known(), kept.current()]).toEqual([true, 'one']);
  });

  test('loads again when the other side says that something changed, and tells who listens', async () => {
    const side = otherSide();
    const kept = await started(side, 'one');
    const heard = new Promise((resolve) => kept.onChange(resolve));

    side.change();
    await side.answerNext((load) => load.answer('two'));

    expect(await heard).toBe('two');
    expect(kept.current()).toBe('two');
  });

  test('asks now and then, since a message may be lost', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const side = otherSide();
    const kept = await started(side, 'one', { pollMs: 2_000 });
    const heard = new Promise((resolve) => kept.onChange(resolve));

    vi.advanceTimersByTime(1_999);
    expect(side.loads).toHaveLength(0);
    vi.advanceTimersByTime(1);
    await side.answerNext((load) => load.answer('two'));

    expect(await heard).toBe('two');
  });

  test('keeps the last facts while the other side is down, says so once, and goes on when it is back', async () => {
    const side = otherSide();
    const kept = await started(side, 'one');

    for (let times = 0; times < 3; times += 1) {
      const refreshed = kept.refresh();
      await side.answerNext((load) => load.fail(new Error('connection refused')));
      await refreshed;
    }
    expect(kept.current()).toBe('one');
    expect(side.log.lines.filter(({ event }) => event === 'facts_unreachable')).toEqual([expect.objectContaining({ facts: 'registry facts', err: expect.objectContaining({ message: 'connection refused' }) })]);

    const back = kept.refresh();
    await side.answerNext((load) => load.answer('two'));
    await back;
    expect(kept.current()).toBe('two');
    expect(side.log.lines.at(-1)).toMatchObject({ event: 'facts_reachable' });
  });

  test('starts while the other side is down, and refuses until it has ever answered', async () => {
    const side = otherSide();
    const starting = keepFresh(side.options);
    await side.answerNext((load) => load.fail(new Error('down')));
    facts = await starting;

    expect(facts.known()).toBe(false);
    expect(() => facts?.current()).toThrow(expect.objectContaining({ code: 'service.unavailable', retryAfterSeconds: 1 }));

    const refreshed = facts.refresh();
    await side.answerNext((load) => load.answer('one'));
    await refreshed;
    expect(facts.current()).toBe('one');
  });

  test('starts with what was known before, while the other side is down', async () => {
    const side = otherSide();
    const starting = keepFresh({ ...side.options, initial: 'yesterday' });
    await side.answerNext((load) => load.fail(new Error('down')));
    facts = await starting;

    expect(facts.current()).toBe('yesterday');
  });

  test('a refresh that joins a running load sees what changed before it was asked for', async () => {
    const side = otherSide();
    const kept = await started(side, 'one');
    let settled = false;

    side.change();
    await side.asked();
    const joined = kept.refresh().then(() => (settled = true));
    await side.answerNext((load) => load.answer('before the change'));
    await side.asked();
    expect(settled).toBe(false);
    await side.answerNext((load) => load.answer('after the change'));
    await joined;

    expect(kept.current()).toBe('after the change');
  });

  test('many changes during one load are one load more', async () => {
    const side = otherSide();
    const kept = await started(side, 'one');
    side.change();
    await side.asked();

    const joined = Array.from({ length: 50 }, () => kept.refresh());
    await side.answerNext((load) => load.answer('two'));
    await side.answerNext((load) => load.answer('three'));
    await Promise.all(joined);

    expect(side.loads).toHaveLength(0);
    expect(kept.current()).toBe('three');
  });

  test('a listener that fails takes neither the facts nor the other listeners with it', async () => {
    const side = otherSide();
    const kept = await started(side, 'one');
    const heard: string[] = [];
    kept.onChange(() => {
      throw new Error('the listener’s own fault');
    });
    kept.onChange((now) => void heard.push(now));

    const refreshed = kept.refresh();
    await side.answerNext((load) => load.answer('two'));
    await refreshed;

    expect([kept.current(), heard]).toEqual(['two', ['two']]);
    expect(side.log.lines.map(({ event }) => event)).toEqual(['facts_listener_failed']);
  });

  test('asks no more once closed', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const side = otherSide();
    const kept = await started(side, 'one', { pollMs: 1_000 });

    kept.close();
    vi.advanceTimersByTime(10_000);

    expect([side.loads.length, side.state.unsubscribed]).toEqual([0, 1]);
  });
});
