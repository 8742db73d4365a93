import { setImmediate } from 'node:timers/promises';
import type { DecisionMatrix, MatrixRequest } from '@weighbridge/registry-contracts';
import type { ApprovalInForce, UseCaseRecord } from '@weighbridge/registry-data';
import { approvalCovers, prepareDecision, preparePolicies } from '@weighbridge/registry-domain';
import type { Decision, LineageVersion, Placement } from '@weighbridge/registry-domain';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { projectFilter } from '@weighbridge/shared-adapters/auth';
import type { z } from 'zod';
import type { RegistryDeps } from '../deps.ts';
import { requireModel, requireUseCase, splitReference, versionNotFound } from '../refusals.ts';

type MatrixDeps = Pick<RegistryDeps, 'registry' | 'licenses' | 'policies' | 'counted' | 'now'>;
type MatrixCell = DecisionMatrix['cells'][number][number];

const usualUseCases = 50;
/** One decision on a long lineage takes some milliseconds; then others get their turn. */
const longestTurnMs = 20;

/** As the decider decides, licences and policies, but nothing is kept: a table that somebody looks at is no decision on a use. */
export async function decideMatrix(deps: MatrixDeps, { caller, models, useCases: wanted, project }: z.output<typeof MatrixRequest> & { readonly caller: Caller }): Promise<DecisionMatrix> {
  const { registry } = deps;
  const useCases = wanted === undefined ? (await registry.useCases.listUseCases(projectFilter(caller, project), { limit: usualUseCases, after: undefined })).slice(0, usualUseCases) : await Promise.all([...new Set(wanted)].map((id) => requireUseCase(registry, caller, id)));
  const refs = [...new Set(models)];
  const lineage = new Map<string, LineageVersion>((await registry.versions.listLineage(refs.map(splitReference))).map((record) => [record.ref, record]));
  const roots: LineageVersion[] = [];
  for (const ref of refs) {
    const root = lineage.get(ref);
    if (root === undefined) throw await notFound(deps, ref);
    roots.push(root);
  }
  const decideCell = await prepareCells(deps, lineage, useCases);
  const cells: MatrixCell[][] = [];
  let turnEnds = performance.now() + longestTurnMs;
  for (const root of roots) {
    const decideUse = decideCell(root);
    const row: MatrixCell[] = [];
    for (const useCase of useCases) {
      row.push(decideUse(useCase));
      if (performance.now() < turnEnds) continue;
      await setImmediate();
      turnEnds = performance.now() + longestTurnMs;
    }
    cells.push(row);
  }
  return {
    models: roots.map(({ ref, publisher, license }) => ({ ref, publisher, license })),
    useCases: useCases.map(({ id, name, projectId }) => ({ id, name, projectId })),
    cells,
  };
}

async function notFound({ registry }: MatrixDeps, ref: string): Promise<Error> {
  const { model, version } = splitReference(ref);
  await requireModel(registry, model);
  return versionNotFound(model, version);
}

type DecidedUse = Pick<UseCaseRecord, 'id' | 'name' | 'projectId' | 'labels' | 'facts'>;

/** Decides on versions of a lineage for uses, with a handful of queries for all of them. */
export async function prepareCells({ registry, licenses, policies, counted, now }: MatrixDeps, lineage: ReadonlyMap<string, LineageVersion>, useCases: readonly DecidedUse[]) {
  const [book, inForce, users] = [await licenses.book(), await policies.inForce(), await counted()];
  const find = (ref: string) => lineage.get(ref);
  const approvals = await registry.usage.listApprovalsInForce(useCases.map(({ id }) => id), now());
  const places = inForce.policies.length === 0 ? new Map<string, Placement[]>() : Map.groupBy((await registry.usage.listDeployments()).filter(({ status }) => status === 'active'), ({ model, version }) => `${model}@${version}`);
  const projects = new Map(inForce.policies.length === 0 ? [] : await Promise.all([...new Set(useCases.map(({ projectId }) => projectId))].map(async (id) => [id, (await registry.projects.findProject(id))?.name ?? null] as const)));

  return (root: LineageVersion): ((useCase: DecidedUse) => MatrixCell) => {
    const decide = prepareDecision({ root, find, licenses: book, counted: users });
    const judge = inForce.policies.length === 0 ? undefined : preparePolicies({ root, find, licenses: book, evaluate: inForce.evaluate });
    const placements = (places.get(root.ref) ?? []).map(({ hostedIn, backendKind }): Placement => ({ hostedIn, backendKind }));
    return ({ id, name, projectId, labels, facts }) => {
      const decision = decide(facts);
      const use = { id, name, project: projects.get(projectId) ?? null, labels, facts };
      const judged = judge === undefined ? decision : judge({ decision, use, placements });
      return cellOf(judged, approvals.find((approval) => approval.useCaseId === id && `${approval.model}@${approval.version}` === root.ref && approvalCovers(approval.grounds, judged)));
    };
  };
}

function cellOf({ decision, reasons, obligations }: Decision, approval: ApprovalInForce | undefined): MatrixCell {
  const [first] = reasons;
  return {
    outcome: decision,
    firstReason: first === undefined ? null : { code: first.code, license: first.license, clause: first.clause, version: first.version, message: first.message },
    reasons: reasons.length,
    obligations: obligations.length,
    approvedUntil: approval === undefined || decision !== 'review' ? null : approval.expiresAt.toISOString(),
  };
}
