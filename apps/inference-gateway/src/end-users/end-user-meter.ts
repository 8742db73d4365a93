import type { ChatRequest } from '@weighbridge/inference-domain';
import type { DistinctCounts, SeenMembers } from '@weighbridge/shared-adapters/distinct-counts';
import type { Logger } from '@weighbridge/shared-adapters/logging';
import { periodKey } from '@weighbridge/shared-domain';
import type { RegistryIndex } from '../facts/registry-index.ts';
import type { FamiliesOf } from './license-families.ts';

export interface EndUserMeter {
  /** Notes for whom an admitted request was. Keeps nobody waiting; a request that names nobody counts for nobody. */
  readonly record: (registry: RegistryIndex, ref: string, request: Pick<ChatRequest, 'user' | 'safety_identifier'>) => void;
  /** Sends what has come together. Resolves when that is over, also when it failed: it is then sent with the next. */
  readonly flush: () => Promise<void>;
  /** Sends the rest. */
  readonly close: () => Promise<void>;
}

export interface EndUserMeterDeps {
  readonly counts: Pick<DistinctCounts, 'add'>;
  readonly familiesOf: FamiliesOf;
  /** An identifier never leaves the process, only its pseudonym does. */
  readonly pseudonymOf: (endUser: string) => string;
  readonly now: () => Date;
  readonly logger: Pick<Logger, 'warn'>;
  /** Notes that wait to be sent, at most. What comes when it is full is not counted, and logged. */
  readonly mostPending?: number;
}

/** People who ask again and again are sent once. In two generations, of which the older is forgotten at once. */
const generation = 50_000;

export function createEndUserMeter({ counts, familiesOf, pseudonymOf, now, logger, mostPending = 100_000 }: EndUserMeterDeps): EndUserMeter {
  let [recent, older] = [new Set<string>(), new Set<string>()];
  let pending = new Map<string, SeenMembers & { readonly members: string[] }>();
  let waiting = 0;
  let dropped = 0;
  let flushing: Promise<void> | undefined;

  const note = (period: string, series: string, members: readonly string[]): void => {
    const room = Math.max(mostPending - waiting, 0);
    const kept = members.slice(0, room);
    dropped += members.length - kept.length;
    if (kept.length === 0) return;
    const key = `${period} ${series}`;
    const seen = pending.get(key);
    if (seen === undefined) pending.set(key, { period, series, members: [...kept] });
    else seen.members.push(...kept);
    waiting += kept.length;
  };

  const send = async (): Promise<void> => {
    if (dropped > 0) {
      logger.warn({ event: 'end_users_not_counted', dropped });
      // Who was dropped is to be counted when he comes again.
      [recent, older] = [new Set(), new Set()];
      dropped = 0;
    }
    if (waiting === 0) return;
    const sent = [...pending.values()];
    pending = new Map();
    waiting = 0;
    try {
      await counts.add(sent);
    } catch (err) {
      for (const { period, series, members } of sent) note(period, series, members);
      logger.warn({ event: 'end_users_not_sent', err });
    }
  };

  const flush = (): Promise<void> => (flushing ??= send().finally(() => (flushing = undefined)));

  return {
    record: (registry, ref, { user, safety_identifier: safetyIdentifier }) => {
      const endUser = safetyIdentifier || user;
      if (!endUser) return;
      const month = periodKey('month', now());
      const families = familiesOf(registry, ref);
      const pseudonym = pseudonymOf(endUser);
      const seen = `${month} ${pseudonym} ${families.join('\n')}`;
      if (recent.has(seen) || older.has(seen)) return;
      if (recent.size >= generation) [recent, older] = [new Set(), recent];
      recent.add(seen);
      for (const family of families) note(month, family, [pseudonym]);
    },
    flush,
    close: async () => {
      // One that is under way does not have what came since.
      await flushing;
      await flush();
    },
  };
}
