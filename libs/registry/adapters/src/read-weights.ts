import type { Artifact } from '@weighbridge/registry-contracts';
import { safetensorsParameters } from '@weighbridge/registry-domain';
import type { SafetensorsHeader } from '@weighbridge/registry-domain';
import { z } from 'zod';
import type { DraftNotes } from './draft.ts';
import { mapLimited, readJsonFile, textLimits } from './publication.ts';
import type { Publication, PublishedFile } from './publication.ts';
import { readSafetensorsHeader } from './weight-headers.ts';

/** Weights only; `.bin`, `.pt` and `.pth` are pickles. */
export const weightFile = /\.(safetensors|gguf|bin|pt|pth)$/i;
const pickle = /\.(bin|pt|pth)$/i;
const atOnce = 8;
const indexName = 'model.safetensors.index.json';

export interface TensorPlace {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly fileName: string;
}

export interface ReadWeights {
  readonly artifacts: Artifact[];
  /** Counted in the headers; null: there are none. */
  readonly parameters: number | null;
  readonly tensors: readonly TensorPlace[];
}

export interface ShardHeader {
  readonly file: PublishedFile;
  readonly header: SafetensorsHeader;
}

/** The headers of all shards, a few at a time, without their tensors. */
export const readShardHeaders = (files: readonly PublishedFile[]): Promise<ShardHeader[]> => mapLimited(files, atOnce, async (file) => ({ file, header: await readSafetensorsHeader(file) }));

/** Reads the safetensors headers at the head of a repository and checks them against the index; pickles are digested, and never opened. GGUF files are not among them. */
export async function readWeights(repository: Publication, notes: DraftNotes): Promise<ReadWeights> {
  const names = [...repository.files.keys()].filter((name) => weightFile.test(name) && !/\.gguf$/i.test(name));
  const atHead = names.filter((name) => !name.includes('/'));
  const elsewhere = names.length - atHead.length;
  if (elsewhere > 0) notes.found(`${elsewhere} weight files in other folders (${names.find((name) => name.includes('/'))?.slice(0, 100)}, …) were not read: they are no part of what is loaded from the head of the repository.`, 'info', [names.find((name) => name.includes('/')) ?? '']);
  const pickles = atHead.filter((name) => pickle.test(name));
  if (pickles.length > 0) notes.found('Some weights are Python pickles, which can run code when they are loaded: prefer safetensors.', 'warning', pickles.slice(0, 3));
  const shards = await readShardHeaders(fileList(repository, atHead.filter((name) => /\.safetensors$/i.test(name))));
  const artifacts = (await mapLimited(atHead, 2, (name) => artifactOf(repository, name, notes))).filter((artifact) => artifact !== null);
  const total = shards.reduce((sum, { header }) => sum + safetensorsParameters(header), 0);
  const tensors = shards.flatMap(({ file, header }) => header.tensors.map((tensor) => ({ ...tensor, fileName: file.name })));
  refuseNothingTwice(tensors, notes);
  await checkIndex(repository, shards, notes);
  return { artifacts, parameters: Number.isSafeInteger(total) && total > 0 ? total : null, tensors };
}

const fileList = ({ files }: Publication, names: readonly string[]): PublishedFile[] => names.flatMap((name) => files.get(name) ?? []);

async function artifactOf(repository: Publication, name: string, notes: DraftNotes): Promise<Artifact | null> {
  const file = repository.files.get(name);
  if (file === undefined) return null;
  const sha256 = await file.digest();
  if (sha256 === null) {
    notes.found(`${file.name}: nobody states its SHA-256, so it is not in the draft as an artifact.`, 'error', [file.name]);
    return null;
  }
  notes.read(`artifacts.${name}.sha256`, sha256, repository.digestsFrom);
  return { fileName: repository.artifactName(name), format: /\.safetensors$/i.test(name) ? 'safetensors' : 'other', bytes: file.bytes, sha256, quantization: null };
}

function refuseNothingTwice(tensors: readonly TensorPlace[], notes: DraftNotes): void {
  const first = new Map<string, string>();
  for (const { name, fileName } of tensors) {
    const other = first.get(name);
    if (other !== undefined && other !== fileName) {
      notes.found(`The tensor ${JSON.stringify(name.slice(0, 60))} is in ${other} and in ${fileName}: its parameters were counted twice.`, 'error', [other, fileName]);
      return;
    }
    first.set(name, fileName);
  }
}

const SafetensorsIndex = z.object({ metadata: z.looseObject({ total_size: z.number().nullish().catch(null) }).nullish().catch(null), weight_map: z.record(z.string().max(1_000), z.string().max(1_000)) });

/** The index against the files: every file there, every tensor in the file that it says, as many bytes as it says. */
async function checkIndex(repository: Publication, shards: readonly ShardHeader[], notes: DraftNotes): Promise<void> {
  const file = repository.files.get(indexName);
  if (file === undefined) return;
  const index = SafetensorsIndex.safeParse(await readJsonFile(file, textLimits.indexBytes));
  if (!index.success) {
    notes.found(`${file.name} has no map of weights.`, 'error', [`${file.name}: weight_map`]);
    return;
  }
  const { metadata, weight_map: map } = index.data;
  const totalSize = metadata?.total_size ?? null;
  notes.read('artifacts.totalBytes', totalSize, `${file.name}: metadata.total_size`);
  const missing = [...new Set(Object.values(map))].filter((name) => !repository.files.has(name));
  if (missing.length > 0) {
    notes.found(`${file.name} names ${missing.length} files that are not there: ${missing.slice(0, 3).join(', ').slice(0, 300)}.`, 'error', [`${file.name}: weight_map`]);
    return;
  }
  const inIndex = new Set(Object.values(map));
  const indexed = shards.filter(({ file: shard }) => inIndex.has(nameIn(repository, shard)));
  const places = new Map(indexed.flatMap(({ file: shard, header }) => header.tensors.map(({ name }) => [name, nameIn(repository, shard)] as const)));
  const misplaced = Object.entries(map).find(([tensor, name]) => places.get(tensor) !== name);
  if (misplaced !== undefined) notes.found(`${file.name} says that the tensor ${JSON.stringify(misplaced[0].slice(0, 60))} is in ${misplaced[1].slice(0, 100)}, and ${places.has(misplaced[0]) ? `it is in ${places.get(misplaced[0])}` : 'it is nowhere'}.`, 'error', [`${file.name}: weight_map`, misplaced[1]]);
  const unlisted = [...places.keys()].find((tensor) => !Object.hasOwn(map, tensor));
  if (unlisted !== undefined) notes.found(`The tensor ${JSON.stringify(unlisted.slice(0, 60))} is in ${places.get(unlisted)}, and not in ${file.name}.`, 'warning', [`${file.name}: weight_map`, places.get(unlisted) ?? '']);
  const bytes = indexed.reduce((sum, { header }) => sum + header.dataBytes, 0);
  if (totalSize !== null && misplaced === undefined && unlisted === undefined && bytes !== totalSize) notes.found(`${file.name} speaks of ${totalSize} bytes of weights, and the headers of ${bytes}.`, 'warning', [`${file.name}: metadata.total_size`, 'safetensors headers']);
}

/** The name of a file inside the repository, which may be a folder of the publication. */
function nameIn({ files }: Publication, wanted: PublishedFile): string {
  for (const [name, file] of files) if (file === wanted) return name;
  return wanted.name;
}
