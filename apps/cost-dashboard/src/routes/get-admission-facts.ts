import type { costEndpoints } from '@weighbridge/cost-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { CostDeps } from '../cost-deps.ts';

export const getAdmissionFactsRoute =
  ({ facts, now }: Pick<CostDeps, 'facts' | 'now'>): Handler<typeof costEndpoints.getAdmissionFacts> =>
  () =>
    facts.readAtOnce(now());
