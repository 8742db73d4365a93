import type { ComparisonReport, Run } from '@weighbridge/evaluation-contracts';
import type { GateComparison, GateEvaluation } from '@weighbridge/registry-domain';
import { ApiError } from '@weighbridge/shared-contracts';
import { AppError } from '@weighbridge/shared-domain';
import type { ProjectId } from '@weighbridge/shared-domain';
import type { RegistryDeps } from '../deps.ts';

interface EvidenceInput {
  readonly projectId: ProjectId;
  readonly suite: string;
  readonly candidate: { readonly model: string; readonly version: string };
  readonly baseline: { readonly model: string; readonly version: string; readonly margin: number } | null;
}

export interface Evidence {
  readonly evaluation: GateEvaluation | null;
  readonly comparison: GateComparison | null;
}

/** What the evaluation runner measured for a gate. Throws `service.unavailable` when it cannot be asked: no answer is no evidence, in neither direction. */
export async function gatherEvidence({ evaluation }: Pick<RegistryDeps, 'evaluation'>, { projectId, suite, candidate, baseline }: EvidenceInput): Promise<Evidence> {
  const newestRun = async (of: EvidenceInput['candidate']) => {
    const { run } = await asked(() => evaluation.getEvidence({ query: { projectId, suite, model: of.model, version: of.version } }));
    return run?.status === 'succeeded' ? run : null;
  };
  const run = await newestRun(candidate);
  const baselineRun = baseline === null || run === null ? null : await newestRun(baseline);
  if (baseline === null || run === null || baselineRun === null) return { evaluation: gateEvaluation(run), comparison: null };
  const report = await asked(() => evaluation.compareRuns({ body: { baseline: baselineRun.id, candidate: run.id, margin: baseline.margin } }).catch(incomparable));
  return { evaluation: gateEvaluation(run), comparison: gateComparison(report) };
}

/** Runs of different revisions of a suite cannot be compared, which is an answer and no failure. */
function incomparable(error: unknown): null {
  if (error instanceof ApiError && [400, 404, 409, 422].includes(error.status)) return null;
  throw error;
}

async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    throw new AppError('service.unavailable', 'the evaluation runner gives no evidence', {
      cause,
      detail: 'The evaluation runner does not answer right now, so the gate cannot be judged. Nothing was moved; try again.',
      retryAfterSeconds: 5,
    });
  }
}

function gateEvaluation(run: Run | null): GateEvaluation | null {
  if (run === null || run.summary.accuracy === null) return null;
  const { accuracy, correct, scored, costUsd, costPerCorrectUsd } = run.summary;
  return {
    runId: run.id,
    accuracy: accuracy.value,
    intervalLow: accuracy.low,
    intervalHigh: accuracy.high,
    confidence: accuracy.confidence,
    correct,
    total: scored,
    unscored: Math.max(0, run.planned - scored),
    costUsd,
    costPerCorrectUsd: costPerCorrectUsd?.value ?? null,
    costPerCorrectBoundsUsd: costPerCorrectUsd === null ? null : { low: costPerCorrectUsd.low, upper: costPerCorrectUsd.upperBound },
  };
}

/** One-sided bounds are given at 95%. */
const boundConfidence = 0.95;

function gateComparison(report: ComparisonReport | null): GateComparison | null {
  if (report === null || report.nonInferior === null || report.difference === null) return null;
  const { lowerBound, upperBound, missingCouldFlip } = report.nonInferior;
  return { baselineRunId: report.baselineRun, difference: report.difference.value, lowerBound, upperBound, confidence: boundConfidence, pairs: report.pairs, missingCouldFlip };
}
