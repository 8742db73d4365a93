import { DeploymentId, Instant, ModelName, PriceId, VersionName } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { PublishedPrice } from './token-price.ts';

/**
 * One price, from one instant on. An entry is never edited: a later one for the same target supersedes it from its own `effectiveFrom`.
 * The target is a deployment, else a version, else every version of a model: the narrowest that matches wins.
 */
export const PriceEntry = z.object({
  id: PriceId,
  model: ModelName,
  version: VersionName.nullable(),
  deploymentId: DeploymentId.nullable(),
  price: PublishedPrice,
  effectiveFrom: Instant,
  /** Where the price was read: a page and a date, or the calculation behind an own price. */
  source: z.string().min(1).max(500),
  createdAt: Instant,
});
export type PriceEntry = z.infer<typeof PriceEntry>;

export interface PriceTarget {
  readonly model: string;
  readonly version: string;
  readonly deploymentId: string;
}

const narrowness = (entry: PriceEntry): number => (entry.deploymentId === null ? 0 : 2) + (entry.version === null ? 0 : 1);

/** Whether an entry is meant for this deployment of this version. */
export const priceCovers = (entry: Pick<PriceEntry, 'model' | 'version' | 'deploymentId'>, target: PriceTarget): boolean =>
  entry.model === target.model &&
  (entry.version === null || entry.version === target.version) &&
  (entry.deploymentId === null || entry.deploymentId === target.deploymentId);

/** The entry in force at an instant: narrowest target first, then the latest `effectiveFrom`, then the latest written (ids break a tie, so that everyone finds the same one). Null: no price is known. */
export function priceInForce(entries: Iterable<PriceEntry>, target: PriceTarget, at: Date): PriceEntry | null {
  let best: PriceEntry | null = null;
  for (const entry of entries) {
    if (!priceCovers(entry, target) || Date.parse(entry.effectiveFrom) > at.getTime()) continue;
    if (best === null || supersedes(entry, best)) best = entry;
  }
  return best;
}

function supersedes(entry: PriceEntry, other: PriceEntry): boolean {
  if (narrowness(entry) !== narrowness(other)) return narrowness(entry) > narrowness(other);
  const [from, otherFrom] = [Date.parse(entry.effectiveFrom), Date.parse(other.effectiveFrom)];
  if (from !== otherFrom) return from > otherFrom;
  const [createdAt, otherCreatedAt] = [Date.parse(entry.createdAt), Date.parse(other.createdAt)];
  return createdAt === otherCreatedAt ? entry.id > other.id : createdAt > otherCreatedAt;
}
