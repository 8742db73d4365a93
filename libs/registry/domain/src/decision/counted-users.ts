import { z } from 'zod';

/** Distinct end users of all models of one licence family in one calendar month, as the gateway counted them. */
export const CountedMonth = z.object({ month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month like 2026-11'), users: z.int().min(0) });
export type CountedMonth = z.infer<typeof CountedMonth>;

/** By licence family, e.g. `Llama`. What is counted is never more than what there is: other doors may serve more people. */
export type CountedUsers = ReadonlyMap<string, CountedMonth>;

/** Where nothing is counted: limits are then held against declared numbers alone. */
export const nobodyCounted: CountedUsers = new Map();

/** As a snapshot carries it. Of several months of a family, the one with the most users counts. */
export function countedUsersOf(rows: readonly (CountedMonth & { readonly family: string })[]): CountedUsers {
  const counted = new Map<string, CountedMonth>();
  for (const { family, month, users } of rows) if (users > (counted.get(family)?.users ?? -1)) counted.set(family, { month, users });
  return counted;
}
