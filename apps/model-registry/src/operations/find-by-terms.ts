import type { LicenseProperty, UseCaseFacts } from '@weighbridge/registry-domain';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import type { UseCaseId } from '@weighbridge/shared-domain';
import type { RegistryDeps } from '../deps.ts';
import { requireUseCase } from '../refusals.ts';
import type { TermsView } from '../terms-desk.ts';

/** A commercial service of a small company, by which a purpose alone is judged: size and place are asked about in their own words. */
const factsOfPurpose = (purpose: string): UseCaseFacts => ({ purposes: [purpose], commercial: true, monthlyActiveUsers: 1_000, annualRevenueUsd: 100_000, regions: [], distribution: 'service', trainOnOutputs: false });

const isUseCaseId = (allowedFor: string): allowedFor is UseCaseId => allowedFor.startsWith('uc_');

/** The facts of a use case of the caller's project, or those that stand for a purpose. */
export const factsOf = async ({ registry }: Pick<RegistryDeps, 'registry'>, caller: Caller, allowedFor: string): Promise<UseCaseFacts> =>
  isUseCaseId(allowedFor) ? (await requireUseCase(registry, caller, allowedFor)).facts : factsOfPurpose(allowedFor);

export interface TermsQuestion {
  /** Each must be allowed, with or without obligations. */
  readonly allowedFor: readonly UseCaseFacts[];
  readonly properties: readonly LicenseProperty[];
}

/** Ids of the terms that all of it holds for; undefined: nothing was asked of them. */
export function findTerms(terms: TermsView, { allowedFor, properties }: TermsQuestion): number[] | undefined {
  if (allowedFor.length === 0 && properties.length === 0) return undefined;
  let found: number[] | undefined;
  const keep = (ids: Iterable<number>, holds: (id: number) => boolean) => {
    found = [...(found ?? ids)].filter(holds);
  };
  for (const facts of allowedFor) {
    const outcomes = terms.outcomes(facts);
    keep(outcomes.keys(), (id) => outcomes.get(id) === 'allow' || outcomes.get(id) === 'allow_with_obligations');
  }
  if (properties.length > 0) {
    const held = terms.properties();
    keep(held.keys(), (id) => properties.every((property) => held.get(id)?.has(property) === true));
  }
  return found;
}
