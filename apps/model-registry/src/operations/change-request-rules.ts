import type { RequestDrift } from '@weighbridge/registry-contracts';
import type { AliasRequestRecord, ChangeRequestRecord, Repositories, StoredKey, UseRequestRecord } from '@weighbridge/registry-data';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { canonicalJson, roleIncludes } from '@weighbridge/shared-domain';
import type { ChangeRequestId, KeyId } from '@weighbridge/shared-domain';
import type { Decider } from '../decider.ts';
import { mayChange, notFound, sees } from '../refusals.ts';
import { rollbackTarget } from './move-alias.ts';

/** Those of another project do not exist; those of the platform are for its own keys. */
export async function requireChangeRequest({ changeRequests }: Pick<Repositories, 'changeRequests'>, caller: Caller, id: ChangeRequestId): Promise<ChangeRequestRecord> {
  const request = await changeRequests.findRequest(id);
  if (request === null || !sees(caller, request.projectId)) throw notFound(`change request ${id} for key ${caller.keyId}`);
  return request;
}

/** Why a request is not open, in a sentence; null: it is. */
export function whyClosed({ status, expiresAt }: ChangeRequestRecord, now: Date): string | null {
  if (status !== 'open') return `The request was ${status} before.`;
  return expiresAt <= now ? `The request expired at ${expiresAt.toISOString()}. Ask again.` : null;
}

/**
 * Why a key may not approve a request, in a sentence; null: it may. A second person is told by the key: another one than the one that asked and
 * those that have approved already, and made by none of them, nor they by it; else one administrator could make the second person.
 * The key from the environment makes everybody's keys, so its making one says nothing.
 */
export async function whyNoApprover(repositories: Pick<Repositories, 'keys'>, caller: Caller, request: ChangeRequestRecord): Promise<string | null> {
  if (caller.keyId === null) return 'A service is no second person.';
  if (!roleIncludes(caller.role, 'admin')) return 'It takes the key of an administrator to approve this.';
  if (caller.keyId === request.requestedBy) return 'This key asked for it: another person’s key must approve.';
  const answered = request.verdicts.map(({ keyId }) => keyId);
  if (answered.includes(caller.keyId)) return 'This key has approved it already: one more person’s key is needed.';
  const makers = await countedMakers(repositories, caller.keyId);
  if (makers.has(request.requestedBy)) return 'This key was made by the one that asked: it does not count as a second person.';
  for (const other of answered)
    if (makers.has(other) || (await countedMakers(repositories, other)).has(caller.keyId)) return 'This key and one that has approved already were made one by the other: they do not count as two persons.';
  return null;
}

async function countedMakers({ keys }: Pick<Repositories, 'keys'>, id: KeyId): Promise<ReadonlySet<KeyId>> {
  const makers = await keys.listMakers(id);
  const root = makers.at(-1);
  const installed = root === undefined ? null : await keys.findKey(root);
  return new Set(installed?.projectId === null ? makers.slice(0, -1) : makers);
}

/** What is not as it was when the alias move was asked for. */
export async function aliasDrift(repositories: Repositories, request: AliasRequestRecord, now: Date): Promise<RequestDrift[]> {
  const { version } = await repositories.aliases.standing(request.model, request.alias);
  const drift: RequestDrift[] = version === request.fromVersion ? [] : [{ what: 'where the alias points', was: request.fromVersion, now: version }];
  const target = request.moveKind === 'rollback' && drift.length === 0 ? ((await rollbackTarget(repositories, request.model, request.alias))?.to ?? null) : request.version;
  if (target !== request.version) drift.push({ what: 'where a rollback leads', was: request.version, now: target });
  const key = await repositories.keys.findKey(request.requestedBy);
  const ownerId = (await repositories.models.findModel(request.model))?.ownerId ?? null;
  if (key !== null && !mayChange(key, ownerId)) drift.push({ what: 'the owner of the model', was: key.projectId, now: ownerId });
  return [...drift, ...keyDrift(key, now)];
}

/** What of the decision has changed since the use was asked for: who approves must have read what holds now. */
export async function useDrift(repositories: Repositories, decider: Decider, request: UseRequestRecord, now: Date): Promise<RequestDrift[]> {
  const useCase = await repositories.useCases.findUseCase(request.useCaseId);
  const then = await repositories.decisions.findDecision(request.inputsDigest);
  if (useCase === null || then === null) throw new Error(`the use case or the decision of ${request.id} is gone`);
  const today = await decider.decide(request.model, request.version, useCase.facts, useCase);
  const drift: RequestDrift[] = then.decision.decision === today.decision ? [] : [{ what: 'the decision', was: then.decision.decision, now: today.decision }];
  const [was, is] = [reasonsOf(then.decision), reasonsOf(today)];
  if (was !== is) drift.push({ what: 'the reasons of the decision', was, now: is });
  return [...drift, ...keyDrift(await repositories.keys.findKey(request.requestedBy), now)];
}

/** Which rules have fired, without the sentences: those may hold numbers that change every day. */
const reasonsOf = ({ reasons }: { readonly reasons: readonly { readonly code: string; readonly license?: string | null | undefined; readonly clause?: string | null | undefined; readonly version?: string | null | undefined; readonly policy?: string | undefined }[] }): string =>
  [...new Set(reasons.map(({ code, license, clause, version, policy }) => canonicalJson([code, license ?? null, clause ?? null, version ?? null, policy ?? null])))].toSorted().join(' ');

/** Whether the key that asked may still ask. */
export function keyDrift(key: StoredKey | null, now: Date): RequestDrift[] {
  const state = key === null || key.revokedAt !== null ? 'revoked' : key.expiresAt !== null && key.expiresAt <= now ? 'expired' : 'in force';
  return state === 'in force' ? [] : [{ what: 'the key that asked', was: 'in force', now: state }];
}
