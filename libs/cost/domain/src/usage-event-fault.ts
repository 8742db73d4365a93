import { formatUsd, parseUsd } from '@weighbridge/shared-domain';
import { attemptCost } from './attempt-cost.ts';
import { priceCovers } from './price-book.ts';
import type { PriceEntry } from './price-book.ts';
import { tokenPrice } from './token-price.ts';
import { usageEventId } from './usage-event.ts';
import type { UsageEvent } from './usage-event.ts';

export type UsageEventKind = 'attempt' | 'unknown' | 'correction';

export function usageEventKind(event: Pick<UsageEvent, 'id'>): UsageEventKind {
  if (event.id.endsWith('.unknown')) return 'unknown';
  return event.id.endsWith('.correction') ? 'correction' : 'attempt';
}

/**
 * What is wrong with an event that someone hands to the ledger; null when nothing is. `price` is the entry that `priceId` names,
 * from the ledger's own price book: the sender's word for the cost is never taken.
 */
export function usageEventFault(event: UsageEvent, price: PriceEntry | undefined): string | null {
  const kind = usageEventKind(event);
  if (kind === 'correction') return 'corrections are written by the ledger alone';
  if (event.id !== usageEventId(event.jobId, event.attempt, kind === 'unknown' ? 'unknown' : undefined)) return 'its id is not made of its job and attempt';
  // A call that is known to have failed may still have spent nobody knows what: then only its settlement is unknown.
  if ((kind === 'unknown') !== (event.settlement === 'unknown') || (event.outcome === 'unknown' && kind !== 'unknown')) {
    return 'outcome, settlement and id do not agree on whether its spend is known';
  }
  return priceFault(event, price) ?? (kind === 'unknown' ? unknownFault(event) : costFault(event, price));
}

function priceFault(event: UsageEvent, price: PriceEntry | undefined): string | null {
  // What is held covers every deployment that may serve the job, so a reserve may stand although the one that was lost has no price.
  if (event.priceId === null) return parseUsd(event.costUsd) === 0n || event.settlement === 'unknown' ? null : `it costs ${event.costUsd} USD and names no price`;
  if (price === undefined || price.id !== event.priceId) return `there is no price ${event.priceId}`;
  return priceCovers(price, event) ? null : `price ${price.id} is not for this deployment`;
}

function unknownFault(event: UsageEvent): string | null {
  if (parseUsd(event.costUsd) < 0n) return 'only corrections may be negative';
  return Object.values(event.tokens).every((count) => count === 0) ? null : 'an attempt of unknown outcome counts no tokens';
}

function costFault(event: UsageEvent, price: PriceEntry | undefined): string | null {
  const cost = event.priceId === null || price === undefined ? 0n : attemptCost(event.tokens, tokenPrice(price.price));
  return parseUsd(event.costUsd) === cost ? null : `it says ${event.costUsd} USD, and its tokens at its price cost ${formatUsd(cost)} USD`;
}
