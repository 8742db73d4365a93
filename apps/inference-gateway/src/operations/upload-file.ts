import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import busboy from 'busboy';
import type { FileStore, StoredFile } from '@weighbridge/inference-data';
import { newId } from '@weighbridge/shared-adapters/ids';
import { AppError } from '@weighbridge/shared-domain';
import type { ProjectId } from '@weighbridge/shared-domain';
import { openFileWriter } from '../batches/file-writer.ts';
import type { FileWriter } from '../batches/file-writer.ts';

export interface UploadFileDeps {
  readonly files: FileStore;
  readonly now: () => Date;
}

export interface UploadFileInput {
  readonly projectId: ProjectId;
  readonly request: IncomingMessage;
  readonly maxBytes: number;
}

const defaultLifeMs = 30 * 24 * 3_600_000;
const shortestLifeSeconds = 3_600;
const longestLifeSeconds = 2_592_000;

const invalid = (field: string, message: string) => new AppError('request.invalid', `upload: ${field} ${message}`, { detail: `${field}: ${message}.`, faults: [{ pointer: `/body/${field}`, message }] });

/**
 * Stores the file of a multipart form while it comes in: what is held in memory is one chunk. What breaks off, is too large or does not name the
 * purpose "batch" leaves nothing behind.
 */
export async function uploadFile({ files, now }: UploadFileDeps, { projectId, request, maxBytes }: UploadFileInput): Promise<StoredFile> {
  const fields = new Map<string, string>();
  let form: busboy.Busboy;
  try {
    form = busboy({ headers: request.headers, limits: { fileSize: maxBytes, files: 1, fields: 20, fieldSize: 1_000, parts: 30 }, defParamCharset: 'utf8' });
  } catch (cause) {
    throw new AppError('request.malformed', 'not a multipart form', { cause, detail: 'A file is uploaded as multipart/form-data with the fields "file" and "purpose".' });
  }
  let writing: Promise<FileWriter> | undefined;
  form.on('field', (name, value) => void fields.set(name, value));
  form.on('file', (name, stream, { filename }) => {
    if (name !== 'file' || writing !== undefined) {
      stream.resume();
      return;
    }
    stream.once('limit', () => form.destroy(new AppError('request.too_large', `file over ${maxBytes} bytes`, { detail: `A file may have at most ${maxBytes} bytes.` })));
    writing = store(files, { id: newId('file'), projectId, filename: storableName(filename) }, stream);
    // Awaited below, after the form has ended.
    writing.catch(() => form.destroy());
  });
  request.pipe(form);
  request.once('aborted', () => form.destroy(new Error('the client went away')));
  const formFault = await finished(form).then(
    () => undefined,
    (error: unknown) => error,
  );
  // Whatever still comes is thrown away, so that the refusal can be read.
  request.unpipe(form);
  request.resume();
  if (writing === undefined) throw formFault === undefined ? invalid('file', 'is missing') : malformed(formFault);
  const writer = await writing.catch((error: unknown) => {
    throw formFault instanceof AppError ? formFault : error;
  });
  try {
    if (formFault !== undefined) throw formFault instanceof AppError ? formFault : malformed(formFault);
    if (fields.get('purpose') !== 'batch') throw invalid('purpose', 'must be "batch"');
    return await writer.complete({ purpose: 'batch', expiresAt: expiryOf(fields, now()) });
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

/** As the client names it, as far as a text column takes it. */
const storableName = (filename: string): string => filename.replaceAll('\0', '').slice(0, 255).toWellFormed() || 'file.jsonl';

const malformed = (cause: unknown) => new AppError('request.malformed', 'the form could not be read', { cause, detail: 'The multipart form is not complete or not valid.' });

async function store(files: FileStore, file: Parameters<typeof openFileWriter>[1], stream: Readable): Promise<FileWriter> {
  const writer = await openFileWriter(files, file);
  try {
    for await (const chunk of stream) await writer.write(chunk as Buffer);
    return writer;
  } catch (error) {
    await writer.discard();
    throw error instanceof AppError ? error : malformed(error);
  }
}

/** `expires_after[seconds]`, counted from the creation; 30 days where absent, as batch files of OpenAI. */
function expiryOf(fields: ReadonlyMap<string, string>, now: Date): Date {
  const text = fields.get('expires_after[seconds]');
  if (text === undefined) return new Date(now.getTime() + defaultLifeMs);
  const seconds = Number(text);
  if (!Number.isInteger(seconds) || seconds < shortestLifeSeconds || seconds > longestLifeSeconds) {
    throw invalid('expires_after.seconds', `must be a whole number from ${shortestLifeSeconds} to ${longestLifeSeconds}`);
  }
  return new Date(now.getTime() + seconds * 1_000);
}
