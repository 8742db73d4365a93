import type { UsagePosition } from '@weighbridge/cost-data';
import { AppError, Instant, JobId } from '@weighbridge/shared-domain';
import { z } from 'zod';

const Position = z.tuple([Instant, JobId, z.int().min(1).max(9999), z.int().min(0).max(2)]);

export const toCursor = ({ occurredAt, jobId, attempt, kind }: UsagePosition): string => Buffer.from(JSON.stringify([occurredAt, jobId, attempt, kind])).toString('base64url');

/** Throws `request.invalid` on what is no cursor of ours. */
export function fromCursor(cursor: string): UsagePosition {
  try {
    const [occurredAt, jobId, attempt, kind] = Position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { occurredAt, jobId, attempt, kind };
  } catch (cause) {
    throw invalidCursor(cause);
  }
}

/** For lists that sort by id. */
export function idCursor<T extends z.ZodType>(schema: T, cursor: string | undefined): z.output<T> | undefined {
  if (cursor === undefined) return undefined;
  const parsed = schema.safeParse(cursor);
  if (!parsed.success) throw invalidCursor(parsed.error);
  return parsed.data;
}

const invalidCursor = (cause: unknown) =>
  new AppError('request.invalid', 'not a cursor', { cause, faults: [{ pointer: '/query/cursor', message: 'is not a cursor that this list gave' }], detail: 'Not valid: query.cursor: is not a cursor that this list gave.' });
