import { sliceOf } from '@weighbridge/evaluation-domain';
import type { SuiteDefinition } from '@weighbridge/evaluation-domain';
import type { FieldFault } from '@weighbridge/shared-domain';

/** Longest prompt that a sample may make, in characters: a template may name a long variable thousands of times. */
const maxPromptLength = 2_000_000;

/** PostgreSQL's `text` holds neither U+0000 nor half a surrogate pair, and ids and slices are looked up by it. */
const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

/** What the definition allows and this service cannot run or store. At most one fault of each kind: the first. */
export function storageFaults(suite: SuiteDefinition): FieldFault[] {
  const faults: FieldFault[] = [];
  const placeholders = suite.prompt.split('{{').length - 1;
  const { samples } = suite.dataset;
  const pointer = (index: number, field: string) => `/body/dataset/samples/${index}/${field}`;

  const badId = samples.findIndex(({ id }) => !isStorable(id));
  if (badId >= 0) faults.push({ pointer: pointer(badId, 'id'), message: 'may not contain U+0000 or half a surrogate pair' });
  const badSlice = samples.findIndex((sample) => !isStorable(sliceOf(suite, sample) ?? ''));
  if (badSlice >= 0) faults.push({ pointer: pointer(badSlice, 'slice'), message: 'may not contain U+0000 or half a surrogate pair' });
  const long = samples.findIndex(({ input }) => suite.prompt.length + placeholders * Math.max(0, ...Object.values(input).map(({ length }) => length)) > maxPromptLength);
  if (long >= 0) faults.push({ pointer: pointer(long, 'input'), message: `with this template the prompt could have more than ${maxPromptLength} characters` });
  return faults;
}
