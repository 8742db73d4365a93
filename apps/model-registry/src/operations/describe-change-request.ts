import type { ChangeRequest, RequestDrift } from '@weighbridge/registry-contracts';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import type { ChangeRequestId } from '@weighbridge/shared-domain';
import { changeRequestView } from '../api-views.ts';
import { aliasDrift, requireChangeRequest, useDrift, whyClosed, whyNoApprover } from './change-request-rules.ts';
import type { RegistryDeps } from '../deps.ts';

interface Described {
  request: ChangeRequest;
  changed: RequestDrift[];
  notApprovableBecause: string | null;
}

/** With what an approver must know before anything is clicked. The gate of a promotion is judged only when it is approved. */
export async function describeChangeRequest({ registry, decider, now }: Pick<RegistryDeps, 'registry' | 'decider' | 'now'>, { caller, id }: { readonly caller: Caller; readonly id: ChangeRequestId }): Promise<Described> {
  const request = await requireChangeRequest(registry, caller, id);
  const at = now();
  const closed = whyClosed(request, at);
  if (closed !== null) return { request: changeRequestView(request, at), changed: [], notApprovableBecause: closed };
  const changed = request.kind === 'alias' ? await aliasDrift(registry, request, at) : await useDrift(registry, decider, request, at);
  const stale = changed.length === 0 ? null : `Since this was asked for, something has changed: ${changed.map(({ what }) => what).join(', ')}.`;
  return { request: changeRequestView(request, at), changed, notApprovableBecause: (await whyNoApprover(registry, caller, request)) ?? stale };
}
