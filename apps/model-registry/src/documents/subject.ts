import { setImmediate } from 'node:timers/promises';
import type { DecisionMatrix } from '@weighbridge/registry-contracts';
import type { ProjectRecord, VersionKey } from '@weighbridge/registry-data';
import type { LineageVersion, UseCaseFacts } from '@weighbridge/registry-domain';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { AppError } from '@weighbridge/shared-domain';
import type { ProjectId, UseCaseId } from '@weighbridge/shared-domain';
import type { RegistryDeps } from '../deps.ts';
import { prepareCells } from '../operations/decide-matrix.ts';
import { notFound, requireModel, requireUseCase, sees } from '../refusals.ts';
import { gatherParts } from './gather-parts.ts';
import type { DocumentParts } from './gather-parts.ts';

/** What a document is about, as its path names it. */
export type DocumentSubject = { readonly kind: 'version'; readonly model: string; readonly version: string } | { readonly kind: 'alias'; readonly model: string; readonly alias: string } | { readonly kind: 'project'; readonly id: ProjectId };

export interface FoundSubject {
  /** Said in the document: `name@version`, or the project. */
  readonly subject: { readonly kind: 'version'; readonly ref: string } | { readonly kind: 'project'; readonly id: string; readonly name: string };
  readonly parts: DocumentParts;
}

type SubjectDeps = Pick<RegistryDeps, 'registry' | 'licenses' | 'policies' | 'counted' | 'now'>;

export async function findSubject(deps: SubjectDeps, caller: Caller, subject: DocumentSubject): Promise<FoundSubject> {
  if (subject.kind === 'project') return findProject(deps, caller, subject.id);
  const key = subject.kind === 'version' ? subject : await followAlias(deps, subject);
  return { subject: { kind: 'version', ref: `${key.model}@${key.version}` }, parts: await gatherParts(deps, [key]) };
}

async function followAlias({ registry }: Pick<RegistryDeps, 'registry'>, { model, alias }: { readonly model: string; readonly alias: string }): Promise<VersionKey> {
  const found = await registry.aliases.findAlias(model, alias);
  if (found !== null) return { model, version: found.version };
  await requireModel(registry, model);
  throw new AppError('model.not_found', `no alias ${model}:${alias}`, { detail: `The model "${model}" has no alias "${alias}". GET /v1/models/${model} lists its aliases.` });
}

/**
 * What a project runs: versions with an active deployment whose licence decision lets at least one of its use cases call them, by itself or by an
 * approval that holds. That is what admission would let through; which of it was called is in the ledger.
 */
async function findProject(deps: SubjectDeps, caller: Caller, id: ProjectId): Promise<FoundSubject> {
  const project = sees(caller, id) ? await deps.registry.projects.findProject(id) : null;
  if (project === null) throw notFound(`project ${id} for key ${caller.keyId}`);
  const { deployments, useCases } = await deps.registry.snapshot(deps.now());
  const own = useCases.filter(({ projectId }) => projectId === id);
  const active = deployments.filter(({ status }) => status === 'active');
  const deployed = new Map(active.map(({ model, version }) => [`${model}@${version}`, { model, version }]));
  const lineage = new Map<string, LineageVersion>((await deps.registry.versions.listLineage([...deployed.values()])).map((record) => [record.ref, record]));
  const decideCell = await prepareCells(deps, lineage, own);
  const callable = new Set<string>();
  for (const ref of deployed.keys()) {
    const root = lineage.get(ref);
    if (root === undefined) continue;
    const decideUse = decideCell(root);
    for (const useCase of own) {
      // Others get their turn.
      await setImmediate();
      if (!mayCall(decideUse(useCase))) continue;
      callable.add(ref);
      break;
    }
  }
  const running = active.filter(({ model, version }) => callable.has(`${model}@${version}`));
  return { subject: subjectOf(project), parts: await gatherParts(deps, running, running) };
}

const subjectOf = ({ id, name }: ProjectRecord): FoundSubject['subject'] => ({ kind: 'project', id, name });

const mayCall = ({ outcome, approvedUntil }: DecisionMatrix['cells'][number][number]): boolean => outcome === 'allow' || outcome === 'allow_with_obligations' || approvedUntil !== null;

/** The use that a document is narrowed to, of the caller's own project. */
export async function findUse({ registry }: Pick<RegistryDeps, 'registry'>, caller: Caller, id: UseCaseId | undefined): Promise<{ readonly name: string; readonly facts: UseCaseFacts } | undefined> {
  return id === undefined ? undefined : requireUseCase(registry, caller, id);
}
