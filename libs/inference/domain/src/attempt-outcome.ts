import { z } from 'zod';

/** How one call of a backend ended. `unknown`: whoever made the call is gone, and nobody saw an answer. */
export const AttemptOutcome = z.enum(['succeeded', 'failed', 'cancelled', 'unknown']);
export type AttemptOutcome = z.infer<typeof AttemptOutcome>;

/**
 * How sure the tokens of an attempt are. `exact`: the backend reported or counted them. `estimated`: it did not, and they were
 * bounded from the text. `unknown`: nothing is known beyond what was reserved.
 */
export const Settlement = z.enum(['exact', 'estimated', 'unknown']);
export type Settlement = z.infer<typeof Settlement>;
