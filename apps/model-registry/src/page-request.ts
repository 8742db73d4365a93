import type { PageRequest } from '@weighbridge/registry-data';
import { invalidField } from './refusals.ts';

interface Query {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** The cursor of a list is what its last entry sorts by. */
export const pageRequest = ({ limit, cursor }: Query): PageRequest => ({ limit, after: cursor });

/** As {@link pageRequest}, where entries sort by a number. */
export function sequenceRequest(query: Query): PageRequest {
  if (query.cursor !== undefined && !/^\d{1,15}$/.test(query.cursor)) throw invalidField('/query/cursor', 'is not a cursor that this list gave');
  return pageRequest(query);
}
