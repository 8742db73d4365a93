import type { Artifact } from '@weighbridge/registry-contracts';
import { PublicationError, looksLikeManifest, modelConfigFacts, ollamaBlobName, ollamaReference, readManifest, safetensorsParameters, undisclosedArchitecture } from '@weighbridge/registry-domain';
import type { ManifestLayer, ModelConfigFacts, ModelManifest } from '@weighbridge/registry-domain';
import { combineLicenses } from './combine-licenses.ts';
import type { LicenseStatement } from './combine-licenses.ts';
import { declaredLicense } from './declared-license.ts';
import { DraftNotes, baseModelOf } from './draft.ts';
import type { BaseModelDraft, ReadModel } from './draft.ts';
import { licensesOf } from './license-files.ts';
import { requirePlausible } from './plausible.ts';
import { readJsonFile, readText, textLimits, unreadable } from './publication.ts';
import type { Publication, PublishedFile } from './publication.ts';
import { ggufBaseModels, noteFacts } from './read-gguf.ts';
import type { GgufModel } from './read-gguf.ts';
import { factsOf, readGgufFile, readSafetensorsHeader } from './weight-headers.ts';

const roundedGap = 0.1;
const mostSmallLayer = 1_000_000;

/** The manifest of a publication, with the name of its file; null: it has none. Several without a word which: `artifact.unreadable`. */
export async function findManifest(publication: Publication): Promise<{ readonly name: string; readonly json: unknown } | null> {
  if (publication.focus !== null) return { name: publication.focus, json: await readJsonFile(requireFile(publication, publication.focus), textLimits.manifestBytes) };
  const names = [...publication.files.keys()];
  const ollama = names.filter((name) => ollamaReference(name) !== null);
  if (ollama.length > 1) throw unreadable(publication.name ?? 'the store', `it holds ${ollama.length} models; name the manifest of one of them: ${ollama.slice(0, 5).join(', ')}${ollama.length > 5 ? ', …' : ''}`);
  if (ollama[0] !== undefined) return { name: ollama[0], json: await readJsonFile(requireFile(publication, ollama[0]), textLimits.manifestBytes) };
  if (names.includes('index.json') && (names.includes('oci-layout') || names.some((name) => name.startsWith('blobs/sha256/')))) return throughIndex(publication);
  for (const name of names.filter((each) => /^(manifest(\.json)?|latest)$/i.test(each) || (names.length <= 3 && /\.json$/i.test(each)))) {
    const file = publication.files.get(name);
    if (file === undefined || file.bytes > textLimits.manifestBytes) continue;
    const json = await readJsonFile(file, textLimits.manifestBytes).catch(() => undefined);
    if (looksLikeManifest(json)) return { name, json };
  }
  return null;
}

/** An OCI image layout: its index names the manifests (image-spec, image-layout.md). */
async function throughIndex(publication: Publication): Promise<{ name: string; json: unknown }> {
  const index = await readJsonFile(requireFile(publication, 'index.json'), textLimits.manifestBytes);
  const manifests = typeof index === 'object' && index !== null && 'manifests' in index && Array.isArray(index.manifests) ? (index.manifests as unknown[]) : [];
  const digests = manifests.flatMap((entry) => (typeof entry === 'object' && entry !== null && 'digest' in entry && typeof entry.digest === 'string' && /^sha256:[0-9a-f]{64}$/.test(entry.digest) ? [entry.digest.slice(7)] : []));
  if (digests.length !== 1 || digests[0] === undefined) throw unreadable('index.json', `it names ${digests.length} manifests, and one is needed`);
  const name = `blobs/sha256/${digests[0]}`;
  const file = requireFile(publication, name);
  await requireDigest(file, digests[0]);
  return { name, json: await readJsonFile(file, textLimits.manifestBytes) };
}

function requireFile({ files }: Publication, name: string): PublishedFile {
  const file = files.get(name);
  if (file === undefined) throw unreadable(name, 'this file is missing');
  return file;
}

async function requireDigest(file: PublishedFile, expected: string): Promise<void> {
  const sha256 = await file.digest();
  if (sha256 !== null && sha256 !== expected) throw unreadable(file.name, `its SHA-256 is ${sha256}, and it should be ${expected}: the file was changed or is incomplete`);
}

/**
 * Reads a model out of a container manifest: Ollama's store, an OCI layout with ModelPack, KitOps or Docker model layers, or the manifest alone. Every blob
 * that is there is checked against its digest and size; one that differs throws `artifact.unreadable`.
 */
export async function readManifestModel(publication: Publication, notes: DraftNotes): Promise<ReadModel> {
  const found = await findManifest(publication);
  if (found === null) throw unreadable(publication.name ?? 'the publication', 'it has no manifest of a model');
  const manifest = parse(found.json, found.name);
  const { flavor, layers, annotations } = manifest;
  const kind = flavor === 'ollama' ? 'ollama' : 'oci';
  const configFile = await blobOf(publication, manifest.config);
  const configJson = configFile === null || configFile.bytes === 0 ? undefined : await readJsonFile(configFile, textLimits.configBytes);
  if (configFile === null && flavor !== 'docker-model') notes.found(`The config ${manifest.config.sha256.slice(0, 12)}… is not among the files: only the manifest was read.`, 'warning', [found.name]);
  const config = modelConfigFacts(flavor, configJson);
  const configName = configFile?.name ?? 'config';
  noteConfig(config, configName, notes);

  const texts: { fileName: string; text: string }[] = [];
  for (const layer of layers.filter((each) => isLicense(each, flavor))) {
    const file = await blobOf(publication, layer);
    if (file === null) notes.found(`The licence ${layer.sha256.slice(0, 12)}… is not among the files.`, 'error', [found.name]);
    else if (layer.raw) {
      const text = await readText(file, textLimits.licenseBytes);
      notes.licenseFiles.push({ fileName: layer.fileName ?? file.name, covers: 'model', licenses: licensesOf(text) });
      texts.push({ fileName: layer.fileName ?? file.name, text });
    }
  }
  const weights = await readLayers(publication, found.name, layers, notes);
  const gguf = weights.gguf;
  if (gguf !== null) noteFacts(gguf, notes);
  const reference = ollamaReference(found.name);
  const license = licenseOf({ annotations, config, configName, gguf, manifestName: found.name }, texts, notes);
  return {
    kind,
    name: reference?.model ?? config.name ?? annotations['org.opencontainers.image.title'] ?? gguf?.facts.name ?? null,
    publisher: reference !== null && reference.namespace !== 'library' ? reference.namespace : (config.publisher ?? annotations['org.opencontainers.image.vendor'] ?? gguf?.facts.organization ?? null),
    version: reference !== null ? reference.tag : (config.version ?? annotations['org.opencontainers.image.version'] ?? gguf?.facts.version ?? null),
    license,
    baseModels: await readBases({ publication, manifest, gguf, manifestName: found.name }, notes),
    multimodal: layers.some(({ role }) => role === 'projector') ? true : null,
    architecture: architectureOf(gguf, weights.parameters, config, configName, notes),
    artifacts: weights.artifacts,
  };
}

function parse(json: unknown, name: string): ModelManifest {
  try {
    return readManifest(json);
  } catch (error) {
    if (error instanceof PublicationError) throw unreadable(name, error.message, error);
    throw error;
  }
}

/** The blob of a layer, checked; null when only the manifest is there. */
async function blobOf(publication: Publication, { sha256, bytes }: ManifestLayer): Promise<PublishedFile | null> {
  const name = [`blobs/${ollamaBlobName(sha256)}`, `blobs/sha256/${sha256}`, ollamaBlobName(sha256), sha256].find((each) => publication.files.has(each));
  const file = name === undefined ? undefined : publication.files.get(name);
  if (file === undefined) return null;
  if (file.bytes !== bytes) throw unreadable(file.name, `it has ${file.bytes} bytes, and the manifest says ${bytes}`);
  await requireDigest(file, sha256);
  return file;
}

const isLicense = ({ role, fileName, bytes }: ManifestLayer, flavor: ModelManifest['flavor']): boolean => role === 'license' || (flavor !== 'ollama' && role === 'doc' && bytes <= mostSmallLayer && /licen[cs]e/i.test(fileName ?? ''));

interface LayersRead {
  readonly artifacts: Artifact[];
  readonly gguf: GgufModel | null;
  /** Counted in safetensors layers; null: there are none. */
  readonly parameters: number | null;
}

async function readLayers(publication: Publication, manifestName: string, layers: readonly ManifestLayer[], notes: DraftNotes): Promise<LayersRead> {
  const artifacts: Artifact[] = [];
  let gguf: GgufModel | null = null;
  let parameters = 0;
  for (const layer of layers) {
    if (layer.role === 'template' || layer.role === 'params' || layer.role === 'system') {
      const file = await blobOf(publication, layer);
      if (file !== null && file.bytes <= mostSmallLayer) notes.read(layer.role, (await readText(file, mostSmallLayer)).trim(), `${file.name}: the whole blob`);
      continue;
    }
    if (layer.role !== 'weights' && layer.role !== 'adapter' && layer.role !== 'projector') continue;
    const file = await blobOf(publication, layer);
    const kind = file === null || !layer.raw ? formatByName(layer) : await formatOf(file);
    const name = file === null ? (layer.fileName ?? `sha256-${layer.sha256}`) : (fileKey(publication, file) ?? file.name);
    const artifact: Artifact = { fileName: publication.artifactName(name), format: kind, bytes: layer.bytes, sha256: layer.sha256, quantization: null };
    notes.read(`artifacts.${name.slice(0, 60)}.sha256`, layer.sha256, `${manifestName}: layers`);
    if (file === null && artifacts.length === 0) notes.found('The weights are not among the files: only their digests in the manifest were read.', 'warning', [manifestName]);
    if (file !== null && layer.raw && kind === 'gguf') {
      const header = await readGgufFile(file);
      const facts = factsOf(header, file.name);
      if (facts.fileBytes !== null && header.tensors.length > 0 && facts.fileBytes > BigInt(file.bytes)) throw unreadable(file.name, `the file ends too early: it has ${file.bytes} bytes, and its tensors reach to byte ${facts.fileBytes}`);
      artifacts.push({ ...artifact, quantization: facts.quantization });
      if (layer.role === 'weights' && gguf === null) gguf = { name: file.name, facts, header, artifacts: [artifact], whole: true };
    } else {
      if (file !== null && layer.raw && kind === 'safetensors' && layer.role === 'weights') parameters += safetensorsParameters(await readSafetensorsHeader(file));
      artifacts.push(artifact);
    }
  }
  return { artifacts, gguf, parameters: parameters > 0 && Number.isSafeInteger(parameters) ? parameters : null };
}

function fileKey({ files }: Publication, wanted: PublishedFile): string | null {
  for (const [name, file] of files) if (file === wanted) return name;
  return null;
}

function formatByName({ mediaType, fileName }: ManifestLayer): Artifact['format'] {
  const hint = `${mediaType} ${fileName ?? ''}`.toLowerCase();
  return hint.includes('gguf') || hint.includes('vnd.ollama.image.model') ? 'gguf' : hint.includes('safetensors') ? 'safetensors' : 'other';
}

async function formatOf(file: PublishedFile): Promise<Artifact['format']> {
  const start = await file.head(Math.min(9, file.bytes));
  if (new TextDecoder('latin1').decode(start.subarray(0, 4)) === 'GGUF') return 'gguf';
  return start.byteLength === 9 && start[8] === 0x7b && start[7] === 0 && start[6] === 0 ? 'safetensors' : 'other';
}

function noteConfig(config: ModelConfigFacts, configName: string, notes: DraftNotes): void {
  const read = (field: string, value: string | number | null, key: keyof ModelConfigFacts['readFrom']) => notes.read(field, value, `${configName}: ${config.readFrom[key]}`);
  read('name', config.name, 'name');
  read('version', config.version, 'version');
  read('publisher', config.publisher, 'publisher');
  read('license', config.licenses.length === 0 ? null : config.licenses.join(', '), 'licenses');
  read('architecture.modelType', config.architecture, 'architecture');
  read('architecture.parametersTotal', config.parameters, 'parameters');
  read('artifacts.quantization', config.quantization, 'quantization');
}

interface SignsFrom {
  readonly annotations: ModelManifest['annotations'];
  readonly config: ModelConfigFacts;
  readonly configName: string;
  readonly gguf: GgufModel | null;
  readonly manifestName: string;
}

/** The annotation, the config and the weights may each name a licence; licence layers belong to the first that does. */
function licenseOf({ annotations, config, configName, gguf, manifestName }: SignsFrom, texts: { fileName: string; text: string }[], notes: DraftNotes): ReadModel['license'] {
  const annotated = annotations['org.opencontainers.image.licenses']?.trim().slice(0, 500) || null;
  const facts = gguf?.facts;
  notes.read('license', annotated, `${manifestName}: annotations.org.opencontainers.image.licenses`);
  const signs = [
    ...(annotated === null ? [] : [{ tag: annotated, name: null, link: null, source: `${manifestName}: annotations.org.opencontainers.image.licenses` }]),
    ...config.licenses.map((tag) => ({ tag, name: null, link: null, source: `${configName}: ${config.readFrom.licenses}` })),
    ...(gguf === null || facts === undefined || (facts.licenseTag === null && facts.licenseName === null) ? [] : [{ tag: facts.licenseTag, name: facts.licenseName, link: facts.licenseLink, source: `${gguf.name}: general.license` }]),
  ];
  const [first = { tag: null, name: null, link: null, source: texts[0]?.fileName ?? manifestName }, ...others] = signs;
  const { source, ...signsOfFirst } = first;
  let statement: LicenseStatement = { license: declaredLicense({ ...signsOfFirst, texts }, notes), stated: true, source };
  for (const { source: otherSource, ...other } of others) statement = combineLicenses(statement, { license: declaredLicense({ ...other, texts: [] }, new DraftNotes()), stated: true, source: otherSource }, notes);
  return statement.license;
}

interface BasesFrom {
  readonly publication: Publication;
  readonly manifest: ModelManifest;
  readonly gguf: GgufModel | null;
  readonly manifestName: string;
}

async function readBases({ publication, manifest, gguf, manifestName }: BasesFrom, notes: DraftNotes): Promise<BaseModelDraft[]> {
  const bases: BaseModelDraft[] = [];
  const annotated = manifest.annotations['org.opencontainers.image.base.name'];
  if (annotated !== undefined && annotated.trim() !== '') bases.push(baseModelOf(annotated.trim().replace(/[:@][^/]*$/, ''), /:([^/@]+)$/.exec(annotated.trim())?.[1] ?? null, 'finetune', notes, `${manifestName}: annotations.org.opencontainers.image.base.name`));
  if (gguf !== null) bases.push(...ggufBaseModels(gguf, notes));
  const adapters = manifest.layers.filter(({ role }) => role === 'adapter');
  for (const layer of adapters) {
    const file = await blobOf(publication, layer);
    const name = file !== null && (await formatOf(file)) === 'gguf' ? factsOf(await readGgufFile(file), file.name) : null;
    notes.found(`It carries an adapter on top of its weights${name?.name == null ? '' : `, ${name.name}`}: whatever licence that has counts as well.`, 'warning', [`${manifestName}: layers, ${layer.sha256.slice(0, 12)}…`]);
  }
  if (adapters.length > 0 && gguf !== null && gguf.facts.name !== null) bases.push(baseModelOf([gguf.facts.organization, gguf.facts.name].filter((part) => part !== null).join('/'), gguf.facts.version, 'adapter', notes, `${gguf.name}: general.name`));
  return bases;
}

function architectureOf(gguf: GgufModel | null, counted: number | null, config: ModelConfigFacts, configName: string, notes: DraftNotes): ReadModel['architecture'] {
  const total = gguf?.facts.parameters ?? counted;
  if (total !== null && config.parameters !== null && Math.abs(config.parameters - total) / total > roundedGap)
    notes.found(`The config speaks of ${config.parameters.toLocaleString('en')} parameters, and the weights have ${total.toLocaleString('en')}.`, 'error', [`${configName}: ${config.readFrom.parameters}`, gguf === null ? 'safetensors headers' : `${gguf.name}: tensor infos`]);
  const family = gguf?.header.metadata.get('general.architecture');
  if (config.architecture !== null && typeof family === 'string' && config.architecture.toLowerCase() !== family.toLowerCase())
    notes.found(`The config says the architecture is ${config.architecture.slice(0, 60)}, and the weights say ${family.slice(0, 60)}.`, 'warning', [`${configName}: ${config.readFrom.architecture}`, `${gguf?.name ?? ''}: general.architecture`]);
  if (gguf !== null) return requirePlausible(gguf.facts.architecture, gguf.name);
  const parametersTotal = total ?? config.parameters;
  if (parametersTotal === null && config.architecture === null) return null;
  return { ...undisclosedArchitecture, modelType: config.architecture?.slice(0, 100) ?? null, parametersTotal };
}


