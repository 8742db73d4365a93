import { lanes } from '@weighbridge/inference-domain';
import type { Lane } from '@weighbridge/inference-domain';
import type { OutstandingCount } from '@weighbridge/inference-data';
import { Counter, Gauge } from 'prom-client';
import type { Registry } from 'prom-client';

export interface GatewayMetrics {
  /** `admitted`, or the code of the refusal. */
  readonly admission: (outcome: string, lane: Lane) => void;
  readonly setOutstanding: (counts: readonly OutstandingCount[]) => void;
  /** By licence family. */
  readonly setEndUsers: (counts: ReadonlyMap<string, number>) => void;
}

/** Labels are few and bounded: no project, key or job is ever one. */
export function createGatewayMetrics(registry: Registry, waitingCalls: () => number): GatewayMetrics {
  const registers = [registry];
  const admissions = new Counter({ name: 'weighbridge_admissions_total', help: 'Admissions by outcome: admitted, or the code of the refusal', labelNames: ['outcome', 'lane'], registers });
  const outstanding = new Gauge({ name: 'weighbridge_outstanding_jobs', help: 'Durable jobs that are admitted and not finished, over the whole installation', labelNames: ['lane'], registers });
  const endUsers = new Gauge({ name: 'weighbridge_end_users', help: 'Distinct end users of admitted requests in the running month (UTC), over the whole installation, by licence family; * is all of them', labelNames: ['family'], registers });
  new Gauge({
    name: 'weighbridge_waiting_calls',
    help: 'Calls whose answer this process waits for',
    registers,
    collect() {
      this.set(waitingCalls());
    },
  });
  return {
    setEndUsers: (counts) => {
      // A new month begins without the families of the old one.
      endUsers.reset();
      for (const [family, users] of counts) endUsers.labels(family).set(users);
    },
    admission: (outcome, lane) => admissions.labels(outcome, lane).inc(),
    setOutstanding: (counts) => {
      for (const lane of lanes) outstanding.labels(lane).set(counts.filter((count) => count.lane === lane).reduce((sum, { jobs }) => sum + jobs, 0));
    },
  };
}
