import { PriceEntry } from '@weighbridge/cost-domain';
import type { NewPrice } from '@weighbridge/cost-contracts';
import type { CostFacts } from '@weighbridge/cost-data';
import { AppError } from '@weighbridge/shared-domain';
import type { FieldFault, PriceId } from '@weighbridge/shared-domain';

export interface CreatePricesDeps {
  readonly facts: Pick<CostFacts, 'change'>;
  readonly announce: (revision: number) => Promise<void>;
  readonly now: () => Date;
  readonly newPriceId: () => PriceId;
}

/** Adds entries to the price book, all or none. What has been priced already keeps its price: an entry may not reach back over it. */
export async function createPrices({ facts, announce, now, newPriceId }: CreatePricesDeps, prices: readonly NewPrice[]): Promise<PriceEntry[]> {
  const createdAt = now();
  const entries = prices.map((price) => toEntry(price, newPriceId(), createdAt));
  refuseTwins(entries);
  const { revision } = await facts.change(async (change) => {
    const faults: FieldFault[] = [];
    for (const [index, entry] of entries.entries()) {
      const from = new Date(entry.effectiveFrom);
      if (from < createdAt && (await change.prices.hasUsageSince(entry, from))) {
        faults.push({ pointer: `/body/entries/${index}/effectiveFrom`, message: 'usage that ended since was priced already' });
      }
    }
    if (faults.length > 0) {
      throw new AppError('resource.wrong_state', 'a price would reach back over priced usage', {
        faults,
        detail: `Usage since was priced already, and a bill never changes: ${faults.length === 1 ? 'this price' : `${faults.length} of these prices`} must begin later. Leave out effectiveFrom to begin now.`,
      });
    }
    await change.prices.insertPrices(entries);
  });
  await announce(revision);
  return entries;
}

const toEntry = (price: NewPrice, id: PriceId, createdAt: Date): PriceEntry =>
  PriceEntry.parse({
    id,
    model: price.model,
    version: price.version ?? null,
    deploymentId: price.deploymentId ?? null,
    price: price.price,
    effectiveFrom: (price.effectiveFrom === undefined ? createdAt : new Date(price.effectiveFrom)).toISOString(),
    source: price.source,
    createdAt: createdAt.toISOString(),
  });

/** Two prices for one target from one instant: nobody could tell which was meant. */
function refuseTwins(entries: readonly PriceEntry[]): void {
  const seen = new Set<string>();
  const faults = entries.flatMap(({ model, version, deploymentId, effectiveFrom }, index) => {
    const target = JSON.stringify([model, version, deploymentId, effectiveFrom]);
    const isTwin = seen.has(target);
    seen.add(target);
    return !isTwin ? [] : { pointer: `/body/entries/${index}`, message: 'is a second price for the same target from the same instant' };
  });
  if (faults.length > 0) throw new AppError('request.invalid', 'two prices for one target', { faults, detail: 'Not valid: two prices for the same target from the same instant.' });
}
