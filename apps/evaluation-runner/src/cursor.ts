import { AppError } from '@weighbridge/shared-domain';
import type { z } from 'zod';

/** A cursor is opaque to clients: base64url of the key that the last row of a page sorts by. */
export const writeCursor = (key: unknown): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** Throws `request.invalid` for what is no cursor of this list. */
export function readCursor<S extends z.ZodType>(cursor: string | undefined, key: S): z.output<S> | undefined {
  if (cursor === undefined) return undefined;
  const parsed = key.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (parsed.success) return parsed.data;
  throw new AppError('request.invalid', 'a cursor that is none', { faults: [{ pointer: '/query/cursor', message: 'must be the nextCursor of the page before' }], detail: 'Not valid: query.cursor: must be the nextCursor of the page before.' });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
