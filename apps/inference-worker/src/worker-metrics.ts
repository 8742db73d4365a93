import type { AdmissionTicket, AttemptRecord } from '@weighbridge/inference-contracts';
import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import { totalInputTokens } from '@weighbridge/shared-domain';

export interface WorkerMetrics {
  readonly attempt: (record: AttemptRecord, ticket: Pick<AdmissionTicket, 'lane'>) => void;
}

/** Labels are few and bounded: no project, key or job is ever one. */
export function createWorkerMetrics(registry: Registry, inFlight: () => number): WorkerMetrics {
  const registers = [registry];
  const attempts = new Counter({ name: 'weighbridge_attempts_total', help: 'Calls of backends by how they ended', labelNames: ['backend', 'lane', 'outcome', 'settlement'], registers });
  const tokens = new Counter({ name: 'weighbridge_tokens_total', help: 'Tokens of all attempts', labelNames: ['backend', 'direction'], registers });
  const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60];
  const firstToken = new Histogram({ name: 'weighbridge_first_token_seconds', help: 'From the call of a backend to its first token', labelNames: ['backend'], buckets, registers });
  const queued = new Histogram({ name: 'weighbridge_queued_seconds', help: 'From admission to the call of a backend', labelNames: ['lane'], buckets, registers });
  new Gauge({
    name: 'weighbridge_jobs_in_flight',
    help: 'Jobs that this process works on',
    registers,
    collect() {
      this.set(inFlight());
    },
  });
  return {
    attempt: (record, { lane }) => {
      attempts.labels(record.backend, lane, record.outcome, record.settlement).inc();
      tokens.labels(record.backend, 'input').inc(totalInputTokens(record.tokens));
      tokens.labels(record.backend, 'output').inc(record.tokens.outputTokens);
      if (record.firstTokenMs !== null) firstToken.labels(record.backend).observe(record.firstTokenMs / 1_000);
      queued.labels(lane).observe(record.queuedMs / 1_000);
    },
  };
}
