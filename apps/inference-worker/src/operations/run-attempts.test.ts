import type { UsageEvent } from '@weighbridge/cost-domain';
import type { AdmissionTicket } from '@weighbridge/inference-contracts';
import { BackendError } from '@weighbridge/inference-domain';
import type { Backend, BackendReply } from '@weighbridge/inference-domain';
import type { DeploymentFacts } from '@weighbridge/registry-contracts';
import { newId } from '@weighbridge/shared-adapters/ids';
import { noTokens } from '@weighbridge/shared-domain';
import { Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { createDeploymentSlots } from '../deployment-slots.ts';
import { createWorkerMetrics } from '../worker-metrics.ts';
import { runAttempts } from './run-attempts.ts';
import type { Work } from './run-attempts.ts';

const reply: BackendReply = {
  message: { role: 'assistant', content: 'four', refusal: null },
  finishReason: 'stop',
  choices: [{ index: 0, message: { role: 'assistant', content: 'four', refusal: null }, logprobs: null, finish_reason: 'stop' }],
  usage: { ...noTokens, inputTokens: 10, outputTokens: 1 },
  settlement: 'exact',
  firstTokenMs: 1,
};
const overloaded = () => new BackendError('busy', { kind: 'unavailable', status: 503, retryable: true });

type Chat = Backend['chat'];

/** The ledger, the hold store and the model server are the far ends here; a call that the server never answers ends when it is aborted. */
function bench({ chats = [], statuses = ['active'], deadlineInMs = 60_000 }: { chats?: Chat[]; statuses?: DeploymentFacts['status'][]; deadlineInMs?: number } = {}) {
  const events: UsageEvent[] = [];
  const acts: string[] = [];
  const lines: object[] = [];
  const mismatches: [string, string][] = [];
  const candidates = statuses.map(() => ({ deploymentId: newId('deployment'), priceId: newId('price'), price: { inputUsdPerMillion: '1', outputUsdPerMillion: '2' } }));
  const deployments = candidates.map(({ deploymentId: id }, index) => ({ id, concurrency: 4, status: statuses[index], backend: { kind: 'openai' } }) as DeploymentFacts);
  const ticket: AdmissionTicket = {
    jobId: newId('job'),
    projectId: newId('project'),
    keyId: null,
    useCaseId: newId('useCase'),
    lane: 'background',
    model: 'stub',
    version: '1',
    pool: 'default',
    candidates,
    passedOver: [],
    decision: { outcome: 'allow', inputsDigest: 'digest', approvalId: null },
    holdUsd: '0.001',
    budgetAccounts: [],
    inputTokensBound: 100,
    maxOutputTokens: 100,
    admittedAt: new Date().toISOString(),
    deadlineAt: new Date(Date.now() + deadlineInMs).toISOString(),
    batchId: null,
    runId: null,
    tags: {},
  };
  const chat: Chat = (call, options) => (chats.shift() ?? (async () => reply))(call, options);
  const [cancelled, letGo, lost] = [new AbortController(), new AbortController(), new AbortController()];
  const run = (more: Partial<Work> = {}) =>
    runAttempts(
      {
        findDeployment: (id) => deployments.find((deployment) => deployment.id === id),
        backendFor: () => ({ kind: 'openai', chat, health: () => 'healthy', close: async () => {} }),
        holds: {
          start: async (_, attempt) => acts.push(`start ${attempt}`) > 0,
          extend: async () => ({ ok: true }),
          release: async () => (acts.push('release'), 'released'),
        },
        meter: { record: async (event) => void events.push(event), close: async () => {} },
        slots: createDeploymentSlots(),
        metrics: createWorkerMetrics(new Registry(), () => 0),
        onFileMismatch: ({ id }, found) => void mismatches.push([id, found.foundSha256]),
        logger: { warn: (line) => void lines.push(line) },
        now: () => new Date(),
        random: () => 0,
      },
      { ticket, request: { model: 'stub', messages: [{ role: 'user', content: '2 + 2?' }] }, firstAttempt: 1, refillHold: false, cancelled: cancelled.signal, letGo: letGo.signal, lost: lost.signal, ...more },
    );
  return { run, ticket, mismatches, events, acts, lines, cancelled, lost, finals: () => events.map(({ final }) => final) };
}

const untilAborted =
  (begun: () => void): Chat =>
  (_, { signal }) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new BackendError('aborted', { kind: 'cancelled', retryable: false, settlement: 'unknown' })), { once: true });
      begun();
    });

describe('a job', () => {
  test('may have a deadline further away than a timer can wait', async () => {
    const { run } = bench({ deadlineInMs: 30 * 24 * 3_600_000 });

    expect(await run()).toMatchObject({ status: 'succeeded' });
  });

  test('whose answer misses the format is asked once more; both are paid, and the second failure is told', async () => {
    const misses: Chat = async () => {
      throw new BackendError('it does not fit', { kind: 'failed', retryable: true, code: 'output_schema_mismatch', publicDetail: 'It does not fit: /grams must be integer.', usage: reply.usage, settlement: 'exact' });
    };
    const { run, events, acts, finals } = bench({ chats: [misses, misses], statuses: ['active', 'active'] });

    expect(await run()).toMatchObject({ status: 'failed', error: { code: 'output.schema_mismatch', message: 'It does not fit: /grams must be integer.' } });
    expect(acts).toEqual(['start 1', 'start 2']);
    expect(events.map(({ errorCode, settlement, tokens, outcome }) => ({ errorCode, settlement, tokens, outcome }))).toEqual(
      [1, 2].map(() => ({ errorCode: 'output.schema_mismatch', settlement: 'exact', tokens: reply.usage, outcome: 'failed' })),
    );
    expect(finals()).toEqual([false, true]);
  });

  test('that another worker may have keeps its hold, although its call is recorded', async () => {
    const { run, acts, lost, finals } = bench({ chats: [untilAborted(() => lost.abort())] });

    expect(await run()).toMatchObject({ status: 'cancelled' });
    expect([acts, finals()]).toEqual([['start 1'], [false]]);
  });

  test('that is cancelled ends its hold, although a cancelled job loses its lease as well', async () => {
    const { run, cancelled, lost, finals } = bench({ chats: [untilAborted(() => (lost.abort(), cancelled.abort()))] });

    expect(await run()).toMatchObject({ status: 'cancelled' });
    expect(finals()).toEqual([true]);
  });

  test('that another worker has before anything was called keeps its hold too', async () => {
    const { run, acts, lost } = bench();
    lost.abort();

    await run();

    expect(acts).toEqual([]);
  });
});

describe('the hold ends with the last record', () => {
  test('of a job that is cancelled while it waits for its next try', async () => {
    const { run, events, cancelled } = bench({
      chats: [
        async () => {
          setImmediate(() => cancelled.abort());
          throw overloaded();
        },
      ],
    });

    expect(await run()).toMatchObject({ status: 'cancelled' });
    expect(events).toMatchObject([
      { attempt: 1, final: false, errorCode: 'backend.unavailable' },
      { attempt: 2, final: true, errorCode: 'job.cancelled', costUsd: '0', settlement: 'exact' },
    ]);
  });

  test('of a job whose next deployment takes no calls', async () => {
    const { run, events } = bench({
      statuses: ['active', 'paused'],
      chats: [
        async () => {
          throw new BackendError('no connection', { kind: 'unavailable', retryable: true });
        },
      ],
    });

    expect(await run()).toMatchObject({ status: 'failed', error: { code: 'backend.unavailable' } });
    expect(events).toMatchObject([
      { attempt: 1, final: false },
      { attempt: 2, final: true, costUsd: '0' },
    ]);
  });

  test('of a job that was taken over and can be called nowhere', async () => {
    const { run, events, acts } = bench({ statuses: ['paused'] });

    expect(await run({ firstAttempt: 101, refillHold: true })).toMatchObject({ status: 'failed', error: { code: 'model.no_deployment' } });
    expect(events).toMatchObject([{ attempt: 101, final: true, costUsd: '0' }]);
    expect(acts).toEqual([]);
  });

  test('of nothing at all: what was never called is freed', async () => {
    const { run, events, acts } = bench({ statuses: ['paused'] });

    await run();

    expect([acts, events]).toEqual([['release'], []]);
  });
});

describe('the log of a failed attempt', () => {
  test.each([
    { what: 'a server that answered', error: new BackendError('the server answered 401: wrong key for "my secret prompt"', { kind: 'failed', status: 401, retryable: true, code: 'invalid_api_key' }), told: { kind: 'failed', status: 401, code: 'invalid_api_key' } },
    { what: 'a model whose answer does not fit', error: new BackendError('the answer does not fit the schema: /secret is missing', { kind: 'failed', retryable: true, code: 'output_schema_mismatch' }), told: { kind: 'failed', code: 'output_schema_mismatch' } },
    { what: 'nobody who answered', error: new Error('connect ECONNREFUSED'), told: { kind: 'unavailable', reason: 'connect ECONNREFUSED' } },
  ])('names what an operator needs, and no words of $what that could be a prompt', async ({ error, told }) => {
    const { run, lines } = bench({
      chats: [
        async () => {
          throw error;
        },
      ],
    });

    await run();

    expect(lines).toMatchObject([{ event: 'attempt_failed', attempt: 1, ...told }]);
    expect(JSON.stringify(lines)).not.toContain('secret');
  });
});

describe('a model file that is not the registered one', () => {
  const fileMismatch = { artifact: 'm.gguf', registeredSha256: 'a'.repeat(64), foundSha256: 'b'.repeat(64) };
  const mismatched: Chat = async () => {
    throw new BackendError('not the registered file', { kind: 'failed', retryable: true, publicDetail: 'm.gguf is not the registered file', fileMismatch });
  };

  test('is told once, is not tried again, and the next deployment answers', async () => {
    const { run, ticket, mismatches, events } = bench({ statuses: ['active', 'active'], chats: [mismatched] });

    expect(await run()).toMatchObject({ status: 'succeeded' });
    expect(mismatches).toEqual([[ticket.candidates[0]?.deploymentId, fileMismatch.foundSha256]]);
    expect(events).toMatchObject([{ attempt: 1, errorCode: 'artifact.mismatch', costUsd: '0' }, { attempt: 2, errorCode: null }]);
  });

  test('fails the job with its own error where there is no other deployment', async () => {
    expect(await bench({ chats: [mismatched] }).run()).toMatchObject({ status: 'failed', error: { code: 'artifact.mismatch', message: 'm.gguf is not the registered file' } });
  });

  test('of a deployment that is blocked by now is the reason that the job is told', async () => {
    const { run, events } = bench({ statuses: ['blocked', 'paused'] });

    expect(await run()).toMatchObject({ status: 'failed', error: { code: 'artifact.mismatch' } });
    expect(events).toEqual([]);
  });
});
