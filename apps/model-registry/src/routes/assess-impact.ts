import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { createImpactReporter } from '../operations/assess-impact.ts';
import type { ImpactDeps } from '../operations/assess-impact.ts';

export const assessImpactRoute = (deps: ImpactDeps): Handler<typeof registryEndpoints.assessImpact> => {
  const assess = createImpactReporter(deps);
  return ({ body, caller }) => assess({ ...body, caller });
};
