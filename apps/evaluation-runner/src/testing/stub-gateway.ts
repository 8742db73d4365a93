import { createAuthenticator } from '@weighbridge/shared-adapters/auth';
import { createHttpApp } from '@weighbridge/shared-adapters/http';
import { newId } from '@weighbridge/shared-adapters/ids';
import { silentLogger } from '@weighbridge/shared-adapters/logging';
import { listen } from '@weighbridge/shared-adapters/service';
import type { EvaluationJobs, FinishedJob } from '@weighbridge/inference-contracts';
import { noTokens } from '@weighbridge/shared-domain';
import type { AppError, ErrorCode, RunId } from '@weighbridge/shared-domain';
import { gatewayEndpoints } from '../gateway-client.ts';

interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
}

/** What becomes of a sample: an answer, a failed job, or a refusal before there is a job. */
export type StubReply = { readonly text: string } | { readonly failure: Refusal } | { readonly refusal: Refusal };

export interface StubJob {
  readonly key: string;
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
}

export interface StubGateway extends AsyncDisposable {
  readonly url: string;
  /** Sets how samples are answered from now on; `true` to everything at first. */
  answer(reply: (job: StubJob) => StubReply): void;
  /** Jobs finish only by `finish` from now on; before, they finish as they come. */
  hold(): void;
  /** Finishes up to this many open jobs of a run, or all. Answers how many. */
  finish(runId: RunId, most?: number): number;
  /** What the next call of `createEvaluationJobs` is refused with as a whole. */
  refuseCalls(error: AppError | null): void;
  /** Forgets the run, as a gateway that lost its data. */
  forget(runId: RunId): void;
  openJobs(runId: RunId): number;
  /** Keys in the order in which they first came. */
  keys(runId: RunId): string[];
  /** Pages received, repeated ones too, with their number of jobs. */
  readonly pages: EvaluationJobs[];
  readonly cancelled: ReadonlySet<string>;
  close(): Promise<void>;
}

interface StubRun {
  readonly open: Map<string, StubJob>;
  readonly known: Set<string>;
  readonly finished: FinishedJob[];
  readonly waiting: Set<() => void>;
}

const tokens = { ...noTokens, inputTokens: 20, outputTokens: 5 };

/** The far end of the protocol: the gateway's service endpoints over HTTP, with the contract's own parsing, and no model behind them. */
export async function startStubGateway(serviceToken: string): Promise<StubGateway> {
  const runs = new Map<string, StubRun>();
  const pages: EvaluationJobs[] = [];
  const cancelled = new Set<string>();
  let reply: (job: StubJob) => StubReply = () => ({ text: 'true' });
  let held = false;
  let refusal: AppError | null = null;

  const runOf = (id: string): StubRun => {
    const known = runs.get(id) ?? { open: new Map(), known: new Set(), finished: [], waiting: new Set() };
    runs.set(id, known);
    return known;
  };
  const finish = (id: string, most = Infinity): number => {
    const run = runOf(id);
    let count = 0;
    for (const [key, job] of run.open) {
      if (count >= most) break;
      run.open.delete(key);
      run.finished.push(finishedJob(run.finished.length + 1, key, reply(job)));
      count += 1;
    }
    if (count > 0) for (const wake of run.waiting) wake();
    return count;
  };

  const app = createHttpApp({
    service: 'stub-gateway',
    version: '0',
    description: 'The evaluation endpoints of the gateway',
    publicPath: '',
    endpoints: gatewayEndpoints,
    authenticate: createAuthenticator({ serviceToken, findKey: () => undefined }),
    logger: silentLogger(),
    readiness: {},
    stopping: () => false,
    handlers: {
      createEvaluationJobs: ({ body }) => {
        pages.push(body);
        if (refusal !== null) throw refusal;
        const run = runOf(body.runId);
        const refused = [];
        for (const { key, model, input } of body.jobs) {
          if (run.known.has(key)) continue;
          const job = { key, model, messages: input.messages as StubJob['messages'] };
          const answered = reply(job);
          if ('refusal' in answered) refused.push({ key, ...answered.refusal });
          else {
            run.known.add(key);
            run.open.set(key, job);
          }
        }
        if (!held) finish(body.runId);
        return { accepted: body.jobs.length - refused.length, refused };
      },
      listFinishedEvaluationJobs: async ({ query: { runId, after, limit, waitMs }, signal }) => {
        const run = runOf(runId);
        if (run.finished.length <= after && waitMs > 0) {
          await new Promise<void>((resolve) => {
            const timer = setTimeout(() => wake(), waitMs);
            const wake = () => {
              clearTimeout(timer);
              run.waiting.delete(wake);
              resolve();
            };
            run.waiting.add(wake);
            signal.addEventListener('abort', wake);
          });
        }
        return { data: run.finished.slice(after, after + limit), finished: run.finished.length, total: run.known.size };
      },
      cancelEvaluationJobs: ({ params: { runId } }) => {
        const run = runOf(runId);
        const count = run.open.size;
        for (const key of run.open.keys()) run.finished.push(finishedJob(run.finished.length + 1, key, { failure: { code: 'job.cancelled', message: 'Cancelled.' } }));
        run.open.clear();
        cancelled.add(runId);
        return { cancelled: count };
      },
    },
  });
  const listening = await listen(app, { port: 0 });
  const close = () => listening.close(0);
  return {
    url: listening.url,
    answer: (next) => void (reply = next),
    hold: () => void (held = true),
    finish,
    refuseCalls: (error) => void (refusal = error),
    forget: (id) => void runs.delete(id),
    openJobs: (id) => runOf(id).open.size,
    keys: (id) => [...runOf(id).known],
    pages,
    cancelled,
    close,
    [Symbol.asyncDispose]: close,
  };
}

const finishedJob = (sequence: number, key: string, reply: StubReply): FinishedJob => ({
  sequence,
  jobId: newId('job'),
  key,
  status: 'text' in reply ? 'succeeded' : 'failed',
  text: 'text' in reply ? reply.text : null,
  finishReason: 'text' in reply ? 'stop' : null,
  tokens: 'text' in reply ? tokens : null,
  costUsd: 'text' in reply ? '0.000012000001' : '0',
  durationMs: 12,
  error: 'failure' in reply ? reply.failure : null,
});
