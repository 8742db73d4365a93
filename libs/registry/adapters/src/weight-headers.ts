import { GgufError, SafetensorsError, ggufFacts, ggufLimits, parseSafetensorsHeader, readGgufHeader, safetensorsHeaderBytes } from '@weighbridge/registry-domain';
import type { GgufFacts, GgufHeader, SafetensorsHeader } from '@weighbridge/registry-domain';
import { unreadable } from './publication.ts';
import type { PublishedFile } from './publication.ts';

/** Headers of most shards fit, so one read is enough for them; those of small GGUF files as well. */
const firstReadBytes = 256 * 1024;

/**
 * The header of a safetensors file, without its tensors. Throws `artifact.unreadable` with the name of the file and what is wrong: a length that is
 * absurd or beyond the end of the file, offsets that overlap or leave holes, sizes that do not match shapes.
 */
export async function readSafetensorsHeader(file: PublishedFile): Promise<SafetensorsHeader> {
  try {
    let start = await file.head(Math.min(firstReadBytes, file.bytes));
    const length = safetensorsHeaderBytes(start);
    if (length > file.bytes) throw new SafetensorsError(`it claims a header of ${length} bytes and has only ${file.bytes}`);
    if (start.byteLength < length) start = await file.head(length);
    if (start.byteLength < length) throw new SafetensorsError(`it claims a header of ${length} bytes and has only ${start.byteLength}`);
    const header = parseSafetensorsHeader(start.subarray(0, length));
    if (header.fileBytes !== file.bytes) throw new SafetensorsError(`its header speaks of ${header.fileBytes} bytes and it has ${file.bytes}`);
    return header;
  } catch (error) {
    if (error instanceof SafetensorsError) throw unreadable(file.name, error.message, error);
    throw error;
  }
}

/** The header of a GGUF file: more and more of its beginning is read until it is complete; at least doubling, so that a long one is not parsed over and over. */
export async function readGgufFile(file: PublishedFile): Promise<GgufHeader> {
  let length = Math.min(firstReadBytes, file.bytes);
  for (;;) {
    const start = await file.head(length);
    const step = parse(start, file.name);
    if (step.kind === 'header') return step.header;
    if (step.bytes > file.bytes || start.byteLength < length) throw unreadable(file.name, `truncated: the header needs at least ${step.bytes} bytes, and the file has only ${Math.min(file.bytes, start.byteLength)}`);
    length = Math.min(Math.max(step.bytes, length * 4), file.bytes, ggufLimits.headerBytes);
  }
}

/** What a header says of the model. Throws `artifact.unreadable` for sizes that no model has. */
export const factsOf = (header: GgufHeader, name: string): GgufFacts => orUnreadable(name, () => ggufFacts(header));

const parse = (bytes: Uint8Array, name: string): ReturnType<typeof readGgufHeader> => orUnreadable(name, () => readGgufHeader(bytes));

function orUnreadable<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof GgufError) throw unreadable(name, error.message, error);
    throw error;
  }
}
