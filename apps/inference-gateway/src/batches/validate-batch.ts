import type { BatchObject } from '@weighbridge/inference-contracts';
import type { BatchStore, FileStore, JobStore, NewStoredJob, StoredBatch } from '@weighbridge/inference-data';
import { parseBatchLine } from '@weighbridge/inference-domain';
import type { BatchLineError } from '@weighbridge/inference-domain';
import { newId } from '@weighbridge/shared-adapters/ids';
import { ModelReference, Tags } from '@weighbridge/shared-domain';
import type { BatchId } from '@weighbridge/shared-domain';
import { splitLines } from './split-lines.ts';
import type { NumberedLine } from './split-lines.ts';

export interface ValidateBatchDeps {
  readonly files: Pick<FileStore, 'findFile' | 'readFile'>;
  readonly store: Pick<JobStore, 'insertJobs'>;
  readonly batches: Pick<BatchStore, 'moveBatch'>;
  /** Called between pieces; false: another one advances the batch now. */
  readonly keepLease: () => Promise<boolean>;
  /** Ends the lines of a batch that failed. */
  readonly endLines: (id: BatchId) => Promise<unknown>;
}

/** What is stored as the error of a line that could not be read. */
export interface BrokenLine {
  readonly code: 'request.invalid';
  readonly message: string;
  readonly line: number;
  readonly param: string | null;
  readonly reason: string;
  readonly customId: string | null;
}

const endpoint = '/v1/chat/completions';
const pieceSize = 500;
const mostLines = 1_000_000;
const maxLineBytes = 4_194_304;
/** How many errors a failed batch shows; all of them are in its lines. */
const mostErrors = 100;
/** Stands for the model of a line that could not be read. */
const unreadable = 'unreadable';

/**
 * Reads the input file line by line and stores each line as a job: good ones wait for admission, broken ones carry their error and end with it.
 * A batch without one good line fails. May run again after a crash: lines that are stored are skipped by their position.
 */
export async function validateBatch(deps: ValidateBatchDeps, batch: StoredBatch): Promise<void> {
  const file = await deps.files.findFile(batch.inputFileId, batch.projectId);
  if (file === null) return fail(deps, batch, [{ code: 'file_not_found', message: 'The input file was deleted.', param: 'input_file_id', line: null }]);
  const errors: BatchErrors = [];
  let [good, lines] = [0, 0];
  let piece: NewStoredJob[] = [];
  for await (const line of splitLines(deps.files.readFile(file.id), maxLineBytes)) {
    lines += 1;
    if (lines > mostLines) return fail(deps, batch, [{ code: 'too_many_requests', message: `A batch may have at most ${mostLines} lines.`, param: null, line: line.number }]);
    const job = jobOfLine(batch, line);
    if (job.error === null) good += 1;
    else errors.push(errorOf(job.error as BrokenLine));
    if (errors.length > mostErrors) errors.length = mostErrors;
    piece.push(job);
    if (piece.length < pieceSize) continue;
    good -= await storePiece(deps, batch, piece);
    piece = [];
    if (!(await deps.keepLease())) return;
  }
  good -= await storePiece(deps, batch, piece);
  if (lines === 0) return fail(deps, batch, [{ code: 'empty_file', message: 'The input file has no lines.', param: 'input_file_id', line: null }]);
  if (good === 0) return fail(deps, batch, errors);
  await deps.batches.moveBatch({ id: batch.id, from: ['validating'], to: 'in_progress' });
}

type BatchErrors = NonNullable<BatchObject['errors']>['data'];

const fail = async (deps: ValidateBatchDeps, batch: StoredBatch, data: BatchErrors) => {
  await deps.batches.moveBatch({ id: batch.id, from: ['validating'], to: 'failed', errors: { object: 'list', data } });
  await deps.endLines(batch.id);
};

const errorOf = ({ reason, message, param, line }: BrokenLine): BatchErrors[number] => ({ code: reason, message, param, line });

/** Stores the lines and returns how many of the good ones were not: their custom_id occurred before, so they are broken. */
async function storePiece(deps: ValidateBatchDeps, batch: StoredBatch, piece: readonly NewStoredJob[]): Promise<number> {
  const stored = await deps.store.insertJobs(piece);
  const left = piece.filter(({ id, error }) => !stored.has(id) && error === null);
  // A line that is there from an earlier try is found by its position, and stays as it is.
  const repeated = await deps.store.insertJobs(
    left.map((job) => {
      const message = 'This custom_id occurs on an earlier line.';
      return brokenJob(batch, { code: 'duplicate_custom_id', message, param: 'custom_id', line: job.position ?? 0 }, job.clientKey);
    }),
  );
  return repeated.size;
}

function jobOfLine(batch: StoredBatch, { number, text }: NumberedLine): NewStoredJob {
  if (text === null) return brokenJob(batch, { code: 'invalid_request', message: `This line is longer than ${maxLineBytes} bytes.`, param: null, line: number }, null);
  const parsed = parseBatchLine(text, number, endpoint);
  if (!parsed.ok) return brokenJob(batch, parsed.error, customIdOf(text));
  const { customId, body } = parsed.line;
  const model = ModelReference.safeParse(body.model);
  if (!model.success) return brokenJob(batch, { code: 'invalid_request', message: 'The model must be a reference like "name", "name@version" or "name:alias".', param: 'body.model', line: number }, customId);
  const tags = Tags.safeParse('metadata' in body ? (body.metadata ?? {}) : {});
  return { ...jobBase(batch, number), clientKey: customId, modelReference: model.data, request: body, error: null, tags: tags.success ? tags.data : {} };
}

const brokenJob = (batch: StoredBatch, { code, message, param, line }: BatchLineError, customId: string | null): NewStoredJob => {
  const error: BrokenLine = { code: 'request.invalid', message, line, param, reason: code, customId };
  return { ...jobBase(batch, line), clientKey: null, modelReference: unreadable, request: null, error, tags: {} };
};

const jobBase = (batch: StoredBatch, position: number) => ({
  id: newId('job'),
  projectId: batch.projectId,
  keyId: batch.keyId,
  useCaseId: batch.useCaseId,
  lane: 'batch' as const,
  groupId: batch.id,
  position,
  ticket: null,
  pool: null,
  expiresAt: batch.expiresAt,
});

/** Of a line that is JSON but no valid request, so that its error can be matched. */
function customIdOf(text: string): string | null {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && 'custom_id' in json && typeof json.custom_id === 'string' ? json.custom_id.slice(0, 512) : null;
  } catch {
    return null;
  }
}
