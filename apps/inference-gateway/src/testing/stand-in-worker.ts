import { AdmissionTicket, inferenceChannels, inferenceQueues, resultQueues } from '@weighbridge/inference-contracts';
import type { AttemptRecord, InferenceMessage, LiveReply, WaitingCall } from '@weighbridge/inference-contracts';
import { createJobStore } from '@weighbridge/inference-data';
import { ChatRequest, completionBody, embeddingCount, isEmbeddingRequest, messageText } from '@weighbridge/inference-domain';
import type { BackendDelta, ChatChoice, ModelRequest } from '@weighbridge/inference-domain';
import { typedChannel } from '@weighbridge/shared-adapters/live';
import type { LiveChannel } from '@weighbridge/shared-adapters/live';
import { createBudgetHolds } from '@weighbridge/shared-adapters/budget-holds';
import type { BudgetHolds } from '@weighbridge/shared-adapters/budget-holds';
import { silentLogger } from '@weighbridge/shared-adapters/logging';
import { createProducer, defineWorker } from '@weighbridge/shared-adapters/queue';
import type { QueueHome, QueueWorker } from '@weighbridge/shared-adapters/queue';
import { formatUsd, parseUsd } from '@weighbridge/shared-domain';
import type { JobId } from '@weighbridge/shared-domain';
import type pg from 'pg';

export interface StandInWorker extends AsyncDisposable {
  /** Every job that reached it, in order. */
  readonly seen: readonly JobId[];
  readonly cancelled: ReadonlySet<JobId>;
}

export interface StandInBehaviour {
  /** What the answer to a message of a user is; by default `echo: <text>`. An error is told as the worker tells one. */
  readonly answer?: (text: string) => string | Extract<LiveReply, { type: 'failed' }>['error'];
  /** Holds an answer back. */
  readonly before?: (text: string, jobId: JobId) => Promise<void>;
  /** Changes what goes to the gateway. */
  readonly sends?: (replies: LiveReply[]) => readonly LiveReply[];
}

const tokens = { inputTokens: 7, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 3, reasoningTokens: 0 };

/** Stands where the worker stands, and speaks its side of the contracts: claims, holds, attempts, live replies. It calls no backend. */
export async function startStandInWorker({ home, live, pool }: { home: QueueHome; live: LiveChannel; pool: pg.Pool }, behaviour: StandInBehaviour = {}): Promise<StandInWorker> {
  const { answer = (text) => `echo: ${text}`, before = async () => {}, sends = (replies) => replies } = behaviour;
  const store = createJobStore(pool);
  const holds = createBudgetHolds(home);
  const results = createProducer(home, resultQueues);
  const seen: JobId[] = [];
  const cancelled = new Set<JobId>();
  const stopListening = await typedChannel(live, inferenceChannels.cancel).subscribe(({ jobId }) => void cancelled.add(jobId));
  const attemptOf = (ticket: AdmissionTicket, errorCode: string | null): AttemptRecord => ({
    attempt: 1,
    deploymentId: ticket.candidates[0]!.deploymentId,
    backend: 'stand-in',
    outcome: errorCode === null ? 'succeeded' : 'failed',
    settlement: 'exact',
    tokens,
    priceId: ticket.candidates[0]!.priceId,
    costUsd: errorCode === null ? '0.000037' : '0',
    errorCode,
    queuedMs: 1,
    firstTokenMs: 1,
    durationMs: 2,
    endedAt: new Date().toISOString(),
  });
  const textOf = (request: ModelRequest) => (isEmbeddingRequest(request) ? JSON.stringify(request.input) : messageText(request.messages.at(-1)?.content));
  const choiceOf = (content: string): ChatChoice => ({ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' });

  const waiting = async (gatewayId: string, { jobId, ticket, request, stream }: WaitingCall) => {
    seen.push(jobId);
    await before(textOf(request), jobId);
    if (!(await holds.start(jobId, 1))) return;
    const text = answer(textOf(request));
    const replies: LiveReply[] = [];
    if (typeof text !== 'string') replies.push({ type: 'failed', jobId, sequence: 0, attempts: [attemptOf(ticket, text.code)], error: text });
    else {
      const deltas: BackendDelta[] = stream ? [...text.split(/(?<= )/).map((content) => ({ index: 0, content })), { index: 0, finishReason: 'stop' }] : [];
      deltas.forEach((delta, sequence) => replies.push({ type: 'delta', jobId, sequence, delta }));
      replies.push({ type: 'done', jobId, sequence: deltas.length, attempts: [attemptOf(ticket, null)], reply: { ...(isEmbeddingRequest(request) ? { choices: [], embeddings: Array.from({ length: embeddingCount(request) }, (_, index) => [index, 0.5]) } : { choices: [choiceOf(text)] }), usage: tokens, finishReason: 'stop' } });
    }
    const channel = typedChannel(live, inferenceChannels.gateway, gatewayId);
    for (const reply of sends(replies)) await channel.publish(reply);
    await settle(holds, ticket, 1, typeof text === 'string');
  };
  const durable = async ({ jobId, dispatch }: Extract<InferenceMessage, { kind: 'durable' }>) => {
    const [job] = await store.claimJobs([{ id: jobId, dispatch }], 'stand-in', 30_000);
    if (job === undefined) return;
    seen.push(jobId);
    const ticket = AdmissionTicket.parse(job.ticket);
    const request = ChatRequest.parse(job.request);
    await before(textOf(request), jobId);
    if (!(await holds.start(jobId, 1))) return;
    const text = answer(textOf(request));
    const ok = typeof text === 'string';
    const output = ok ? completionBody({ id: `chatcmpl-${jobId}`, created: 1, model: job.modelReference, choices: [choiceOf(text)], usage: tokens }) : null;
    const attempt = attemptOf(ticket, ok ? null : text.code);
    const ended = await store.completeJobs([
      { id: jobId, owner: 'stand-in', epoch: job.epoch, status: ok ? 'succeeded' : 'failed', attempts: [attempt], output, tokens, costUsd: attempt.costUsd, error: ok ? null : text },
    ]);
    await settle(holds, ticket, 1, ok);
    for (const { projectId, status, batchId } of ended) {
      await typedChannel(live, inferenceChannels.jobChanged, projectId).publish({ jobId, status });
      if (batchId !== null) await results.add('results', { v: 1, batchIds: [batchId] });
    }
  };
  const worker: QueueWorker = defineWorker(
    home,
    inferenceQueues,
    {
      inference: async (message) => {
        if (message.kind === 'durable') await durable(message);
        else await Promise.all((message.kind === 'calls' ? message.calls : [message]).map((call) => waiting(message.gatewayId, call)));
      },
    },
    { suffixes: { inference: ['default'] }, concurrency: 64, logger: silentLogger(), closeTimeoutMs: 500 },
  );
  await worker.ready();
  return {
    seen,
    cancelled,
    [Symbol.asyncDispose]: async () => {
      await worker.close();
      await results.close();
      await stopListening();
    },
  };
}

/** What the ledger does with the worker's usage event. */
const settle = (holds: BudgetHolds, ticket: AdmissionTicket, attempt: number, charged: boolean) =>
  holds.settle(ticket.jobId, charged ? parseUsd('0.000037') : 0n, { final: true, key: `${ticket.jobId}.${attempt}.${formatUsd(0n)}`, accountIds: ticket.budgetAccounts });
