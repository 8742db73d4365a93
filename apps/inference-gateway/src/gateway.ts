import { randomUUID } from 'node:crypto';
import type { Express } from 'express';
import type pg from 'pg';
import type { Registry } from 'prom-client';
import { inferenceChannels, resultQueues } from '@weighbridge/inference-contracts';
import { createBatchStore, createFileStore, createIdempotencyStore, createJobStore, createWebhookDeliveryStore, createWebhookStore } from '@weighbridge/inference-data';
import type { NewStoredJob } from '@weighbridge/inference-data';
import { createAuthenticator } from '@weighbridge/shared-adapters/auth';
import { createBudgetHolds } from '@weighbridge/shared-adapters/budget-holds';
import { createDistinctCounts } from '@weighbridge/shared-adapters/distinct-counts';
import { typedChannel } from '@weighbridge/shared-adapters/live';
import type { LiveChannel } from '@weighbridge/shared-adapters/live';
import type { Logger } from '@weighbridge/shared-adapters/logging';
import { createMicroBatch } from '@weighbridge/shared-adapters/micro-batch';
import { createProducer } from '@weighbridge/shared-adapters/queue';
import type { QueueHome } from '@weighbridge/shared-adapters/queue';
import { createRateLimiter } from '@weighbridge/shared-adapters/rate-limit';
import { periodKey } from '@weighbridge/shared-domain';
import type { BatchId, JobId, ProjectId } from '@weighbridge/shared-domain';
import { pingDatabase } from '@weighbridge/shared-data';
import { createApp } from './app.ts';
import { advanceBatch } from './batches/advance-batch.ts';
import { createBatchAdvancer } from './batches/batch-advancer.ts';
import { createEndUserMeter } from './end-users/end-user-meter.ts';
import { createFamiliesOf } from './end-users/license-families.ts';
import type { CostIndex } from './facts/cost-index.ts';
import { createKeyFinder } from './facts/find-key.ts';
import type { KeptFacts } from './facts/keep-facts.ts';
import { createJudge } from './facts/license-judge.ts';
import type { RegistryIndex } from './facts/registry-index.ts';
import { createGatewayMetrics } from './gateway-metrics.ts';
import { createAdmit } from './operations/admit.ts';
import type { Admit } from './operations/admit.ts';
import { createAcceptCallback } from './operations/accept-callback.ts';
import type { WebhookSecrets } from './operations/webhook-secrets.ts';
import type { ReportEndUsersDeps } from './operations/report-end-users.ts';
import { createOutstandingWork } from './outstanding-work.ts';
import { createInferenceQueue } from './waiting/inference-queue.ts';
import { createWaitingCalls } from './waiting/waiting-calls.ts';
import { createLostCallsWatch } from './waiting/watch-lost-calls.ts';
import { createWorker, scheduleHousekeeping } from './worker.ts';

export interface GatewayDeps {
  readonly pool: pg.Pool;
  readonly home: QueueHome;
  readonly live: LiveChannel;
  readonly registry: KeptFacts<RegistryIndex>;
  readonly costs: KeptFacts<CostIndex>;
  /** Of an end user, for counting: what he is called stays in the process. */
  readonly pseudonymOf: (endUser: string) => string;
  readonly sendEndUserReport: ReportEndUsersDeps['sendEndUserReport'];
  /** Of the services of this installation. */
  readonly serviceToken: string;
  readonly webhookSecrets: WebhookSecrets;
  readonly requestTimeoutMs: number;
  readonly drainTimeoutMs: number;
  readonly logger: Logger;
  readonly metrics: Registry;
  readonly stopping: () => boolean;
  readonly now?: () => Date;
  /** Lines of one batch that may be admitted and not finished. Default 256. */
  readonly batchWindow?: number;
  /** Default 60 s. */
  readonly redispatchAfterMs?: number;
  /** A waiting call that is silent for this long is looked after. Default 10 s. */
  readonly silentMs?: number;
  /** Wraps the one admission, for whoever has to watch it. */
  readonly watchAdmission?: (admit: Admit) => Admit;
}

export interface Gateway {
  readonly app: Express;
  readonly gatewayId: string;
  /** Ends what would else go on for ever: streams of events, and waiting for finished jobs. */
  readonly beginClose: () => void;
  /** Ends the background work; calls that are waited for must have ended before. */
  readonly close: () => Promise<void>;
}

const lookMs = 5_000;
const countMs = 2_000;
const flushEndUsersMs = 1_000;
const showEndUsersMs = 30_000;
/** Thirteen months; each is also forgotten by its name. */
const keepEndUsersDays = 400;

/** Everything of a gateway but its socket. Resolves once its answers can reach it. */
export async function openGateway(deps: GatewayDeps): Promise<Gateway> {
  const { pool, home, live, logger, metrics, now = () => new Date(), batchWindow = 256, redispatchAfterMs = 60_000, silentMs = 10_000 } = deps;
  const gatewayId = `gw_${randomUUID().replaceAll('-', '')}`;
  const store = createJobStore(pool);
  const batches = createBatchStore(pool);
  const files = createFileStore(pool);
  const idempotency = createIdempotencyStore(pool);
  const webhooks = createWebhookStore(pool);
  const deliveries = createWebhookDeliveryStore(pool);
  const holds = createBudgetHolds(home);
  const judge = createJudge();
  const outstanding = createOutstandingWork();
  const calls = createWaitingCalls();
  const gatewayMetrics = createGatewayMetrics(metrics, calls.count);
  const queue = createInferenceQueue(home, gatewayId, outstanding);
  const results = createProducer(home, resultQueues);

  const cancelChannel = typedChannel(live, inferenceChannels.cancel);
  const publishCancel = (jobId: JobId) => cancelChannel.publish({ jobId });
  const publishChange = (projectId: ProjectId, jobId: JobId, status: string) => typedChannel(live, inferenceChannels.jobChanged, projectId).publish({ jobId, status });
  const subscribeChanges = (projectId: ProjectId, onChange: (jobId: JobId, status: string) => void) =>
    typedChannel(live, inferenceChannels.jobChanged, projectId).subscribe(({ jobId, status }) => onChange(jobId, status));
  const wakeBatches = async (batchIds: readonly BatchId[]) => void (await results.add('results', { v: 1, batchIds: [...batchIds] }));

  const endUserCounts = createDistinctCounts(home, { name: 'end-users', keepDays: keepEndUsersDays });
  const endUsers = createEndUserMeter({ counts: endUserCounts, familiesOf: createFamiliesOf(), pseudonymOf: deps.pseudonymOf, now, logger });

  const theAdmission = createAdmit({
    registry: deps.registry.current,
    costs: deps.costs.current,
    judge,
    rateLimiter: createRateLimiter(home),
    holds,
    recordEndUser: endUsers.record,
    gatewayId,
    now,
    random: Math.random,
    observe: gatewayMetrics.admission,
  });
  const admit = deps.watchAdmission?.(theAdmission) ?? theAdmission;
  const inserts = createMicroBatch({
    flush: async (jobs: readonly NewStoredJob[]) => {
      const inserted = await store.insertJobs(jobs);
      return jobs.map(({ id }) => inserted.has(id));
    },
  });

  const ends = { holds, queue, publishCancel, publishChange, wakeBatches, logger };
  let advances = 0;
  const advancer = createBatchAdvancer((id) => advanceBatch({ ...ends, admit, store, batches, files, now, batchWindow }, id, `${gatewayId}.${(advances += 1)}`));
  const worker = createWorker({ ...ends, endUserCounts, sendEndUserReport: deps.sendEndUserReport, now, home, store, batches, files, idempotency, deliveries, advancer, redispatchAfterMs, closeTimeoutMs: deps.drainTimeoutMs });
  await worker.ready();
  await scheduleHousekeeping(home);
  const unsubscribe = await typedChannel(live, inferenceChannels.gateway, gatewayId).subscribe(calls.receive, (error) => logger.error({ event: 'reply_not_understood', err: error }));

  const background = (event: string, task: () => Promise<void>, everyMs: number) => {
    const timer = setInterval(() => void task().catch((error: unknown) => logger.warn({ event, err: error })), everyMs);
    timer.unref();
    return () => clearInterval(timer);
  };
  const lookForLost = createLostCallsWatch({ calls, queue, holds, logger, nowMs: () => performance.now(), silentMs });
  const timers = [
    background('lost_calls_not_looked_for', lookForLost, Math.min(lookMs, silentMs)),
    background(
      'outstanding_not_counted',
      async () => {
        const counts = await store.listOutstanding();
        outstanding.setDurable(counts);
        gatewayMetrics.setOutstanding(counts);
      },
      countMs,
    ),
    background('end_users_not_sent', endUsers.flush, flushEndUsersMs),
    background('end_users_not_read', async () => gatewayMetrics.setEndUsers(await endUserCounts.list(periodKey('month', now()))), showEndUsersMs),
  ];

  const pending = new Set<Promise<unknown>>();
  const inBackground = (event: string, work: Promise<unknown>) => {
    const settled = work.catch((error: unknown) => logger.warn({ event, err: error })).finally(() => pending.delete(settled));
    pending.add(settled);
  };

  const closing = new AbortController();
  const app = createApp({
    ...ends,
    closing: closing.signal,
    inBackground,
    admit,
    store,
    batches,
    files,
    idempotency,
    webhooks,
    deliveries,
    webhookSecrets: deps.webhookSecrets,
    acceptCallback: createAcceptCallback({ webhooks, webhookSecrets: deps.webhookSecrets }),
    storeJob: (job) => inserts.add(job),
    calls,
    outstanding,
    judge,
    registry: deps.registry.current,
    subscribeChanges,
    requestTimeoutMs: deps.requestTimeoutMs,
    now,
    authenticate: createAuthenticator({ serviceToken: deps.serviceToken, findKey: createKeyFinder({ registry: deps.registry, costs: deps.costs }), now }),
    metrics,
    stopping: deps.stopping,
    readiness: {
      database: () => pingDatabase(pool),
      queue: () => home.ping(),
      registry: () => deps.registry.current(),
      costs: () => deps.costs.current(),
    },
  });
  return {
    app,
    gatewayId,
    beginClose: () => closing.abort(),
    close: async () => {
      for (const stop of timers) stop();
      await Promise.all(pending);
      await worker.close();
      await advancer.idle();
      await unsubscribe();
      await inserts.idle();
      await endUsers.close();
      await queue.close();
      await results.close();
    },
  };
}
