import type { DatedDecision, DecisionRequest } from '@weighbridge/registry-contracts';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import type { z } from 'zod';
import type { RegistryDeps } from '../deps.ts';
import { requireUseCase, splitReference } from '../refusals.ts';

/** For a declared use case of the caller's project, or for facts as they come. */
export async function decideUse({ registry, decider }: Pick<RegistryDeps, 'registry' | 'decider'>, { caller, model, useCase }: z.output<typeof DecisionRequest> & { readonly caller: Caller }): Promise<DatedDecision> {
  const facts = typeof useCase === 'string' ? (await requireUseCase(registry, caller, useCase)).facts : useCase;
  const reference = splitReference(model);
  return decider.decide(reference.model, reference.version, facts);
}
