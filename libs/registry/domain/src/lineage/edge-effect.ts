import { z } from 'zod';

/**
 * What of a licence goes over one step of a lineage. `stopped`: the licence does not let such a model be made, or leaves it open.
 * `own-licence`: whoever made the model is the licensor, and published it under a licence of its own. `nothing`: all of it ends there.
 */
export const EdgeEffect = z.enum(['permissions', 'limits', 'field-of-use', 'output-rule', 'obligations', 'stopped', 'own-licence', 'nothing']);
export type EdgeEffect = z.infer<typeof EdgeEffect>;
