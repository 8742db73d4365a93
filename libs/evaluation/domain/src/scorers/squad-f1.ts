import { z } from 'zod';

/** Token F1 with multiset overlap under the `squad` profile; the maximum over targets. */
export const SquadF1 = z.strictObject({ kind: z.literal('squad_f1') });
