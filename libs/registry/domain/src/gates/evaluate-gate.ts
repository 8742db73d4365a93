import { formatUsd, parseUsd } from '@weighbridge/shared-domain';
import { DecisionReason } from '../decision/decision.ts';
import type { GateCondition, GateConditions, GateOutcome, GateResult } from './promotion-gate.ts';

/** The licence decision of the version for the use case of the gate; reasons and obligations are kept as evidence as they are. */
export interface GateDecision {
  readonly decision: 'allow' | 'allow_with_obligations' | 'review' | 'deny';
  readonly reasons: readonly unknown[];
  readonly obligations?: readonly unknown[];
}

/** An administrator's recorded word that the use may go on although its decision is `review`. */
export interface GateApproval {
  readonly id: string;
  readonly approvedBy: string;
  readonly expiresAt: string;
}

/** A finished run of the version on the suite of the gate. */
export interface GateEvaluation {
  readonly runId: string;
  /** Share of correct samples, 0 to 1, and its interval. */
  readonly accuracy: number;
  readonly intervalLow: number;
  readonly intervalHigh: number;
  /** Of the interval, e.g. 0.95. */
  readonly confidence: number;
  readonly correct: number;
  /** Scored samples. */
  readonly total: number;
  /** Planned samples without a score (failed calls); absent: none. */
  readonly unscored?: number;
  /** Cost of the whole run, failed and repeated calls included; null when a price was unknown, which is not free. */
  readonly costUsd: string | null;
  /** Null when nothing was correct or the cost is unknown. */
  readonly costPerCorrectUsd: string | null;
  /** Lower bound and one-sided upper bound of the cost per correct answer, where the run measured how costs vary; absent: derived from the accuracy's interval. */
  readonly costPerCorrectBoundsUsd?: { readonly low: string; readonly upper: string } | null;
}

/** Paired comparison of the version with the baseline over the same samples. Differences are version minus baseline, in shares. */
export interface GateComparison {
  readonly baselineRunId: string;
  readonly difference: number;
  /** One-sided bounds of the difference at `confidence`. */
  readonly lowerBound: number;
  readonly upperBound: number;
  readonly confidence: number;
  readonly pairs: number;
  /** Whether counting every missing pair against the version would change the result; absent: nothing is missing. */
  readonly missingCouldFlip?: boolean;
}

export interface GateInput {
  readonly conditions: GateConditions;
  readonly decision: GateDecision;
  /** One that holds for this version and use case now; null or absent: there is none. Only a `review` heeds it. */
  readonly approval?: GateApproval | null;
  /** Null: the suite has no finished run of this version. */
  readonly evaluation: GateEvaluation | null;
  /** Null or absent: not compared. Counts only if the conditions name a baseline. */
  readonly comparison?: GateComparison | null;
}

/** Least share of the planned samples that must have a score; with fewer, what is missing could turn the result. */
const minCoverage = 0.99;

/**
 * Judges a version against the conditions of a promotion gate. Bounds decide, never a point estimate: an interval that
 * includes a limit is inconclusive, and inconclusive does not promote. Without a measurement of quality there is no pass.
 */
export function evaluateGate({ conditions, decision, approval, evaluation, comparison }: GateInput): GateResult {
  const checks: GateCondition[] = [licenseCondition(decision, approval ?? null), qualityCondition(conditions, evaluation)];
  if (conditions.baseline !== undefined) checks.push(baselineCondition(conditions.baseline, comparison ?? null));
  checks.push(samplesCondition(conditions.minSamples, evaluation));
  if (conditions.maxCostPerCorrectUsd !== undefined) checks.push(costCondition(conditions.maxCostPerCorrectUsd, evaluation));

  const has = (outcome: GateOutcome) => checks.some((check) => check.outcome === outcome);
  const outcome: GateOutcome = has('fail') ? 'fail' : has('inconclusive') ? 'inconclusive' : 'pass';
  return { passed: outcome === 'pass', outcome, conditions: checks };
}

function licenseCondition({ decision, reasons, obligations = [] }: GateDecision, approval: GateApproval | null): GateCondition {
  const evidence = { decision, reasons: [...reasons], obligations: [...obligations], ...(approval === null ? {} : { approval }) };
  const condition = (outcome: GateOutcome, message: string): GateCondition => ({ name: 'license', outcome, code: `license_${decision}`, message, evidence });
  switch (decision) {
    case 'allow':
      return condition('pass', 'The licence allows the declared use.');
    case 'allow_with_obligations':
      return condition('pass', `The licence allows the declared use, with ${counted(obligations.length, 'obligation')}.`);
    case 'review':
      if (approval !== null) return { name: 'license', outcome: 'pass', code: 'license_review_approved', message: `The licence needs a review, and ${approval.approvedBy} approved this use until ${approval.expiresAt}.`, evidence };
      return condition('fail', 'The licence needs a review, or a fact, before this use.');
    case 'deny':
      return condition('fail', decidedByPolicy(reasons) ? 'A policy of the organisation does not allow the declared use.' : 'The licence does not allow the declared use.');
  }
}

/** What decides is the first of the reasons. */
const decidedByPolicy = ([first]: readonly unknown[]): boolean => DecisionReason.safeParse(first).data?.code === 'policy';

function qualityCondition({ minAccuracy, baseline, suite }: GateConditions, evaluation: GateEvaluation | null): GateCondition {
  if (evaluation === null)
    return { name: 'quality', outcome: 'inconclusive', code: 'nothing_measured', message: `The suite ${suite} has no finished run of this version.`, evidence: { suite } };
  const { accuracy, intervalLow, intervalHigh, confidence, correct, total, runId } = evaluation;
  const evidence = { suite, runId, accuracy, intervalLow, intervalHigh, confidence, correct, total, ...(minAccuracy === undefined ? {} : { minAccuracy }) };
  const condition = (outcome: GateOutcome, code: string, message: string, more: Record<string, unknown> = {}): GateCondition => ({
    name: 'quality',
    outcome,
    code,
    message,
    evidence: { ...evidence, ...more },
  });
  if (!isConsistent(evaluation)) return condition('inconclusive', 'not_comparable', 'The numbers of the run contradict each other, so they prove nothing.');
  const measured = `${percent(accuracy)} correct (${percent(intervalLow)} to ${percent(intervalHigh)} with ${percent(confidence)} confidence)`;
  if (minAccuracy === undefined)
    return baseline === undefined
      ? condition('inconclusive', 'nothing_decided', `${measured}; the gate names neither a minimum accuracy nor a baseline, so nothing was decided.`)
      : condition('pass', 'judged_by_baseline', `${measured}; the gate judges quality against its baseline.`);
  if (intervalLow >= minAccuracy) return condition('pass', 'interval_above_minimum', `${measured}; the whole interval reaches the minimum of ${percent(minAccuracy)}.`);
  if (intervalHigh < minAccuracy) return condition('fail', 'interval_below_minimum', `${measured}; the whole interval lies below the minimum of ${percent(minAccuracy)}.`);
  const furtherSamples = samplesToDecide(evaluation, minAccuracy);
  return condition(
    'inconclusive',
    'interval_includes_minimum',
    `${measured}; the interval includes the minimum of ${percent(minAccuracy)}${furtherSamples === null ? '' : `; about ${furtherSamples} more samples would decide it`}.`,
    { furtherSamples },
  );
}

function baselineCondition({ model, margin }: NonNullable<GateConditions['baseline']>, comparison: GateComparison | null): GateCondition {
  if (comparison === null)
    return { name: 'baseline', outcome: 'inconclusive', code: 'nothing_compared', message: `There is no comparison with ${model}.`, evidence: { baseline: model, margin } };
  const { lowerBound, upperBound, difference } = comparison;
  const condition = (outcome: GateOutcome, code: string, message: string): GateCondition => ({
    name: 'baseline',
    outcome,
    code,
    message: `${points(difference)} against ${model}, at least ${points(lowerBound)}: ${message}`,
    evidence: { baseline: model, margin, ...comparison },
  });
  if (!(lowerBound <= difference && difference <= upperBound) || comparison.pairs < 1) return condition('inconclusive', 'not_comparable', 'the numbers contradict each other.');
  if (comparison.missingCouldFlip === true) return condition('inconclusive', 'missing_could_flip', 'what is missing on one side could change the result.');
  if (lowerBound > -margin) return condition('pass', 'not_inferior', `not worse by more than the margin of ${points(margin)}.`);
  if (upperBound < -margin) return condition('fail', 'inferior', `worse by more than the margin of ${points(margin)}.`);
  return condition('inconclusive', 'interval_includes_margin', `the interval includes the margin of ${points(margin)}; more samples would decide it.`);
}

function samplesCondition(minSamples: number, evaluation: GateEvaluation | null): GateCondition {
  const total = evaluation?.total ?? 0;
  const planned = total + (evaluation?.unscored ?? 0);
  const evidence = { minSamples, total, planned };
  const condition = (outcome: GateOutcome, code: string, message: string): GateCondition => ({ name: 'samples', outcome, code, message, evidence });
  if (total < minSamples) return condition('inconclusive', 'too_few_samples', `${counted(total, 'sample')} scored, the gate asks for at least ${minSamples}.`);
  if (total < planned * minCoverage) return condition('inconclusive', 'missing_could_flip', `Only ${total} of ${counted(planned, 'planned sample')} were scored.`);
  return condition('pass', 'enough_samples', `${counted(total, 'sample')} scored, at least ${minSamples} asked for.`);
}

function costCondition(maxUsd: string, evaluation: GateEvaluation | null): GateCondition {
  const condition = (outcome: GateOutcome, code: string, message: string, evidence: Record<string, unknown> = {}): GateCondition => ({
    name: 'cost',
    outcome,
    code,
    message,
    evidence: { maxCostPerCorrectUsd: maxUsd, ...evidence },
  });
  if (evaluation === null) return condition('inconclusive', 'nothing_measured', 'There is no finished run whose cost could be compared.');
  const { runId, costUsd, costPerCorrectUsd, correct, total } = evaluation;
  if (costUsd === null) return condition('inconclusive', 'cost_unknown', 'The cost of the run is not known, and unknown is not free.', { runId });
  if (!isConsistent(evaluation)) return condition('inconclusive', 'not_comparable', 'The numbers of the run contradict each other, so they prove nothing.', { runId });

  const { low, upper } = costBounds(evaluation, costUsd);
  const max = parseUsd(maxUsd);
  const evidence = { runId, costUsd, costPerCorrectUsd, costPerCorrectLowUsd: usdOrNull(low), costPerCorrectUpperUsd: usdOrNull(upper), correct, total, confidence: evaluation.confidence };
  const measured = costPerCorrectUsd === null ? 'No answer was correct' : `$${costPerCorrectUsd} per correct answer${upper === null ? '' : `, at most $${formatUsd(upper)}`}`;
  if (upper !== null && upper <= max) return condition('pass', 'cost_within_limit', `${measured}; the limit is $${maxUsd}.`, evidence);
  if (low === null || low > max) return condition('fail', 'cost_above_limit', `${measured}; even at its best this is above the limit of $${maxUsd}.`, evidence);
  return condition('inconclusive', 'interval_includes_limit', `${measured}; the interval includes the limit of $${maxUsd}.`, evidence);
}

/**
 * The measured bounds; else cost per sample over the ends of the accuracy's interval, in whole pico-dollars rounded away from each other.
 * Null: without end, because the accuracy may be zero.
 */
function costBounds({ costPerCorrectBoundsUsd, intervalLow, intervalHigh, total }: GateEvaluation, costUsd: string): { low: bigint | null; upper: bigint | null } {
  if (costPerCorrectBoundsUsd) return { low: parseUsd(costPerCorrectBoundsUsd.low), upper: parseUsd(costPerCorrectBoundsUsd.upper) };
  const scaledCost = parseUsd(costUsd) * billion;
  if (scaledCost === 0n) return { low: 0n, upper: 0n };
  const lowShare = BigInt(Math.floor(intervalLow * Number(billion))) * BigInt(total);
  const highShare = BigInt(Math.ceil(intervalHigh * Number(billion))) * BigInt(total);
  return { low: highShare === 0n ? null : scaledCost / highShare, upper: lowShare === 0n ? null : (scaledCost + lowShare - 1n) / lowShare };
}

const usdOrNull = (amount: bigint | null): string | null => (amount === null ? null : formatUsd(amount));
const billion = 1_000_000_000n;

function isConsistent({ accuracy, intervalLow, intervalHigh, correct, total }: GateEvaluation): boolean {
  const counts = Number.isInteger(correct) && Number.isInteger(total) && total > 0 && correct >= 0 && correct <= total;
  // An interval that stops at 0 or 1 may miss the share itself by the last digit of a double.
  const slack = 1e-9;
  return counts && intervalLow >= 0 && intervalHigh <= 1 && intervalLow <= accuracy + slack && accuracy <= intervalHigh + slack;
}

/** The half-width of an interval shrinks with the square root of the samples: how many more bring its near end to the limit. Null when the share is the limit itself. */
function samplesToDecide({ accuracy, intervalLow, intervalHigh, total }: GateEvaluation, minimum: number): number | null {
  const distance = Math.abs(accuracy - minimum);
  const halfWidth = accuracy >= minimum ? accuracy - intervalLow : intervalHigh - accuracy;
  if (distance < 1e-6) return null;
  return Math.max(1, Math.ceil(total * (halfWidth / distance) ** 2) - total);
}

const percent = (value: number): string => `${(value * 100).toFixed(1).replace(/\.0$/, '')}%`;
const points = (value: number): string => `${value > 0 ? '+' : ''}${(value * 100).toFixed(1)} points`;
const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
