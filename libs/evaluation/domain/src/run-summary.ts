import { UsdAmount, formatUsd } from '@weighbridge/shared-domain';
import type { TokenUsage } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { accuracyInterval, addScore, noScores } from './accuracy-interval.ts';
import type { ScoreTally } from './accuracy-interval.ts';
import { Interval } from './interval.ts';
import { addSampleCost, costPerCorrect, noCost } from './statistics/cost-per-correct.ts';
import type { CostTotals } from './statistics/cost-per-correct.ts';

const count = z.int().min(0);

export const SliceSummary = z.object({
  slice: z.string(),
  total: count,
  scored: count,
  errors: count,
  correct: count,
  accuracy: Interval.nullable(),
});
export type SliceSummary = z.infer<typeof SliceSummary>;

/** US dollars per correct answer: all spend, failed calls included, over the correct answers. */
export const CostPerCorrect = z.object({
  value: UsdAmount,
  /** Two-sided 95% interval. */
  low: UsdAmount,
  high: UsdAmount,
  /** One-sided 95% upper bound: what a cost limit is compared with. */
  upperBound: UsdAmount,
});
export type CostPerCorrect = z.infer<typeof CostPerCorrect>;

/** What a run measured so far. total = scored + errors. */
export const RunSummary = z.object({
  total: count,
  /** Samples with a score: the denominator of accuracy. */
  scored: count,
  /** Samples without one, because a backend or the suite failed: counted here, in no denominator. */
  errors: count,
  /** Samples whose score is 1. */
  correct: count,
  /** Scored 0 because the answer could not be found in the output; part of `scored`. */
  parseFailures: count,
  /** Mean score of the scored samples; null while there is none. */
  accuracy: Interval.nullable(),
  /** In the order of the slice names; empty when no sample has a slice. */
  bySlice: z.array(SliceSummary),
  /** Sums over all attempts, by kind; the kinds do not overlap (see `TokenUsage`). */
  tokens: z.object({
    inputTokens: count,
    cachedInputTokens: count,
    cacheWriteTokens: count,
    outputTokens: count,
    reasoningTokens: count,
  }),
  /** All spend of the run, failed calls included. */
  costUsd: UsdAmount,
  /** Null while nothing is correct, or with fewer than two samples. */
  costPerCorrectUsd: CostPerCorrect.nullable(),
});
export type RunSummary = z.infer<typeof RunSummary>;

/** What became of one sample. A {@link Score} of the first scorer fits `score` and `parsed`. */
export interface SampleOutcome {
  readonly slice: string | null;
  /** 0 to 1; null when there is none, because a backend or the suite failed. */
  readonly score: number | null;
  /** False when the answer could not be found in the output. */
  readonly parsed: boolean | null;
  /** Over all attempts. */
  readonly usage: TokenUsage;
  /** Over all attempts, failed ones too. */
  readonly costPicoUsd: bigint;
}

/** Takes outcomes one at a time, in any order, in memory that does not grow with them (only with the number of slices). */
export interface RunAccumulator {
  add(outcome: SampleOutcome): void;
  /** The summary of what was added so far; may be asked at any time, for progress, and again after more. */
  finish(): RunSummary;
}

interface Part {
  total: number;
  parseFailures: number;
  scores: ScoreTally;
}

const emptyPart = (): Part => ({ total: 0, parseFailures: 0, scores: noScores });

function addToPart(part: Part, outcome: SampleOutcome): void {
  part.total += 1;
  if (outcome.score === null) return;
  part.scores = addScore(part.scores, outcome.score);
  if (outcome.parsed === false) part.parseFailures += 1;
}

const summariseScores = ({ total, scores }: Part) => ({
  total,
  scored: scores.moments.count,
  errors: total - scores.moments.count,
  correct: scores.correct,
  accuracy: accuracyInterval(scores),
});

function summariseCost(totals: CostTotals): CostPerCorrect | null {
  const estimate = costPerCorrect(totals);
  return (
    estimate && {
      value: formatUsd(estimate.value),
      low: formatUsd(estimate.low),
      high: formatUsd(estimate.high),
      upperBound: formatUsd(estimate.upperBound),
    }
  );
}

export function createRunAccumulator(): RunAccumulator {
  const all = emptyPart();
  const slices = new Map<string, Part>();
  const tokens: RunSummary['tokens'] = { inputTokens: 0, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 0, reasoningTokens: 0 };
  let cost = noCost;

  return {
    add(outcome) {
      addToPart(all, outcome);
      if (outcome.slice !== null) {
        const slice = slices.get(outcome.slice) ?? emptyPart();
        slices.set(outcome.slice, slice);
        addToPart(slice, outcome);
      }
      tokens.inputTokens += outcome.usage.inputTokens;
      tokens.cachedInputTokens += outcome.usage.cachedInputTokens;
      tokens.cacheWriteTokens += outcome.usage.cacheWriteTokens;
      tokens.outputTokens += outcome.usage.outputTokens;
      tokens.reasoningTokens += outcome.usage.reasoningTokens;
      cost = addSampleCost(cost, { costPicoUsd: outcome.costPicoUsd, correct: outcome.score === 1 });
    },
    finish: () => ({
      ...summariseScores(all),
      parseFailures: all.parseFailures,
      bySlice: [...slices]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([slice, part]) => ({ slice, ...summariseScores(part) })),
      tokens: { ...tokens },
      costUsd: formatUsd(cost.costPicoUsd),
      costPerCorrectUsd: summariseCost(cost),
    }),
  };
}

/** The summary of all outcomes at once: {@link createRunAccumulator} from start to finish. */
export function summariseRun(outcomes: Iterable<SampleOutcome>): RunSummary {
  const run = createRunAccumulator();
  for (const outcome of outcomes) run.add(outcome);
  return run.finish();
}
