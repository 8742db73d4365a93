import { z } from 'zod';

/** A score as a model card states it. Percent or fraction: the format does not say, so the value stays as it stands. */
export interface PublishedScore {
  readonly benchmark: string;
  readonly metric: string;
  readonly value: number;
  readonly task: string | null;
  readonly split: string | null;
  /** Who measured, where the card names somebody. */
  readonly evaluatedBy: string | null;
  readonly url: string | null;
}

const maxScores = 500;
const text = z.string().trim().min(1).max(300);
const orNull = <T extends z.ZodType>(schema: T) => schema.nullish().catch(null);
const Source = orNull(z.looseObject({ name: orNull(text), url: orNull(z.url({ protocol: /^https?$/ })) }));

const Metric = z.looseObject({ type: text, value: z.number(), name: orNull(text) });
const Result = z.looseObject({
  task: orNull(z.looseObject({ type: orNull(text), name: orNull(text) })),
  dataset: z.looseObject({ type: orNull(text), name: orNull(text), split: orNull(text) }),
  metrics: z.array(z.unknown()).max(1_000),
  source: Source,
});
const Model = z.looseObject({ results: z.array(z.unknown()).max(1_000) });

/** Scores of the `model-index` of a model card (Hugging Face's metadata format). What is malformed is left out, and said. */
export function modelIndexScores(modelIndex: unknown): { scores: PublishedScore[]; faults: string[] } {
  if (modelIndex === undefined || modelIndex === null) return { scores: [], faults: [] };
  const models = z.array(Model).max(100).safeParse(modelIndex);
  if (!models.success) return { scores: [], faults: ['README.md: model-index is no list of models with results.'] };
  const scores: PublishedScore[] = [];
  let unread = 0;
  for (const given of models.data.flatMap(({ results }) => results)) {
    const result = Result.safeParse(given);
    if (!result.success) {
      unread += 1;
      continue;
    }
    const { task, dataset, metrics, source } = result.data;
    for (const each of metrics) {
      const metric = Metric.safeParse(each);
      const benchmark = dataset.name ?? dataset.type ?? null;
      if (!metric.success || benchmark === null) unread += 1;
      else scores.push({ benchmark, metric: (metric.data.name ?? metric.data.type).slice(0, 200), value: metric.data.value, task: (task?.name ?? task?.type ?? null)?.slice(0, 200) ?? null, split: dataset.split?.slice(0, 200) ?? null, evaluatedBy: source?.name ?? null, url: source?.url ?? null });
    }
  }
  return finish(scores, unread, 'README.md: model-index');
}

const EvaluationResult = z.looseObject({ dataset: z.looseObject({ id: text, task_id: orNull(text) }), value: z.number(), source: Source });

/** Scores of one file in `.eval_results/`, the newer format. */
export function evalResultScores(list: unknown, fileName: string): { scores: PublishedScore[]; faults: string[] } {
  const entries = z.array(z.unknown()).max(1_000).safeParse(list);
  if (!entries.success) return { scores: [], faults: [`${fileName} is no list of results.`] };
  const results = entries.data.flatMap((entry) => EvaluationResult.safeParse(entry).data ?? []);
  const scores = results.map(({ dataset, value, source }) => ({ benchmark: dataset.id, metric: (dataset.task_id ?? 'score').slice(0, 200), value, task: dataset.task_id?.slice(0, 200) ?? null, split: null, evaluatedBy: source?.name ?? null, url: source?.url ?? null }));
  return finish(scores, entries.data.length - results.length, fileName);
}

function finish(scores: PublishedScore[], unread: number, where: string): { scores: PublishedScore[]; faults: string[] } {
  const faults = unread === 0 ? [] : [`${where}: ${unread} of its scores cannot be read.`];
  return scores.length <= maxScores ? { scores, faults } : { scores: scores.slice(0, maxScores), faults: [...faults, `${where}: only the first ${maxScores} of ${scores.length} scores were read.`] };
}
