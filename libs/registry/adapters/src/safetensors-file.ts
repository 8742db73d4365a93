import type { FileHandle } from 'node:fs/promises';
import { SafetensorsError, parseSafetensorsHeader, safetensorsHeaderBytes, safetensorsParameters } from '@weighbridge/registry-domain';
import type { DraftNotes } from './draft.ts';
import { readStart } from './import-file.ts';

/** Counts the weights of a safetensors file from its header. Null, and a finding, when the header cannot be read or the file has another length than it says. */
export async function readSafetensors(file: FileHandle, fileBytes: number, notes: DraftNotes, fileName: string): Promise<number | null> {
  try {
    const length = safetensorsHeaderBytes(await readStart(file, Math.min(8, fileBytes)));
    if (length > fileBytes) throw new SafetensorsError(`it claims a header of ${length} bytes and has only ${fileBytes}`);
    const header = parseSafetensorsHeader(await readStart(file, length));
    if (header.fileBytes !== fileBytes) throw new SafetensorsError(`its header speaks of ${header.fileBytes} bytes and it has ${fileBytes}`);
    return safetensorsParameters(header);
  } catch (error) {
    if (!(error instanceof SafetensorsError)) throw error;
    notes.found(`${fileName}: ${error.message}.`);
    return null;
  }
}
