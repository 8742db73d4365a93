import { readdir, stat } from 'node:fs/promises';
import { posix } from 'node:path';
import type { Artifact, ImportDraft } from '@weighbridge/registry-contracts';
import { huggingFaceFacts } from '@weighbridge/registry-domain';
import { z } from 'zod';
import { declaredLicense } from './declared-license.ts';
import { digestFile } from './digest-file.ts';
import { DraftNotes, baseModelOf, modelNameFrom } from './draft.ts';
import { parseFrontMatter } from './front-matter.ts';
import { readStart, resolveImportPlace, unreadable, withImportFile } from './import-file.ts';
import type { ImportPlace } from './import-file.ts';
import { readSafetensors } from './safetensors-file.ts';

export type { ImportPlace } from './import-file.ts';

const maxEntries = 2_000;
const maxConfigBytes = 1024 * 1024;
const maxReadmeBytes = 1024 * 1024;
const maxLicenseBytes = 1_000_000;
const maxIndexBytes = 32 * 1024 * 1024;

/** Weights only; `.bin`, `.pt` and `.pth` are pickles. */
const weightFile = /\.(safetensors|gguf|bin|pt|pth)$/i;
/** `LICENSE-CODE` and its like speak of code beside the weights. */
const licenseFile = /^(licen[cs]e|copying)([._-](?!code).*)?$/i;

/**
 * Reads a folder laid out like a Hugging Face repository, inside the import folder: config.json, the front matter of README.md, LICENSE files,
 * model.safetensors.index.json, the headers and digests of the weights. Nothing is registered, and a part that cannot be read becomes a finding.
 * Throws AppError `request.invalid` for a path that leads out of the import folder and `artifact.unreadable` for what is missing or no such folder.
 */
export async function importHuggingFace(place: ImportPlace): Promise<ImportDraft> {
  const folder = await resolveImportPlace(place);
  const files = await listFiles(folder, place.path);
  if (!files.includes('config.json') && !files.some((name) => weightFile.test(name)))
    throw unreadable(place.path, 'this folder has neither a config.json nor weights, so it is no model repository');

  const notes = new DraftNotes();
  const source: Folder = { place, files, notes };
  const configJson = await readJson(source, 'config.json', maxConfigBytes);
  const { frontMatter, fault } = parseFrontMatter((await readText(source, 'README.md', maxReadmeBytes)) ?? '');
  if (fault !== null) notes.found(fault);
  const facts = huggingFaceFacts({ configJson, readmeFrontMatter: frontMatter });
  for (const finding of facts.findings) notes.found(finding);
  notes.read('license', facts.licenseTag, 'README.md: license');
  notes.read('licenseName', facts.licenseName, 'README.md: license_name');
  notes.read('licenseLink', facts.licenseLink, 'README.md: license_link');
  notes.read('architecture.modelType', facts.architecture.modelType, 'config.json: model_type');
  notes.read('architecture.contextLength', facts.architecture.contextLength, 'config.json: max_position_embeddings');

  const relation = facts.baseModelRelation ?? (files.includes('adapter_config.json') ? 'adapter' : facts.baseModels.length > 1 ? 'merge' : 'finetune');
  if (facts.baseModels.length > 0 && facts.baseModelRelation === null) notes.found(`README.md does not say how the model came from its base: taken as ${relation}.`);
  const baseModels = facts.baseModels.map((base) => baseModelOf(base, null, relation, notes, 'README.md: base_model'));

  const texts: { fileName: string; text: string }[] = [];
  for (const fileName of files.filter((name) => licenseFile.test(name)).slice(0, 10)) {
    const text = await readText(source, fileName, maxLicenseBytes);
    if (text !== null) texts.push({ fileName, text });
  }
  const license = declaredLicense({ tag: facts.licenseTag, name: facts.licenseName, link: facts.licenseLink, texts }, notes);
  const { artifacts, parameters } = await readWeights(source);
  notes.read('architecture.parametersTotal', parameters, 'safetensors headers');
  return {
    suggestedModel: modelNameFrom(place.path.split('/').filter((part) => part !== '' && part !== '.').at(-1) ?? ''),
    version: {
      version: null,
      releasedOn: null,
      license: license.declared,
      baseModels: baseModels.slice(0, 50),
      multimodal: facts.multimodal,
      conflictingLicenses: license.conflicting,
      architecture: { ...facts.architecture, parametersTotal: parameters, parametersActive: facts.architecture.family === 'dense' ? parameters : null },
      artifacts,
      sources: [],
      provenance: notes.provenance,
    },
    licenseId: license.id,
    findings: notes.findings,
  };
}

interface Folder {
  readonly place: ImportPlace;
  /** Names of the files and links directly inside. */
  readonly files: readonly string[];
  readonly notes: DraftNotes;
}

async function listFiles(folder: string, path: string): Promise<string[]> {
  if (!(await stat(folder)).isDirectory()) throw unreadable(path, 'this is a file, and a folder is needed');
  const entries = await readdir(folder, { withFileTypes: true });
  if (entries.length > maxEntries) throw unreadable(path, `the folder has ${entries.length} entries, and ${maxEntries} is the most that is read`);
  return entries
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map((entry) => entry.name)
    .toSorted();
}

/** A file of the folder, its links followed only as far as the import folder reaches (downloads keep their files as links). Null when it is not there. */
async function withFileOf<T>({ place, files }: Folder, name: string, use: Parameters<typeof withImportFile<T>>[2]): Promise<T | null> {
  if (!files.includes(name)) return null;
  const path = posix.join(place.path, name);
  return withImportFile(await resolveImportPlace({ root: place.root, path }), path, use);
}

async function readText(source: Folder, name: string, maxBytes: number): Promise<string | null> {
  return withFileOf(source, name, async (file, bytes) => {
    if (bytes > maxBytes) source.notes.found(`${name} is larger than ${maxBytes} bytes: only its beginning was read.`);
    return new TextDecoder().decode(await readStart(file, Math.min(bytes, maxBytes)));
  });
}

/** Undefined when the file is missing, too large or no JSON; the last two are found. */
async function readJson(source: Folder, name: string, maxBytes: number): Promise<unknown> {
  return (
    (await withFileOf(source, name, async (file, bytes) => {
      if (bytes > maxBytes) {
        source.notes.found(`${name} is larger than ${maxBytes} bytes and was not read.`);
        return undefined;
      }
      try {
        return JSON.parse(new TextDecoder().decode(await readStart(file, bytes))) as unknown;
      } catch {
        source.notes.found(`${name} is not valid JSON.`);
        return undefined;
      }
    })) ?? undefined
  );
}

const SafetensorsIndex = z.object({ metadata: z.object({ total_size: z.number().optional() }).optional(), weight_map: z.record(z.string(), z.string()) });

async function readWeights(source: Folder): Promise<{ artifacts: Artifact[]; parameters: number | null }> {
  const names = source.files.filter((name) => weightFile.test(name));
  if (names.some((name) => /\.(bin|pt|pth)$/i.test(name))) source.notes.found('Some weights are Python pickles, which can run code when they are loaded: prefer safetensors.');
  const artifacts: Artifact[] = [];
  let parameters: number | null = 0;
  for (const fileName of names) {
    await withFileOf(source, fileName, async (file, fileBytes) => {
      const format = /\.safetensors$/i.test(fileName) ? 'safetensors' : /\.gguf$/i.test(fileName) ? 'gguf' : 'other';
      const counted = format === 'safetensors' ? await readSafetensors(file, fileBytes, source.notes, fileName) : null;
      parameters = parameters === null || counted === null ? null : parameters + counted;
      artifacts.push({ fileName, format, quantization: null, ...(await digestFile(file)) });
    });
  }
  await checkIndex(source, names);
  return { artifacts, parameters: parameters !== null && Number.isSafeInteger(parameters) && parameters > 0 ? parameters : null };
}

async function checkIndex(source: Folder, present: readonly string[]): Promise<void> {
  const json = await readJson(source, 'model.safetensors.index.json', maxIndexBytes);
  if (json === undefined) return;
  const index = SafetensorsIndex.safeParse(json);
  if (!index.success) {
    source.notes.found('model.safetensors.index.json has no map of weights.');
    return;
  }
  source.notes.read('artifacts.totalBytes', index.data.metadata?.total_size ?? null, 'model.safetensors.index.json: metadata.total_size');
  const missing = [...new Set(Object.values(index.data.weight_map))].filter((name) => !present.includes(name));
  if (missing.length > 0) source.notes.found(`model.safetensors.index.json names ${missing.length} files that are not there: ${missing.slice(0, 3).join(', ').slice(0, 300)}.`);
}
