import type { DecisionOutcome } from '../decision/decision.ts';
import { effectiveLicenses } from '../terms/effective-licenses.ts';
import type { LicenseBook } from '../licenses/license-book.ts';
import { lineageClosure } from '../lineage/lineage.ts';
import type { FindVersion, LineageVersion } from '../lineage/lineage.ts';
import type { UseCaseLabels } from './policy.ts';
import { regionIncludes } from '../use-cases/regions.ts';
import type { UseCaseFacts } from '../use-cases/use-case-facts.ts';

/** A use case with what policies may ask about it beside its facts; null: facts that are not declared under a name yet. */
export interface PolicyUse {
  readonly id: string | null;
  readonly name: string | null;
  /** Name of the project. */
  readonly project: string | null;
  readonly labels: UseCaseLabels;
  readonly facts: UseCaseFacts;
}

/** Where and how a version runs. Deployments that agree in it are one to the policies. */
export interface Placement {
  readonly hostedIn: string | null;
  readonly backendKind: string;
}

type PolicyValue = string | number | boolean | readonly string[];
interface PolicyEntity {
  readonly type: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, PolicyValue>>;
  readonly tags?: Readonly<Record<string, string>>;
}

/** As {@link policySchema} types it; what is not known is left out. */
export interface PolicyQuestion {
  readonly principal: PolicyEntity;
  readonly action: 'use';
  readonly resource: PolicyEntity;
  readonly context: Readonly<Record<string, PolicyValue>>;
}

const known = (values: Readonly<Record<string, PolicyValue | null | undefined>>): Record<string, PolicyValue> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, PolicyValue] => entry[1] !== null && entry[1] !== undefined));

export function principalOf({ id, name, project, labels, facts }: PolicyUse): PolicyEntity {
  const { purposes, conditions = [], regions, commercial, distribution, trainOnOutputs, monthlyActiveUsers, annualRevenueUsd, licenseeRegion } = facts;
  return {
    type: 'UseCase',
    id: id ?? 'undeclared',
    attributes: known({ project, name, purposes, conditions, regions, commercial, distribution, trainOnOutputs, monthlyActiveUsers, annualRevenueUsd, licenseeRegion }),
    tags: labels,
  };
}

export function resourceOf(root: LineageVersion, find: FindVersion, licenses: LicenseBook): PolicyEntity {
  const { entries, complete, osiApproved } = effectiveLicenses(root, find, licenses);
  const { versions, missing } = lineageClosure(root, find);
  const at = root.ref.indexOf('@');
  const unique = (values: readonly string[]) => [...new Set(values)];
  return {
    type: 'Version',
    id: root.ref,
    attributes: known({
      model: root.ref.slice(0, at),
      version: root.ref.slice(at + 1),
      publisher: root.publisher,
      publishers: missing.length > 0 ? null : unique(versions.map(({ publisher }) => publisher)),
      licenses: complete ? entries.map(({ id }) => id) : null,
      licenseFamilies: complete ? unique(entries.map(({ family }) => family)) : null,
      osiApproved,
      multimodal: root.multimodal,
      releasedOn: root.releasedOn,
    }),
  };
}

/** `null`: it is deployed nowhere yet. */
export const contextOf = (placement: Placement | null, decision: DecisionOutcome): PolicyQuestion['context'] => {
  const hostedIn = placement?.hostedIn ?? null;
  return known({ hostedIn, hostedInEu: hostedIn === null ? null : hostedIn === 'EU' || regionIncludes('EU', hostedIn), backendKind: placement?.backendKind, decision });
};
