import { z } from 'zod';

/** Worst last: the answer is the worst that fires. */
export const DecisionOutcome = z.enum(['allow', 'allow_with_obligations', 'review', 'deny']);
export type DecisionOutcome = z.infer<typeof DecisionOutcome>;

/** One rule that fired, and where it stands written. */
export const DecisionReason = z.object({
  /** Stable, e.g. `field-of-use:military`, `limit:monthly-active-users`, `unknown-license`. */
  code: z.string(),
  /** Id of the licence; null where there is none to name. */
  license: z.string().nullable(),
  /** Clause as the text numbers it; `~` before a counted one. */
  clause: z.string().nullable(),
  /** `name@version` that brings the licence in. */
  version: z.string(),
  /** How the version is reached from the one asked about, e.g. `finetune of llama-3.3-70b@instruct`; null: it is the one asked about. */
  via: z.string().nullable(),
  message: z.string(),
  /** Of a review: the declared fact that would settle it, a field of the use case (`commercial`, `conditions`) or `license of …`, `publisher of …`; null: only a person can. */
  settledBy: z.string().nullable().exactOptional(),
  /** Name of the organisation's policy that fired, where it was no licence. */
  policy: z.string().exactOptional(),
});
export type DecisionReason = z.infer<typeof DecisionReason>;

/** What an allowed use must do, by which licence and clause, and the version that brings it in. */
export const Obligation = z.object({
  code: z.string(),
  license: z.string(),
  clause: z.string(),
  version: z.string(),
  text: z.string(),
  /** True: only under a condition that the declared facts leave open. */
  conditional: z.boolean(),
});
export type Obligation = z.infer<typeof Obligation>;

/** May this version be used for that? All reasons, not only the first. */
export const Decision = z.object({ decision: DecisionOutcome, reasons: z.array(DecisionReason), obligations: z.array(Obligation) });
export type Decision = z.infer<typeof Decision>;
