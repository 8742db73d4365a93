import { Prisma } from '../generated/client.ts';

/** A client outside of a transaction, or one inside: repositories do not know which. */
export type Session = Prisma.TransactionClient;

/** A JSON column that may be null. */
export const nullableJson = (value: unknown): Prisma.InputJsonValue | typeof Prisma.DbNull => (value === null || value === undefined ? Prisma.DbNull : json(value));

/** What JSON can hold, as Prisma wants it typed. */
export const json = (value: unknown): Prisma.InputJsonValue => value as Prisma.InputJsonValue;
