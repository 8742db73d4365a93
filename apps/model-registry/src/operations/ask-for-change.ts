import type { AliasRequestRecord, ChangeRequestRecord, ModelRecord, Repositories } from '@weighbridge/registry-data';
import type { GateConditions } from '@weighbridge/registry-domain';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { newId } from '@weighbridge/shared-adapters/ids';
import { AppError, canonicalJson } from '@weighbridge/shared-domain';
import type { KeyId, ProjectId } from '@weighbridge/shared-domain';
import type { WriteAudit } from '../change-registry.ts';
import { aliasDrift } from './change-request-rules.ts';

const dayMs = 86_400_000;
/** How long a request waits for an answer. */
const requestLifetimeMs = 14 * dayMs;

export interface AliasRequestInput {
  readonly caller: Caller;
  readonly model: ModelRecord;
  /** The project whose use case a gate is about. */
  readonly gateProjectId?: ProjectId;
  readonly alias: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly kind: AliasRequestRecord['moveKind'];
  readonly gate?: GateConditions | null;
  readonly reason: string | null;
  readonly approvalsNeeded: number;
  readonly at: Date;
}

/** Inside a change. Who asks for the same again gets the request that waits already, while it can still be approved. */
export async function askForAliasMove(change: Repositories, audit: WriteAudit, asked: AliasRequestInput): Promise<ChangeRequestRecord> {
  const { caller, model, alias, from, to, kind, gate = null, reason, approvalsNeeded, at } = asked;
  // A gate shows what was measured for its project; the owner of the model may be another one.
  const projectId = asked.gateProjectId === undefined || asked.gateProjectId === model.ownerId ? model.ownerId : null;
  const waiting = await change.changeRequests.findOpenAliasRequest(model.name, alias, to, at);
  const same = waiting?.kind === 'alias' && waiting.projectId === projectId && waiting.fromVersion === from && waiting.moveKind === kind && canonicalJson(waiting.gate) === canonicalJson(gate);
  if (same && (await aliasDrift(change, waiting, at)).length === 0) return waiting;
  const request: ChangeRequestRecord = {
    ...newRequest(caller, reason, at),
    projectId,
    kind: 'alias',
    model: model.name,
    alias,
    fromVersion: from,
    version: to,
    moveKind: kind,
    gate,
    approvalsNeeded,
  };
  await addRequest(change, audit, request, { alias, from, to, by: kind });
  return request;
}

export const newRequest = (caller: Caller, reason: string | null, at: Date) => ({
  id: newId('changeRequest'),
  status: 'open' as const,
  requestedBy: requireKeyId(caller),
  reason,
  verdicts: [],
  createdAt: at,
  expiresAt: new Date(at.getTime() + requestLifetimeMs),
});

export async function addRequest({ changeRequests }: Repositories, audit: WriteAudit, request: ChangeRequestRecord, details: Readonly<Record<string, unknown>>): Promise<void> {
  await changeRequests.addRequest(request);
  await audit({ action: 'change.requested', subject: request.id, projectId: request.projectId, details: { kind: request.kind, model: request.model, ...details, reason: request.reason } });
}

/** Whoever asks or answers must be told from others: services are not. */
export function requireKeyId({ keyId }: Pick<Caller, 'keyId'>): KeyId {
  if (keyId === null) throw new AppError('auth.forbidden', 'a service asked for, or answered, a change request', { detail: 'This takes an API key of a person.' });
  return keyId;
}
