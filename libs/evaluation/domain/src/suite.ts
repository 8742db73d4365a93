import { SuiteName } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { ScorerSpec } from './scorers/scorer-spec.ts';
import { suiteFaults } from './suite-faults.ts';

export const MAX_SAMPLES = 20_000;

/** One row of the dataset. */
export const Sample = z.strictObject({
  /** Unique in the suite and stable: joins the results of different models. */
  id: z.string().min(1).max(200),
  /** Template variables. */
  input: z.record(z.string().min(1).max(64), z.string().max(100_000)),
  /** The right answer, or several that are all right. JSON text for `json_equal`. */
  target: z.union([z.string().max(100_000), z.array(z.string().max(100_000)).min(1).max(100)]),
  /** The group it is reported under; absent means what `sliceBy` says. */
  slice: z.string().min(1).max(100).optional(),
  /** The texts of its choices, in order from A, for `choice_letter`. */
  choices: z.array(z.string().min(1).max(2_000)).min(2).max(26).optional(),
});
export type Sample = z.infer<typeof Sample>;

/** `accuracy` is the mean of the first scorer's score over the scored samples. */
export const Metric = z.enum(['accuracy']);
export type Metric = z.infer<typeof Metric>;

/**
 * What an evaluation asks and how it judges the answers: dataset, prompt and scorers.
 * Parsing it also finds ids used twice, variables that a sample lacks and targets that a scorer cannot read.
 */
export const SuiteDefinition = z
  .strictObject({
    name: SuiteName,
    description: z.string().max(2_000).optional(),
    dataset: z.strictObject({ samples: z.array(Sample).min(1).max(MAX_SAMPLES) }),
    /** A template: `{{name}}` stands for the input variable of that name. */
    prompt: z.string().min(1).max(100_000).default('{{prompt}}'),
    system: z.string().max(100_000).optional(),
    scorers: z.array(ScorerSpec).min(1).max(10),
    metric: Metric.default('accuracy'),
    /** The input variable whose value is the slice of a sample that names none. */
    sliceBy: z.string().min(1).max(64).optional(),
    maxOutputTokens: z.int().min(1).max(1_000_000).default(64),
    temperature: z.number().min(0).max(2).default(0),
    /** Drop everything through the last `</think>` before scoring; recorded with the result. */
    stripReasoning: z.boolean().default(false),
  })
  .superRefine((suite, context) => {
    for (const { path, message } of suiteFaults(suite)) context.addIssue({ code: 'custom', path: [...path], message });
  });
export type SuiteDefinition = z.infer<typeof SuiteDefinition>;

/** The slice that a sample is reported under; null when it has none. */
export const sliceOf = (suite: Pick<SuiteDefinition, 'sliceBy'>, sample: Pick<Sample, 'slice' | 'input'>): string | null => {
  if (sample.slice !== undefined) return sample.slice;
  if (suite.sliceBy === undefined || !Object.hasOwn(sample.input, suite.sliceBy)) return null;
  return sample.input[suite.sliceBy] || null;
};
