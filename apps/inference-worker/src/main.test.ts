import type { InferenceMessage } from '@weighbridge/inference-contracts';
import { newId } from '@weighbridge/shared-adapters/ids';
import { formatUsd, parseUsd, sumUsd } from '@weighbridge/shared-domain';
import type { JobId } from '@weighbridge/shared-domain';
import { waitFor } from '@weighbridge/shared-testing';
import type { StubBehaviour, StubRequest } from '@weighbridge/shared-testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startHarness } from './test-harness.ts';
import type { WorkerHarness, WorkerProcess } from './test-harness.ts';

const request = { model: 'stub', messages: [{ role: 'user' as const, content: 'What does it weigh?' }] };

describe.each(['redis', 'postgres'] as const)('a worker process with its queue in %s', (kind) => {
  let harness: WorkerHarness;
  let worker: WorkerProcess;

  beforeAll(async () => {
    harness = await startHarness(kind);
    worker = await harness.startWorker();
  }, 60_000);
  afterAll(() => harness[Symbol.asyncDispose](), 60_000);
  beforeEach(() => {
    for (const stub of harness.stubs) stub.always({ kind: 'answer' });
  });

  const usageOf = (jobId: JobId) => harness.usage.filter((event) => event.jobId === jobId);
  const ask = async (overrides: { stream?: boolean; deadlineAt?: string } = {}) => {
    const jobId = newId('job');
    const gatewayId = `gw_${jobId.slice(-8)}`;
    const replies = await harness.repliesTo(gatewayId);
    const ticket = harness.ticketFor(jobId, overrides.deadlineAt === undefined ? {} : { deadlineAt: overrides.deadlineAt });
    await harness.hold(ticket);
    const message: InferenceMessage = { v: 1, kind: 'waiting', jobId, gatewayId, stream: overrides.stream ?? false, ticket, request };
    await harness.queue.add('inference', message, { suffix: 'default', id: jobId, priority: 1 });
    const last = () => replies.findLast((reply) => reply.type !== 'delta');
    return { jobId, ticket, replies, answered: () => waitFor(last, { timeoutMs: 20_000 }) };
  };

  test('a waiting call is answered once, and its attempt is in the ledger at its exact cost', async () => {
    const { jobId, answered, replies } = await ask();

    const answer = await answered();

    expect(answer).toMatchObject({ type: 'done', jobId, sequence: 0, reply: { finishReason: 'stop' } });
    await waitFor(() => usageOf(jobId).length > 0);
    const [event] = usageOf(jobId);
    expect(event).toMatchObject({ outcome: 'succeeded', settlement: 'exact', final: true, tokens: { inputTokens: 12, outputTokens: 4 } });
    // 12 tokens at $1 and 4 at $2 per million.
    expect(event?.costUsd).toBe('0.00002');
    expect(replies).toHaveLength(1);
    await waitFor(async () => (await harness.queue.counts('inference', { suffix: 'default' })).active === 0);
    expect(await harness.queue.counts('inference', { suffix: 'default' })).toMatchObject({ waiting: 0, completed: 0, failed: 0 });
  });

  test('a stream arrives piece by piece, numbered without a gap', async () => {
    harness.stubs[0].always({ kind: 'answer', text: 'one two three', chunkGapMs: 5 });
    harness.stubs[1].always({ kind: 'answer', text: 'one two three', chunkGapMs: 5 });
    const { answered, replies } = await ask({ stream: true });

    await answered();

    expect(replies.map((reply) => reply.sequence)).toEqual(replies.map((_, index) => index));
    const text = replies.map((reply) => (reply.type === 'delta' ? (reply.delta.content ?? '') : '')).join('');
    expect(text).toBe('one two three');
    expect(replies.at(-1)?.type).toBe('done');
  });

  test('when a deployment fails the next one answers, and both attempts are recorded', async () => {
    harness.stubs[0].always({ kind: 'reset' });
    const { jobId, answered } = await ask();

    expect(await answered()).toMatchObject({ type: 'done' });
    await waitFor(() => usageOf(jobId).some((event) => event.final));

    expect(usageOf(jobId).map(({ attempt, outcome, deploymentId, final }) => ({ attempt, outcome, deploymentId, final }))).toEqual([
      { attempt: 1, outcome: 'failed', deploymentId: harness.deployments[0], final: false },
      { attempt: 2, outcome: 'succeeded', deploymentId: harness.deployments[1], final: true },
    ]);
  });

  test('a refusal of the model server is not repeated, and says why', async () => {
    for (const stub of harness.stubs) stub.always({ kind: 'fail', status: 400, message: 'the prompt is too long' });
    const { jobId, answered } = await ask();

    expect(await answered()).toMatchObject({ type: 'failed', error: { code: 'backend.rejected', message: expect.stringContaining('too long') } });
    await waitFor(() => usageOf(jobId).length === 1);
    expect(usageOf(jobId)[0]).toMatchObject({ outcome: 'failed', costUsd: '0', final: true });
  });

  test('a call that nobody waits for any more is not made, and its hold is freed', async () => {
    const before = harness.stubs[0].requests.length + harness.stubs[1].requests.length;
    const { jobId, answered } = await ask({ deadlineAt: new Date(Date.now() - 1).toISOString() });

    expect(await answered()).toMatchObject({ type: 'failed', error: { code: 'request.timeout' } });

    expect(harness.stubs[0].requests.length + harness.stubs[1].requests.length).toBe(before);
    expect(await harness.holds.inspect(jobId)).toBeNull();
    expect(usageOf(jobId)).toEqual([]);
  });

  test('a cancelled call is stopped at the model server', async () => {
    for (const stub of harness.stubs) stub.always({ kind: 'hang' });
    const seen = harness.stubs[0].requests.length;
    const { jobId, answered } = await ask();
    const upstream = await harness.stubs[0].arrival(seen + 1);

    await harness.live.publish('inference.cancel', { jobId });

    expect(await answered()).toMatchObject({ type: 'failed', error: { code: 'job.cancelled' } });
    await waitFor(() => upstream.outcome === 'left');
    await waitFor(() => usageOf(jobId).length === 1);
    // The request went out and nobody knows what it cost: recorded at what was held (P3).
    expect(usageOf(jobId)[0]).toMatchObject({ outcome: 'cancelled', settlement: 'unknown', costUsd: '0.001', final: true });
  });

  /** Calls that came together, each with a text of its own. What a model server does is said by the text. */
  const askTogether = async (...asked: readonly { readonly text: string; readonly stream?: boolean }[]) => {
    const gatewayId = `gw_${newId('job').slice(-8)}`;
    const replies = await harness.repliesTo(gatewayId);
    const calls = asked.map(({ text, stream = false }) => {
      const ticket = harness.ticketFor(newId('job'));
      return { jobId: ticket.jobId, stream, ticket, request: { model: 'stub', messages: [{ role: 'user' as const, content: text }] } };
    });
    for (const { ticket } of calls) await harness.hold(ticket);
    await harness.queue.add('inference', { v: 2, kind: 'calls', gatewayId, calls }, { suffix: 'default', priority: 1 });
    return calls.map(({ jobId, ticket }) => ({ jobId, ticket, ends: () => replies.filter((reply) => reply.jobId === jobId && reply.type !== 'delta'), begun: () => replies.some((reply) => reply.jobId === jobId) }));
  };
  const behaveByText = (behaviours: Readonly<Record<string, StubBehaviour>>) => {
    const textOf = ({ body }: StubRequest) => (body as unknown as typeof request).messages[0]?.content ?? '';
    for (const stub of harness.stubs) stub.always((asked) => behaviours[textOf(asked)] ?? { kind: 'answer' });
  };

  test('of calls that travel together each is answered when it is ready: one that fails and one that is slow hold up no other', async () => {
    behaveByText({ slow: { kind: 'hang' }, refused: { kind: 'fail', status: 400, message: 'the prompt is too long' } });

    const [slow, refused, quick, stream] = await askTogether({ text: 'slow' }, { text: 'refused' }, { text: 'quick' }, { text: 'stream', stream: true });
    await waitFor(() => [refused, quick, stream].every((call) => call!.ends().length === 1));

    expect(refused!.ends()).toMatchObject([{ type: 'failed', error: { code: 'backend.rejected' } }]);
    expect([quick, stream].map((call) => call!.ends()[0]?.type)).toEqual(['done', 'done']);
    expect(slow!.ends()).toEqual([]);
    await harness.live.publish('inference.cancel', { jobId: slow!.jobId });
    await waitFor(() => slow!.ends().length === 1);
    expect(slow!.ends()).toMatchObject([{ type: 'failed', error: { code: 'job.cancelled' } }]);
    for (const call of [slow, refused, quick, stream]) await waitFor(() => usageOf(call!.jobId).filter((event) => event.final).length === 1);
    await waitFor(async () => (await harness.queue.counts('inference', { suffix: 'default' })).active === 0);
  });

  test('a call of a group that was given up before its turn is not made', async () => {
    const served = () => harness.stubs[0].served.requests + harness.stubs[1].served.requests;
    const before = served();
    const gatewayId = `gw_${newId('job').slice(-8)}`;
    const replies = await harness.repliesTo(gatewayId);
    const tickets = [harness.ticketFor(newId('job')), harness.ticketFor(newId('job'))] as const;
    for (const ticket of tickets) await harness.hold(ticket);

    await harness.holds.release(tickets[0].jobId);
    await harness.queue.add('inference', { v: 2, kind: 'calls', gatewayId, calls: tickets.map((ticket) => ({ jobId: ticket.jobId, stream: false, ticket, request })) }, { suffix: 'default', priority: 1 });

    await waitFor(() => replies.length === 2);
    expect(replies.find((reply) => reply.jobId === tickets[1].jobId)).toMatchObject({ type: 'done' });
    expect(served()).toBe(before + 1);
    expect(usageOf(tickets[0].jobId)).toEqual([]);
  });

  test('P3: killed with a group in flight, each call ends once: plain ones by another worker, a stream with an error, an answered one not again', async () => {
    behaveByText({ one: { kind: 'hang' }, two: { kind: 'hang' }, streamed: { kind: 'hang', afterChunks: 1 } });
    const seen = harness.stubs[0].requests.length;
    const [one, two, streamed, answered] = await askTogether({ text: 'one' }, { text: 'two' }, { text: 'streamed', stream: true }, { text: 'answered' });
    await harness.stubs[0].arrival(seen + 4);
    await waitFor(() => streamed!.begun() && answered!.ends().length === 1);
    // As the ledger does.
    await waitFor(() => usageOf(answered!.jobId).length === 1);
    await harness.holds.settle(answered!.jobId, 20_000_000n, { final: true, key: `${answered!.jobId}.1` });

    await worker.kill();
    behaveByText({});
    worker = await harness.startWorker();
    for (const call of [one, two, streamed]) await waitFor(() => call!.ends().length === 1 && usageOf(call!.jobId).some((event) => event.final), { timeoutMs: 20_000 });

    expect([one, two].map((call) => call!.ends()[0]?.type)).toEqual(['done', 'done']);
    expect(streamed!.ends()).toMatchObject([{ type: 'failed', error: { code: 'backend.failed' } }]);
    expect([one, two, streamed, answered].map((call) => usageOf(call!.jobId).map((event) => event.outcome).toSorted())).toEqual([['succeeded', 'unknown'], ['succeeded', 'unknown'], ['unknown'], ['succeeded']]);
    for (const call of [one, two, streamed, answered]) expect(usageOf(call!.jobId).filter((event) => event.final)).toHaveLength(1);
  }, 60_000);

  const storeJob = async () => {
    const jobId = newId('job');
    const ticket = harness.ticketFor(jobId, { lane: 'background' });
    await harness.hold(ticket);
    await harness.store.insertJobs([
      {
        id: jobId,
        projectId: ticket.projectId,
        keyId: ticket.keyId,
        useCaseId: ticket.useCaseId,
        lane: 'background',
        groupId: null,
        clientKey: null,
        position: null,
        modelReference: 'stub',
        request,
        ticket,
        pool: 'default',
        error: null,
        tags: {},
        expiresAt: new Date(Date.now() + 60_000),
      },
    ]);
    const stored = await harness.store.findJob(jobId, null);
    const dispatch = stored?.dispatch ?? 0;
    await harness.queue.add('inference', { v: 1, kind: 'durable', jobId, dispatch }, { suffix: 'default', id: `${jobId}.${dispatch}`, priority: 600_000 });
    return { jobId, dispatch, ticket, find: () => harness.store.findJob(jobId, null) };
  };

  test('a durable job ends once, with its answer and cost in PostgreSQL', async () => {
    const { jobId, find } = await storeJob();

    await waitFor(async () => (await find())?.status === 'succeeded', { timeoutMs: 20_000 });

    expect(await find()).toMatchObject({ costUsd: '0.00002', output: { object: 'chat.completion', model: 'stub', usage: { prompt_tokens: 12, completion_tokens: 4 } } });
    await waitFor(() => usageOf(jobId).length === 1);
  });

  test('a message that comes twice does not run the job twice', async () => {
    const { jobId, dispatch, find } = await storeJob();
    await waitFor(async () => (await find())?.status === 'succeeded', { timeoutMs: 20_000 });
    const served = harness.stubs[0].served.requests;

    await harness.queue.add('inference', { v: 1, kind: 'durable', jobId, dispatch }, { suffix: 'default', id: `${jobId}.again` });
    await waitFor(async () => (await harness.queue.counts('inference', { suffix: 'default' })).waiting + (await harness.queue.counts('inference', { suffix: 'default' })).active === 0);

    expect(harness.stubs[0].served.requests).toBe(served);
    expect(usageOf(jobId)).toHaveLength(1);
  });

  test('P1, P2, P3: killed with SIGKILL in flight, the job is finished by another worker, ends once, and the lost call is in the ledger at its estimate', async () => {
    for (const stub of harness.stubs) stub.always({ kind: 'hang' });
    const seen = harness.stubs[0].requests.length;
    const { jobId, find, ticket } = await storeJob();
    await harness.stubs[0].arrival(seen + 1);

    await worker.kill();
    for (const stub of harness.stubs) stub.always({ kind: 'answer' });
    worker = await harness.startWorker();
    await waitFor(async () => (await find())?.status === 'succeeded', { timeoutMs: 30_000 });
    await waitFor(() => usageOf(jobId).some((event) => event.final));

    const job = await find();
    expect(job).toMatchObject({ status: 'succeeded', epoch: 2 });
    const events = usageOf(jobId);
    expect(events.filter((event) => event.outcome === 'unknown')).toMatchObject([{ attempt: 1, costUsd: ticket.holdUsd, settlement: 'unknown', final: false }]);
    expect(events.filter((event) => event.outcome === 'succeeded')).toMatchObject([{ costUsd: '0.00002', final: true }]);
    expect(formatUsd(sumUsd(events.map((event) => parseUsd(event.costUsd))))).toBe('0.00102');
  }, 60_000);

  test('P1: killed after its last attempt was recorded and before the answer was stored, the job is worked on again with a new hold', async () => {
    for (const stub of harness.stubs) stub.always({ kind: 'hang' });
    const seen = harness.stubs[0].requests.length;
    const { jobId, find } = await storeJob();
    await harness.stubs[0].arrival(seen + 1);

    await worker.kill();
    await harness.holds.settle(jobId, 20_000_000n, { final: true, key: `${jobId}.1` });
    for (const stub of harness.stubs) stub.always({ kind: 'answer' });
    worker = await harness.startWorker();
    await waitFor(async () => (await find())?.finishedAt != null, { timeoutMs: 30_000 });

    expect(await find()).toMatchObject({ status: 'succeeded', epoch: 2 });
    await waitFor(() => usageOf(jobId).some((event) => event.final));
    expect(await harness.holds.inspect(jobId)).toMatchObject({ startedAttempts: [101] });
  }, 60_000);

  test('a waiting call survives its worker too, as long as nothing of the answer was sent', async () => {
    for (const stub of harness.stubs) stub.always({ kind: 'hang' });
    const seen = harness.stubs[0].requests.length;
    const { jobId, answered } = await ask();
    await harness.stubs[0].arrival(seen + 1);

    await worker.kill();
    for (const stub of harness.stubs) stub.always({ kind: 'answer' });
    worker = await harness.startWorker();

    expect(await answered()).toMatchObject({ type: 'done' });
    await waitFor(() => usageOf(jobId).some((event) => event.final));
    expect(usageOf(jobId).map((event) => event.outcome).toSorted()).toEqual(['succeeded', 'unknown']);
  }, 60_000);

  test('a stream that loses its worker ends with an error, not with a second answer, and its hold is settled at once', async () => {
    for (const stub of harness.stubs) stub.always({ kind: 'hang', afterChunks: 1 });
    const { jobId, answered, replies, ticket } = await ask({ stream: true });
    await waitFor(() => replies.length > 0);

    await worker.kill();
    for (const stub of harness.stubs) stub.always({ kind: 'answer' });
    worker = await harness.startWorker();

    expect(await answered()).toMatchObject({ type: 'failed', error: { code: 'backend.failed' } });
    await waitFor(() => usageOf(jobId).length === 1);
    expect(usageOf(jobId)).toMatchObject([{ attempt: 1, outcome: 'unknown', costUsd: ticket.holdUsd, final: true }]);
  }, 60_000);

  test('a worker that is told to stop finishes what it has, and exits with 0', async () => {
    for (const stub of harness.stubs) stub.always({ kind: 'answer', latencyMs: 400 });
    const seen = harness.stubs[0].requests.length;
    const { find } = await storeJob();
    await harness.stubs[0].arrival(seen + 1);

    const exitCode = await worker.stop();

    expect(exitCode).toBe(0);
    expect(await find()).toMatchObject({ status: 'succeeded' });
    worker = await harness.startWorker();
  }, 60_000);

  test('a worker starts while the registry is down, with what a gateway has seen last', async () => {
    await worker.stop();
    await harness.keepSnapshot();

    worker = await harness.startWorker({ registryUrl: 'http://127.0.0.1:9' });

    const { answered } = await ask();
    expect(await answered()).toMatchObject({ type: 'done' });
  }, 60_000);
});
