import { countPendingSettlements } from '@weighbridge/cost-data';
import type pg from 'pg';
import { Counter, Gauge } from 'prom-client';
import type { Registry } from 'prom-client';

export interface CostMetrics {
  readonly recorded: Counter;
  readonly refused: Counter;
}

export function createCostMetrics(registry: Registry, pool: pg.Pool): CostMetrics {
  new Gauge({
    name: 'weighbridge_settlements_pending',
    help: 'Recorded events of which the hold store has not been told yet',
    registers: [registry],
    async collect() {
      this.set(await countPendingSettlements(pool));
    },
  });
  return {
    recorded: new Counter({ name: 'weighbridge_usage_events_recorded_total', help: 'Usage events that were new in the ledger', registers: [registry] }),
    refused: new Counter({ name: 'weighbridge_usage_events_refused_total', help: 'Usage events that were not believed', registers: [registry] }),
  };
}
