import type { DatedDecision, DecisionRequest } from '@weighbridge/registry-contracts';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import type { z } from 'zod';
import type { RegistryDeps } from '../deps.ts';
import { invalidField, refuseContradictions, requireUseCase, splitReference } from '../refusals.ts';

/** For a declared use case of the caller's project, or for facts as they come. */
export async function decideUse({ registry, decider }: Pick<RegistryDeps, 'registry' | 'decider'>, { caller, model, useCase, labels }: z.output<typeof DecisionRequest> & { readonly caller: Caller }): Promise<DatedDecision> {
  const reference = splitReference(model);
  if (typeof useCase !== 'string') {
    refuseContradictions(useCase, '/body/useCase');
    return decider.decide(reference.model, reference.version, useCase, { id: null, name: null, projectId: caller.projectId, labels: labels ?? {} });
  }
  if (labels !== undefined) throw invalidField('/body/labels', 'may not be given for a declared use case, which has its own');
  const declared = await requireUseCase(registry, caller, useCase);
  return decider.decide(reference.model, reference.version, declared.facts, declared);
}
