import type { FileHandle } from 'node:fs/promises';
import { posix } from 'node:path';
import type { ImportDraft } from '@weighbridge/registry-contracts';
import { GgufError, ggufFacts, ggufLimits, readGgufHeader } from '@weighbridge/registry-domain';
import type { GgufFacts, GgufHeader } from '@weighbridge/registry-domain';
import { digestFile } from './digest-file.ts';
import { DraftNotes, baseModelOf, modelNameFrom, versionNameFrom } from './draft.ts';
import { readStart, resolveImportPlace, unreadable, withImportFile } from './import-file.ts';
import type { ImportPlace } from './import-file.ts';
import { declaredLicense } from './declared-license.ts';

export type { ImportPlace } from './import-file.ts';

/** Enough for the header of a small model; large ones have tokenizers of some megabytes. */
const firstReadBytes = 1024 * 1024;

/**
 * Reads a GGUF file inside the import folder and answers with a draft version: what the header says, where each field was read, and
 * the digest of the file. Nothing is registered. Throws AppError `request.invalid` for a path that leads out of the folder and
 * `artifact.unreadable` for what is missing, no file, no GGUF, or shorter than its header says.
 */
export async function importGguf(place: ImportPlace): Promise<ImportDraft> {
  const realFile = await resolveImportPlace(place);
  return withImportFile(realFile, place.path, async (file, fileBytes) => {
    const facts = ggufFacts(await readHeader(file, fileBytes, place.path));
    if (facts.fileBytes !== null && facts.fileBytes > BigInt(fileBytes))
      throw unreadable(place.path, `the file ends too early: it has ${fileBytes} bytes, and its tensors reach to byte ${facts.fileBytes}`);
    const digest = await digestFile(file);
    return draftOf(facts, { fileName: posix.normalize(place.path), ...digest });
  });
}

/** Reads more and more of the beginning until the header is complete; at least doubling, so that a long one is not parsed over and over. */
async function readHeader(file: FileHandle, fileBytes: number, path: string): Promise<GgufHeader> {
  let length = Math.min(firstReadBytes, fileBytes);
  for (;;) {
    const step = parse(await readStart(file, length), path);
    if (step.kind === 'header') return step.header;
    if (step.bytes > fileBytes) throw unreadable(path, `truncated: the header needs at least ${step.bytes} bytes, and the file has only ${fileBytes}`);
    length = Math.min(Math.max(step.bytes, length * 2), fileBytes, ggufLimits.headerBytes);
  }
}

function parse(bytes: Uint8Array, path: string): ReturnType<typeof readGgufHeader> {
  try {
    return readGgufHeader(bytes);
  } catch (error) {
    if (error instanceof GgufError) throw unreadable(path, error.message, error);
    throw error;
  }
}

function draftOf(facts: GgufFacts, file: { fileName: string; bytes: number; sha256: string }): ImportDraft {
  const notes = new DraftNotes();
  const read = (field: string, value: string | number | null, readFrom: string) => notes.read(field, value, readFrom);
  read('name', facts.name, 'gguf:general.name');
  read('version', facts.version, 'gguf:general.version');
  read('license', facts.licenseTag, 'gguf:general.license');
  read('licenseName', facts.licenseName, 'gguf:general.license.name');
  read('licenseLink', facts.licenseLink, 'gguf:general.license.link');
  read('architecture.modelType', facts.architecture.modelType, 'gguf:general.architecture');
  read('architecture.contextLength', facts.contextLength, `gguf:${facts.architecture.modelType ?? '*'}.context_length`);
  read('architecture.parametersTotal', facts.parameters, 'gguf:tensor infos');
  read('artifacts.quantization', facts.quantization, 'gguf:general.file_type');
  read('artifacts.sha256', file.sha256, 'file');
  const baseModels = facts.baseModels.map((base) => baseModelOf(base.repoUrl ?? [base.organization, base.name].filter((part) => part !== null).join('/'), base.version, 'finetune', notes, 'gguf:general.base_model'));

  if (baseModels.length > 0) notes.found('GGUF does not say how a model came from its base: taken as finetune, the strictest reading.');
  if (!facts.hasChatTemplate) notes.found('The file has no chat template: chat requests would not know how to address the model.');
  const part = /-(\d{5})-of-(\d{5})\.gguf$/i.exec(file.fileName);
  if (part !== null) notes.found(`This is part ${Number(part[1])} of ${Number(part[2])}; counts and sizes cover this part only.`);
  const license = declaredLicense({ tag: facts.licenseTag, name: facts.licenseName, link: facts.licenseLink, texts: [] }, notes);
  return {
    suggestedModel: modelNameFrom(facts.name ?? posix.basename(file.fileName).replace(/\.gguf$/i, '')),
    version: {
      version: versionNameFrom(facts.version),
      releasedOn: null,
      license: license.declared,
      baseModels,
      multimodal: null,
      conflictingLicenses: license.conflicting,
      architecture: facts.architecture,
      artifacts: [{ ...file, format: 'gguf', quantization: facts.quantization }],
      sources: [],
      provenance: notes.provenance,
    },
    licenseId: license.id,
    findings: notes.findings,
  };
}
