import type { KeyRecord } from '@weighbridge/shared-adapters/auth';
import type { KeptFacts } from './keep-facts.ts';
import type { RegistryIndex } from './registry-index.ts';

export interface FindKeyDeps {
  readonly registry: Pick<KeptFacts<RegistryIndex>, 'current' | 'refresh'>;
  readonly costs: Pick<KeptFacts<unknown>, 'refresh'>;
  readonly nowMs?: () => number;
}

/** Guessed keys must not turn into questions to the registry. */
const betweenLooksMs = 500;
const longestLookMs = 1_500;

/**
 * Finds a key in the snapshot. One that is not there may have been made a moment ago, so the facts are fetched once more before it is refused:
 * a new key works at once, and with it the budgets that were set before its first call.
 */
export function createKeyFinder({ registry, costs, nowMs = () => performance.now() }: FindKeyDeps): (digest: string) => Promise<KeyRecord | undefined> | KeyRecord | undefined {
  let look: Promise<unknown> | undefined;
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  return (digest) => {
    const known = registry.current().findKeyByDigest(digest);
    if (known !== undefined) return known;
    if (look === undefined && nowMs() - lookedAtMs < betweenLooksMs) return undefined;
    look ??= Promise.race([Promise.all([registry.refresh(), costs.refresh()]), new Promise((resolve) => void setTimeout(resolve, longestLookMs).unref())]).finally(() => {
      look = undefined;
      lookedAtMs = nowMs();
    });
    return look.then(() => registry.current().findKeyByDigest(digest));
  };
}
