import type { DatedDecision } from '@weighbridge/registry-contracts';
import type { Registry, UseCaseRecord } from '@weighbridge/registry-data';
import { decide, decisionInputs, nobodyCounted, policyInputs, preparePolicies } from '@weighbridge/registry-domain';
import type { CountedUsers, Decision, DecisionInput, LineageVersion, PolicyUse, UseCaseFacts } from '@weighbridge/registry-domain';
import { sha256Hex } from '@weighbridge/shared-adapters/secrets';
import { canonicalJson } from '@weighbridge/shared-domain';
import type { LicenseShelf } from './license-shelf.ts';
import type { PoliciesInForce, PolicyDesk } from './policy-desk.ts';
import { requireModel, versionNotFound } from './refusals.ts';

export interface Decider {
  /** May this version be used for that? Kept for good, once for each set of inputs; throws `model.not_found`. */
  readonly decide: (model: string, version: string, useCase: UseCaseFacts, declared: DeclaredUse) => Promise<DatedDecision>;
}

/** What policies may ask about a use case beside its facts. Of facts that are not declared under a name yet, id and name are null. */
export type DeclaredUse = { readonly [K in 'id' | 'name' | 'projectId']: UseCaseRecord[K] | null } & Pick<UseCaseRecord, 'labels'>;

const mostRemembered = 10_000;

export interface DeciderOptions {
  readonly registry: Registry;
  readonly licenses: LicenseShelf;
  readonly policies: PolicyDesk;
  /** Distinct end users by licence family, as the gateway counted them; absent: nothing is counted. */
  readonly counted?: () => CountedUsers | Promise<CountedUsers>;
  readonly now: () => Date;
}

/** Decisions of one revision are remembered: the same question costs one small query, and a change anywhere makes all of them new. */
export function createDecider({ registry, licenses: shelf, policies: desk, counted: countUsers = () => nobodyCounted, now }: DeciderOptions): Decider {
  const remembered = new Map<string, DatedDecision>();
  let rememberedAt = 0;

  const decideAnew = async (model: string, version: string, useCase: UseCaseFacts, declared: DeclaredUse): Promise<DatedDecision> => {
    const lineage = new Map<string, LineageVersion>((await registry.versions.listLineage([{ model, version }])).map((record) => [record.ref, record]));
    const ref = `${model}@${version}`;
    const root = lineage.get(ref);
    if (root === undefined) {
      await requireModel(registry, model);
      throw versionNotFound(model, version);
    }
    const find = (wanted: string) => lineage.get(wanted);
    const question = { root, find, useCase, licenses: await shelf.book(), counted: await countUsers() };
    const { inputs, decision } = await decideQuestion(question, await desk.inForce(), declared);
    const kept = await registry.decisions.keepDecision({
      inputsDigest: sha256Hex(canonicalJson(inputs)),
      model: ref,
      inputs,
      decision,
      decidedAt: now(),
    });
    return { ...kept.decision, model: ref, decidedAt: kept.decidedAt.toISOString(), inputsDigest: kept.inputsDigest };
  };

  /** Without policies nothing of them is looked up, and nothing of them is among the inputs. */
  const decideQuestion = async (question: Required<DecisionInput>, { policies, evaluate }: PoliciesInForce, declared: DeclaredUse): Promise<{ inputs: unknown; decision: Decision }> => {
    const [inputs, decision] = [decisionInputs(question), decide(question)];
    if (policies.length === 0) return { inputs, decision };
    const { root, find, licenses, useCase } = question;
    const at = root.ref.indexOf('@');
    const placements = await registry.deployments.listPlacements(root.ref.slice(0, at), root.ref.slice(at + 1));
    const project = declared.projectId === null ? null : await registry.projects.findProject(declared.projectId);
    const use: PolicyUse = { id: declared.id, name: declared.name, project: project?.name ?? null, labels: declared.labels, facts: useCase };
    const { placements: _, ...judged } = preparePolicies({ root, find, licenses, evaluate })({ decision, use, placements });
    return { inputs: { ...(inputs as object), organisation: policyInputs(policies, use, placements) }, decision: judged };
  };

  return {
    decide: async (model, version, useCase, declared) => {
      const revision = await registry.revision();
      if (revision !== rememberedAt || remembered.size >= mostRemembered) {
        remembered.clear();
        rememberedAt = revision;
      }
      const question = canonicalJson([model, version, useCase, declared.id, declared.name, declared.projectId, declared.labels]);
      const known = remembered.get(question);
      if (known !== undefined) return known;
      const decision = await decideAnew(model, version, useCase, declared);
      // Decided on what was there after the revision was read; kept only if that is still the newest.
      if (revision === rememberedAt) remembered.set(question, decision);
      return decision;
    },
  };
}
