import { z } from 'zod';

export const maxPageSize = 200;

/** Query of every list: `limit` (1 to 200, 50 where absent) and the opaque `cursor` that the page before gave. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(maxPageSize).default(50),
  cursor: z.string().max(500).optional(),
};
export const PageQuery = z.object(pageQuery);

/** One page of a list, newest or best first. `nextCursor` is null on the last page. */
export const pageOf = <T extends z.ZodType>(item: T) => z.object({ data: z.array(item), nextCursor: z.string().nullable() });

export interface Page<T> {
  readonly data: T[];
  readonly nextCursor: string | null;
}

/**
 * Makes a page of rows that were read with one more than the limit, as a cheap way to know whether there are others.
 * `cursorOf` gives the key that the last row of the page sorts by.
 */
export function toPage<T>(rows: readonly T[], limit: number, cursorOf: (row: T) => string): Page<T> {
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  return { data, nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}
