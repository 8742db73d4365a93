import { ModelReference, SuiteName, UsdAmount, UseCaseId } from '@weighbridge/shared-domain';
import { z } from 'zod';

const share = z.number().min(0).max(1);

/** What must hold before an alias may move to a version. */
export const GateConditions = z
  .object({
    /** The use whose licence decision counts. */
    useCase: UseCaseId,
    /** The suite whose newest finished run of the version counts. */
    suite: SuiteName,
    /** Smallest accuracy, 0 to 1. Met only when the lower end of the interval reaches it; the measured share alone proves nothing. */
    minAccuracy: share.optional(),
    /** Fewest samples that must have been scored. */
    minSamples: z.int().min(1).max(10_000_000).default(100),
    /** Most US dollars per correct answer; judged at the unfavourable end of the interval. */
    maxCostPerCorrectUsd: UsdAmount.optional(),
    /** The version must not be worse than this one by more than `margin` (0.02 = two points of accuracy). */
    baseline: z.object({ model: ModelReference, margin: z.number().gt(0).max(1).default(0.02) }).optional(),
  })
  .meta({ id: 'GateConditions', description: 'Conditions for promotion: licence decision, evaluation result with its confidence, cost' });
export type GateConditions = z.infer<typeof GateConditions>;

/** `inconclusive`: the interval holds the bound, or nothing was measured. */
export const GateOutcome = z.enum(['pass', 'fail', 'inconclusive']);
export type GateOutcome = z.infer<typeof GateOutcome>;

/** One condition of a gate, judged. */
export const GateCondition = z.object({
  name: z.enum(['license', 'quality', 'baseline', 'samples', 'cost']),
  outcome: GateOutcome,
  /** Stable reason in snake case, e.g. `interval_above_minimum`, `nothing_measured`. */
  code: z.string(),
  message: z.string(),
  /** Every number and id that the outcome rests on. */
  evidence: z.record(z.string(), z.unknown()),
});
export type GateCondition = z.infer<typeof GateCondition>;

/** `passed` only when every condition passed: inconclusive does not promote. */
export const GateResult = z
  .object({ passed: z.boolean(), outcome: GateOutcome, conditions: z.array(GateCondition).min(1) })
  .meta({ id: 'GateResult', description: 'Outcome of a promotion gate with the evidence of every condition' });
export type GateResult = z.infer<typeof GateResult>;
