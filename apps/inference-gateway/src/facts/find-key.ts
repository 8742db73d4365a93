import type { KeyRecord } from '@weighbridge/shared-adapters/auth';
import { AppError } from '@weighbridge/shared-domain';
import type { KeptFacts } from './keep-facts.ts';
import type { RegistryIndex } from './registry-index.ts';

export interface FindKeyDeps {
  readonly registry: Pick<KeptFacts<RegistryIndex>, 'current' | 'refresh' | 'behind'>;
  readonly costs: Pick<KeptFacts<unknown>, 'refresh'>;
  readonly nowMs?: () => number;
}

/** Guessed keys must not turn into questions to the registry. */
const betweenLooksMs = 500;
const longestLookMs = 1_500;

/**
 * Finds a key in the snapshot. One that is not there may have been made a moment ago, so the facts are fetched once more before it is refused:
 * a new key works at once, and with it the budgets that were set before its first call. While the registry does not answer nobody can say that
 * a key does not exist, and that is said: `service.unavailable`, which clients try again, unlike a refusal.
 */
export function createKeyFinder({ registry, costs, nowMs = () => performance.now() }: FindKeyDeps): (digest: string) => Promise<KeyRecord | undefined> | KeyRecord | undefined {
  let look: Promise<unknown> | undefined;
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  const foundOrAbsent = (digest: string) => {
    const known = registry.current().findKeyByDigest(digest);
    if (known === undefined && registry.behind()) throw new AppError('service.unavailable', 'the registry cannot be asked for a key', { retryAfterSeconds: 1 });
    return known;
  };
  return (digest) => {
    const known = registry.current().findKeyByDigest(digest);
    if (known !== undefined) return known;
    if (look === undefined && nowMs() - lookedAtMs < betweenLooksMs) return foundOrAbsent(digest);
    look ??= Promise.race([Promise.all([registry.refresh(), costs.refresh()]), new Promise((resolve) => void setTimeout(resolve, longestLookMs).unref())]).finally(() => {
      look = undefined;
      lookedAtMs = nowMs();
    });
    return look.then(() => foundOrAbsent(digest));
  };
}
