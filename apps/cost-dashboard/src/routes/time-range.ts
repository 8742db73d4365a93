import { AppError } from '@weighbridge/shared-domain';
import type { TimeRange } from '@weighbridge/shared-domain';

const defaultDays = 30;

/** The range that a query asks for: up to now, and thirty days long, where it does not say. */
export function timeRange(query: { readonly from?: string | undefined; readonly to?: string | undefined }, now: Date): TimeRange {
  const to = query.to === undefined ? now : new Date(query.to);
  const from = query.from === undefined ? new Date(to.getTime() - defaultDays * 86_400_000) : new Date(query.from);
  if (from >= to) {
    throw new AppError('request.invalid', 'an empty range', { faults: [{ pointer: '/query/to', message: 'must be later than "from"' }], detail: 'Not valid: query.to: must be later than "from".' });
  }
  return { from, to };
}
