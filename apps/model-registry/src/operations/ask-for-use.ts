import type { ChangeRequest, NewChangeRequest } from '@weighbridge/registry-contracts';
import type { ChangeRequestRecord } from '@weighbridge/registry-data';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import type { z } from 'zod';
import { changeRequestView } from '../api-views.ts';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps } from '../change-registry.ts';
import type { RegistryDeps } from '../deps.ts';
import { requireUseCase, splitReference } from '../refusals.ts';
import { addRequest, newRequest } from './ask-for-change.ts';
import { keyDrift } from './change-request-rules.ts';
import { requireReview } from './create-approval.ts';

/** Asks an administrator of the project to approve a use whose decision is review. What waits already is not asked for twice. */
export async function askForUse(deps: ChangeDeps & Pick<RegistryDeps, 'decider'>, { caller, model: reference, useCase: useCaseId, reason }: z.output<typeof NewChangeRequest> & { readonly caller: Caller }): Promise<ChangeRequest> {
  const useCase = await requireUseCase(deps.registry, caller, useCaseId);
  const { model, version } = splitReference(reference);
  const { inputsDigest } = await requireReview(deps, { model, version, useCase });
  const at = deps.now();
  return changeRegistry(deps, caller, async (change, audit) => {
    const waiting = await change.changeRequests.findOpenUseRequest(useCaseId, model, version, at);
    if (waiting?.kind === 'use' && waiting.inputsDigest === inputsDigest && keyDrift(await change.keys.findKey(waiting.requestedBy), at).length === 0) return changeRequestView(waiting, at);
    const request: ChangeRequestRecord = { ...newRequest(caller, reason, at), kind: 'use', projectId: useCase.projectId, model, version, useCaseId, inputsDigest, approvalsNeeded: 1 };
    await addRequest(change, audit, request, { version: reference, useCaseId, inputsDigest });
    return changeRequestView(request, at);
  });
}
