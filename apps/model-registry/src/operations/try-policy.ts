import { setImmediate } from 'node:timers/promises';
import type { PolicyTrial, PolicyTrialResult } from '@weighbridge/registry-contracts';
import type { SnapshotRecord } from '@weighbridge/registry-data';
import { countedUsersOf, createLicenseBook, prepareDecision, preparePolicies } from '@weighbridge/registry-domain';
import type { LineageVersion, Placement, PolicyUse } from '@weighbridge/registry-domain';
import { requirePlatform } from '@weighbridge/shared-adapters/auth';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import type { ProjectId, UseCaseId } from '@weighbridge/shared-domain';
import type { z } from 'zod';
import type { RegistryDeps } from '../deps.ts';
import { policiesOf } from '../policy-desk.ts';
import { requireReadable } from './put-policy.ts';

const mostShown = 200;
/** Then others get their turn: a pair takes microseconds, or, with a long lineage, a tenth of a second. */
const longestTurnMs = 20;
/** Of a text that is only tried. */
const triedName = '(tried)';

/** What a text would change, on every version that is deployed or that one of those was made from, for every use case of every project. Stores nothing. */
export async function tryPolicy({ registry, now }: Pick<RegistryDeps, 'registry' | 'now'>, { caller, name = triedName, text, limit }: z.output<typeof PolicyTrial> & { readonly caller: Caller }): Promise<PolicyTrialResult> {
  requirePlatform(caller);
  requireReadable(text, '/body/text');
  const snapshot = await registry.snapshot(now());
  const [before, after] = [policiesOf(snapshot.policies), policiesOf([...snapshot.policies.filter((policy) => policy.name !== name), { name, revision: 1, text }])];
  const uses = usesOf(snapshot);
  const result: PolicyTrialResult = { decided: 0, complete: true, changed: 0, changes: [] };

  const known = new Map<string, LineageVersion>(snapshot.versions.map((version) => [version.ref, version]));
  const find = (ref: string) => known.get(ref);
  const licenses = createLicenseBook(snapshot.licenses);
  const counted = countedUsersOf(snapshot.countedUsers);
  const placements = Map.groupBy(snapshot.deployments.filter(({ status }) => status === 'active'), ({ model, version }) => `${model}@${version}`);
  const deployedFirst = [...known.values()].toSorted((a, b) => Number(placements.has(b.ref)) - Number(placements.has(a.ref)));

  let turnEnds = performance.now() + longestTurnMs;
  for (const root of deployedFirst) {
    const decide = prepareDecision({ root, find, licenses, counted });
    const judges = [before, after].map(({ evaluate }) => preparePolicies({ root, find, licenses, evaluate }));
    const placed = (placements.get(root.ref) ?? []).map(({ hostedIn, backend }): Placement => ({ hostedIn, backendKind: backend.kind }));
    for (const use of uses) {
      if (result.decided === limit) return { ...result, complete: false };
      result.decided += 1;
      if (performance.now() >= turnEnds) {
        await setImmediate();
        turnEnds = performance.now() + longestTurnMs;
      }
      const decision = decide(use.facts);
      const [was, becomes] = judges.map((judge) => judge({ decision, use, placements: placed }));
      if (was === undefined || becomes === undefined || was.decision === becomes.decision) continue;
      result.changed += 1;
      if (result.changes.length >= mostShown) continue;
      result.changes.push({ model: root.ref, projectId: use.projectId, useCaseId: use.id, useCaseName: use.name, before: was.decision, after: becomes.decision, reasons: becomes.reasons.filter(({ code }) => code === 'policy') });
    }
  }
  return result;
}

interface TriedUse extends PolicyUse {
  readonly id: UseCaseId;
  readonly name: string;
  readonly projectId: ProjectId;
}

function usesOf({ useCases, projects }: SnapshotRecord): TriedUse[] {
  const names = new Map(projects.map(({ id, name }) => [id, name]));
  return useCases.map((useCase) => ({ ...useCase, project: names.get(useCase.projectId) ?? null }));
}
