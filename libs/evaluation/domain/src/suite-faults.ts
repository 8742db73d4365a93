import { missingPlaceholders, templatePlaceholders } from './prompt-template.ts';
import { score } from './scorers/scorers.ts';
import type { ScorerSpec } from './scorers/scorer-spec.ts';
import type { Sample } from './suite.ts';

/** A rule that a suite breaks, with the path to the field. */
export interface SuiteFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

interface CheckedSuite {
  readonly dataset: { readonly samples: readonly Sample[] };
  readonly prompt: string;
  readonly scorers: readonly ScorerSpec[];
}

/** One fault in the template breaks every sample: the first faults tell what is wrong. */
const MAX_FAULTS = 100;

/** By the scorer's reason. What else is wrong with a scorer, its own schema says. */
const targetFaults: Readonly<Record<string, (kind: string) => string>> = {
  bad_target: (kind) => `${kind} cannot read this target`,
  empty_target: () => 'a target is empty once normalised, and would be found in every output',
};

/** What a schema of single fields cannot see: ids used twice, variables that a sample lacks, targets that a scorer cannot read. */
export function suiteFaults({ dataset, prompt, scorers }: CheckedSuite): SuiteFault[] {
  const faults: SuiteFault[] = [];
  let placeholders: string[] = [];
  try {
    placeholders = templatePlaceholders(prompt);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    faults.push({ path: ['prompt'], message: error.message });
  }

  const seen = new Map<string, number>();
  for (const [index, sample] of dataset.samples.entries()) {
    if (faults.length >= MAX_FAULTS) break;
    const path = ['dataset', 'samples', index];
    const twin = seen.get(sample.id);
    if (twin !== undefined) faults.push({ path: [...path, 'id'], message: `the id ${JSON.stringify(sample.id)} is used by sample ${twin} already` });
    else seen.set(sample.id, index);
    const missing = missingPlaceholders(placeholders, sample.input);
    if (missing.length > 0) faults.push({ path: [...path, 'input'], message: `the prompt uses variables that are not here: ${missing.join(', ')}` });
    for (const spec of scorers) {
      const { status, reason } = score(spec, { output: '', target: sample.target, choices: sample.choices });
      const message = status === 'error' ? targetFaults[reason]?.(spec.kind) : undefined;
      if (message !== undefined) faults.push({ path: [...path, 'target'], message });
    }
  }
  return faults.slice(0, MAX_FAULTS);
}
