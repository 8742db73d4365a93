import type { Express } from 'express';
import { costEndpoints } from '@weighbridge/cost-contracts';
import { createAuthenticator } from '@weighbridge/shared-adapters/auth';
import { createHttpApp } from '@weighbridge/shared-adapters/http';
import type { HttpAppOptions } from '@weighbridge/shared-adapters/http';
import type { CostDeps } from './cost-deps.ts';
import { createBudgetRoute } from './routes/create-budget.ts';
import { createPricesRoute } from './routes/create-prices.ts';
import { exportUsageEventsRoute } from './routes/export-usage-events.ts';
import { getAdmissionFactsRoute } from './routes/get-admission-facts.ts';
import { getBudgetStatusRoute } from './routes/get-budget-status.ts';
import { getUsageRoute } from './routes/get-usage.ts';
import { listBudgetsRoute } from './routes/list-budgets.ts';
import { listPricesRoute } from './routes/list-prices.ts';
import { listUsageEventsRoute } from './routes/list-usage-events.ts';

export interface AppDeps extends CostDeps, Pick<HttpAppOptions<typeof costEndpoints>, 'readiness' | 'stopping' | 'metrics'> {
  readonly serviceToken: string;
}

/** The HTTP side of the cost service. It never listens by itself. */
export const createApp = (deps: AppDeps): Express =>
  createHttpApp({
    service: 'cost-dashboard',
    version: '1',
    description: 'Usage ledger, price book and budgets: what was spent, on what, by whom, and what may still be.',
    publicPath: '/api/cost',
    endpoints: costEndpoints,
    handlers: {
      getUsage: getUsageRoute(deps),
      listUsageEvents: listUsageEventsRoute(deps),
      exportUsageEvents: exportUsageEventsRoute(deps),
      createPrices: createPricesRoute(deps),
      listPrices: listPricesRoute(deps),
      createBudget: createBudgetRoute(deps),
      listBudgets: listBudgetsRoute(deps),
      getBudgetStatus: getBudgetStatusRoute(deps),
      getAdmissionFacts: getAdmissionFactsRoute(deps),
    },
    authenticate: createAuthenticator({ serviceToken: deps.serviceToken, findKey: deps.registry.findKey, now: deps.now }),
    logger: deps.logger,
    readiness: deps.readiness,
    stopping: deps.stopping,
    ...(deps.metrics !== undefined && { metrics: deps.metrics }),
  });
