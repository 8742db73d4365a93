import { z } from 'zod';
import { MAX_SAMPLES, Sample } from './suite.ts';

export interface LineFault {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

export interface SamplesFromJsonl {
  /** Of the lines that can be read; use them only when there is no error: a bad line rejects the import. */
  readonly samples: Sample[];
  /** In the order of the lines; at most {@link MAX_LINE_FAULTS}. */
  readonly errors: LineFault[];
}

export const MAX_LINE_FAULTS = 100;

/** One line of a dataset: further text fields become input variables too. */
const Line = z
  .object({
    id: z.string(),
    family: z.string().optional(),
    prompt: z.string(),
    answer: z.union([z.string(), z.array(z.string())]),
  })
  .catchall(z.string());

const describeIssues = (error: z.ZodError): string =>
  error.issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`)).join('; ');

function readLine(text: string): Sample | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return text.trim() === '' ? 'the line is blank' : 'the line is not valid JSON';
  }
  const line = Line.safeParse(json);
  if (!line.success) return describeIssues(line.error);
  const { id, answer, family, ...rest } = line.data;
  const input = { ...rest, ...(family === undefined ? {} : { family }) } as Record<string, string>;
  const sample = Sample.safeParse({ id, input, target: answer, ...(family === undefined ? {} : { slice: family }) });
  return sample.success ? sample.data : describeIssues(sample.error);
}

/**
 * Reads JSON Lines of `{id, family?, prompt, answer}`: the family becomes the slice, the answer the target, and every text field but id and answer an
 * input variable. A byte order mark and one line end at the end are allowed; a blank line, an id used twice and too many lines are errors.
 */
export function samplesFromJsonl(text: string): SamplesFromJsonl {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  const samples: Sample[] = [];
  const errors: LineFault[] = [];
  const lineOfId = new Map<string, number>();
  if (lines.length === 0) errors.push({ line: 1, message: 'there is no sample' });
  if (lines.length > MAX_SAMPLES) errors.push({ line: MAX_SAMPLES + 1, message: `a suite has at most ${MAX_SAMPLES} samples, not ${lines.length}` });

  for (const [index, lineText] of lines.slice(0, MAX_SAMPLES).entries()) {
    if (errors.length >= MAX_LINE_FAULTS) break;
    const line = index + 1;
    const sample = readLine(lineText);
    if (typeof sample === 'string') {
      errors.push({ line, message: sample });
      continue;
    }
    const twin = lineOfId.get(sample.id);
    if (twin !== undefined) {
      errors.push({ line, message: `the id ${JSON.stringify(sample.id)} is used on line ${twin} already` });
      continue;
    }
    lineOfId.set(sample.id, line);
    samples.push(sample);
  }
  return { samples, errors: errors.sort((a, b) => a.line - b.line) };
}
