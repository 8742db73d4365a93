import type { FileStore, JobStore, StoredBatch, StoredJob } from '@weighbridge/inference-data';
import { batchFileOf, batchOutputLine } from '@weighbridge/inference-domain';
import type { BatchLineResult } from '@weighbridge/inference-domain';
import { httpStatus } from '@weighbridge/shared-adapters/http';
import { newId } from '@weighbridge/shared-adapters/ids';
import { AppError, isErrorCode } from '@weighbridge/shared-domain';
import type { FileId } from '@weighbridge/shared-domain';
import { openAiErrorBody } from '../openai-errors.ts';
import { openFileWriter } from './file-writer.ts';
import type { FileWriter } from './file-writer.ts';

export interface WriteResultsDeps {
  readonly files: FileStore;
  readonly store: Pick<JobStore, 'listFinishedByPosition'>;
  readonly now: () => Date;
  /** Called between pieces; false: another one advances the batch now. */
  readonly keepLease: () => Promise<boolean>;
}

export interface WrittenResults {
  /** Null: it would have no lines. */
  readonly outputFileId: FileId | null;
  readonly errorFileId: FileId | null;
}

const pieceSize = 200;
const lifeMs = 30 * 24 * 3_600_000;

/** Writes what became of each line, in the order of the input, to an output and an error file. Null when the lease was lost on the way. */
export async function writeResults(deps: WriteResultsDeps, batch: StoredBatch): Promise<WrittenResults | null> {
  const writers: { output: FileWriter | null; error: FileWriter | null } = { output: null, error: null };
  const open = (which: 'output' | 'error') => openFileWriter(deps.files, { id: newId('file'), projectId: batch.projectId, filename: `${batch.id}_${which}.jsonl` });
  try {
    for (let after = 0; ; ) {
      const jobs = await deps.store.listFinishedByPosition(batch.id, after, pieceSize);
      for (const job of jobs) {
        const result = lineResult(job);
        const which = batchFileOf(result);
        const writer = (writers[which] ??= await open(which));
        await writer.write(`${batchOutputLine(`batch_req_${job.id.slice('job_'.length)}`, customIdOf(job), result)}\n`);
      }
      after = jobs.at(-1)?.position ?? after;
      if (jobs.length < pieceSize) break;
      if (!(await deps.keepLease())) {
        await discard(writers);
        return null;
      }
    }
    const completion = { purpose: 'batch_output', expiresAt: new Date(deps.now().getTime() + lifeMs) };
    const [output, error] = [await writers.output?.complete(completion), await writers.error?.complete(completion)];
    return { outputFileId: output?.id ?? null, errorFileId: error?.id ?? null };
  } catch (error) {
    await discard(writers).catch(() => undefined);
    throw error;
  }
}

const discard = async ({ output, error }: { output: FileWriter | null; error: FileWriter | null }) => void (await Promise.all([output?.discard(), error?.discard()]));

/** The error of a line, with what only lines have; `extensions` of a refusal are the reasons of its decision. */
interface StoredLineError {
  readonly code: string;
  readonly message: string;
  readonly line?: number;
  readonly param?: string | null;
  readonly reason?: string;
  readonly customId?: string | null;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

const customIdOf = (job: StoredJob): string | null => job.clientKey ?? (job.error as StoredLineError | null)?.customId ?? null;

function lineResult(job: StoredJob): BatchLineResult {
  if (job.status === 'succeeded') return { kind: 'response', statusCode: 200, requestId: job.id, body: job.output };
  if (job.status === 'expired') return { kind: 'not_run', code: 'batch_expired', message: 'This request was not executed before the batch expired.' };
  if (job.status === 'cancelled') return { kind: 'not_run', code: 'batch_cancelled', message: 'The batch was cancelled before this request was executed.' };
  const stored = job.error as StoredLineError | null;
  const code = isErrorCode(stored?.code) ? stored.code : 'service.internal';
  const error = openAiErrorBody(new AppError(code, 'batch line', { ...(stored === null ? {} : { detail: stored.message }), extensions: stored?.extensions ?? {} }));
  const ofLine = stored?.line === undefined ? {} : { line: stored.line, param: stored.param ?? null, code: stored.reason };
  return { kind: 'response', statusCode: httpStatus[code], requestId: job.id, body: { error: { ...error, ...ofLine } } };
}
