import type { DatedDecision } from '@weighbridge/registry-contracts';
import type { Registry } from '@weighbridge/registry-data';
import { decide, decisionInputs, nobodyCounted } from '@weighbridge/registry-domain';
import type { CountedUsers, LineageVersion, UseCaseFacts } from '@weighbridge/registry-domain';
import { sha256Hex } from '@weighbridge/shared-adapters/secrets';
import { canonicalJson } from '@weighbridge/shared-domain';
import type { LicenseShelf } from './license-shelf.ts';
import { requireModel, versionNotFound } from './refusals.ts';

export interface Decider {
  /** May this version be used for that? Kept for good, once for each set of inputs; throws `model.not_found`. */
  readonly decide: (model: string, version: string, useCase: UseCaseFacts) => Promise<DatedDecision>;
}

const mostRemembered = 10_000;

export interface DeciderOptions {
  readonly registry: Registry;
  readonly licenses: LicenseShelf;
  /** Distinct end users by licence family, as the gateway counted them; absent: nothing is counted. */
  readonly counted?: () => CountedUsers | Promise<CountedUsers>;
  readonly now: () => Date;
}

/** Decisions of one revision are remembered: the same question costs one small query, and a change anywhere makes all of them new. */
export function createDecider({ registry, licenses: shelf, counted: countUsers = () => nobodyCounted, now }: DeciderOptions): Decider {
  const remembered = new Map<string, DatedDecision>();
  let rememberedAt = 0;

  const decideAnew = async (model: string, version: string, useCase: UseCaseFacts): Promise<DatedDecision> => {
    const lineage = new Map<string, LineageVersion>((await registry.versions.listLineage([{ model, version }])).map((record) => [record.ref, record]));
    const ref = `${model}@${version}`;
    const root = lineage.get(ref);
    if (root === undefined) {
      await requireModel(registry, model);
      throw versionNotFound(model, version);
    }
    const find = (wanted: string) => lineage.get(wanted);
    const question = { root, find, useCase, licenses: await shelf.book(), counted: await countUsers() };
    const inputs = decisionInputs(question);
    const kept = await registry.decisions.keepDecision({
      inputsDigest: sha256Hex(canonicalJson(inputs)),
      model: ref,
      inputs,
      decision: decide(question),
      decidedAt: now(),
    });
    return { ...kept.decision, model: ref, decidedAt: kept.decidedAt.toISOString(), inputsDigest: kept.inputsDigest };
  };

  return {
    decide: async (model, version, useCase) => {
      const revision = await registry.revision();
      if (revision !== rememberedAt || remembered.size >= mostRemembered) {
        remembered.clear();
        rememberedAt = revision;
      }
      const question = canonicalJson([model, version, useCase]);
      const known = remembered.get(question);
      if (known !== undefined) return known;
      const decision = await decideAnew(model, version, useCase);
      // Decided on what was there after the revision was read; kept only if that is still the newest.
      if (revision === rememberedAt) remembered.set(question, decision);
      return decision;
    },
  };
}
