import type { Backend, BackendErrorOptions, BackendReply } from '@weighbridge/inference-domain';
import { BackendError, ChatRequest } from '@weighbridge/inference-domain';
import { noTokens } from '@weighbridge/shared-domain';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { withCircuitBreaker } from './circuit-breaker.ts';

const chat = { request: ChatRequest.parse({ model: 'm', messages: [{ role: 'user', content: 'x' }] }), maxOutputTokens: 1 };
const message = { role: 'assistant', content: 'ok' } as const;
const reply: BackendReply = {
  message,
  finishReason: 'stop',
  choices: [{ index: 0, message, finish_reason: 'stop' }],
  usage: noTokens,
  settlement: 'exact',
  firstTokenMs: 1,
};

let calls = 0;
let next: () => Promise<BackendReply>;
const bare: Backend = {
  kind: 'openai',
  health: () => 'healthy',
  close: async () => undefined,
  chat: () => {
    calls += 1;
    return next();
  },
};
const fails = (kind: BackendErrorOptions['kind'], status?: number) => () =>
  Promise.reject(new BackendError('no', { kind, retryable: true, ...(status === undefined ? {} : { status }) }));
const options = { consecutiveFailures: 3, halfOpenAfterMs: 1_000 };
const call = (backend: Backend) => backend.chat(chat, { signal: new AbortController().signal }).then(() => 'ok', (error: BackendError) => error.kind);
const callTimes = async (backend: Backend, times: number) => {
  for (let made = 0; made < times; made += 1) await call(backend);
};

beforeEach(() => {
  vi.useFakeTimers();
  calls = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the circuit of a deployment', () => {
  test('opens after failures in a row, and then spares the server', async () => {
    const backend = withCircuitBreaker(bare, options);
    next = fails('failed', 500);

    await callTimes(backend, 3);

    expect(backend.health()).toBe('unhealthy');
    expect(await call(backend)).toBe('unavailable');
    expect(calls).toBe(3);
  });

  test('closes when the trial call succeeds; until then it is the only one', async () => {
    const backend = withCircuitBreaker(bare, options);
    next = fails('unavailable');
    await callTimes(backend, 3);
    vi.advanceTimersByTime(1_000);
    expect(backend.health()).toBe('probing');
    let finish: ((value: BackendReply) => void) | undefined;
    next = () => new Promise((resolve) => (finish = resolve));

    const trial = call(backend);
    const meanwhile = await call(backend);
    finish?.(reply);

    expect(meanwhile).toBe('unavailable');
    expect(await trial).toBe('ok');
    expect(backend.health()).toBe('healthy');
    expect(calls).toBe(4);
  });

  test('opens again when the trial call fails', async () => {
    const backend = withCircuitBreaker(bare, options);
    next = fails('timeout');
    await callTimes(backend, 3);
    vi.advanceTimersByTime(1_000);

    expect(await call(backend)).toBe('timeout');

    expect(backend.health()).toBe('unhealthy');
    expect(await call(backend)).toBe('unavailable');
    expect(calls).toBe(4);
  });

  test.each([
    ['a refused request', fails('rejected', 400)],
    ['a cancelled call', fails('cancelled')],
    ['a rate limit', fails('unavailable', 429)],
  ] as const)('stays closed after %s, however often', async (_name, failure) => {
    const backend = withCircuitBreaker(bare, options);
    next = failure;

    await callTimes(backend, 10);

    expect(backend.health()).toBe('healthy');
    expect(calls).toBe(10);
  });

  test('stays closed when successes come in between', async () => {
    const backend = withCircuitBreaker(bare, options);
    for (let round = 0; round < 5; round += 1) {
      next = fails('failed', 500);
      await callTimes(backend, 2);
      next = async () => reply;
      await call(backend);
    }

    expect(backend.health()).toBe('healthy');
  });
});
