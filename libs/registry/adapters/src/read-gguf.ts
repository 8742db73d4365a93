import type { Artifact } from '@weighbridge/registry-contracts';
import { ggufPartFileName, ggufPartName, joinGgufParts } from '@weighbridge/registry-domain';
import type { GgufFacts, GgufHeader, GgufPart } from '@weighbridge/registry-domain';
import { declaredLicense } from './declared-license.ts';
import { baseModelOf } from './draft.ts';
import type { BaseModelDraft, DraftNotes, ReadModel } from './draft.ts';
import { readLicenseFiles } from './license-files.ts';
import { requirePlausible } from './plausible.ts';
import { mapLimited, unreadable } from './publication.ts';
import type { Publication, PublishedFile } from './publication.ts';
import { factsOf, readGgufFile } from './weight-headers.ts';

/** Quantisations of one model that are read; more of them would say the same again. */
const mostModels = 40;
const atOnce = 4;
/** Vision and speech parts, and draft heads: not the language model itself. */
const sidecar = /(^|[/_.-])(mmproj|mtp)[/_.-]/i;

/** One model of a GGUF repository: a whole file, or the parts of a split one. */
export interface GgufModel {
  /** Name of the file, or of the first part. */
  readonly name: string;
  readonly facts: GgufFacts;
  readonly header: GgufHeader;
  readonly artifacts: Artifact[];
  /** False: parts are missing, so that what is counted is not the whole. */
  readonly whole: boolean;
}

/** Reads GGUF files: one, several quantisations of one model, or split ones. Throws `artifact.unreadable` for what is no GGUF, or shorter than its header says. */
export async function readGguf(publication: Publication, notes: DraftNotes): Promise<ReadModel> {
  const models = await readGgufModels(publication, notes);
  const [main] = models;
  if (main === undefined) throw unreadable(publication.name ?? 'the publication', 'it has no GGUF file');
  const { facts } = main;
  noteFacts(main, notes);
  const baseModels = ggufBaseModels(main, notes);
  if (baseModels.length > 0) notes.found('GGUF does not say how a model came from its base: taken as finetune, the strictest reading.', 'warning', [`${main.name}: general.base_model`]);
  if (!facts.hasChatTemplate) notes.found('The file has no chat template: chat requests would not know how to address the model.', 'info', [`${main.name}: tokenizer.chat_template`]);
  const texts = await readLicenseFiles(publication, notes);
  const license = declaredLicense({ tag: facts.licenseTag, name: facts.licenseName, link: facts.licenseLink, texts }, notes);
  return {
    kind: 'gguf',
    name: facts.name ?? baseName(main.name),
    publisher: facts.organization,
    version: facts.version,
    license,
    baseModels,
    multimodal: [...publication.files.keys()].some((name) => sidecar.test(name) && /mmproj/i.test(name)) ? true : null,
    architecture: main.whole ? requirePlausible(facts.architecture, main.name) : { ...requirePlausible(facts.architecture, main.name), parametersTotal: null, parametersActive: null },
    artifacts: models.flatMap(({ artifacts }) => artifacts),
  };
}

/** Every model of the publication, the main one first; each file read and digested. Contradictions between them are noted. */
export async function readGgufModels(publication: Publication, notes: DraftNotes): Promise<GgufModel[]> {
  const files = [...publication.files.entries()].filter(([name]) => /\.gguf$/i.test(name));
  const groups = new Map<string, { name: string; file: PublishedFile; part: number; parts: number }[]>();
  for (const [name, file] of files) {
    const split = ggufPartName(name);
    const key = split === null ? name : `${split.base}/${split.parts}`;
    groups.set(key, [...(groups.get(key) ?? []), { name, file, part: split?.part ?? 1, parts: split?.parts ?? 1 }]);
  }
  const ordered = [...groups.values()].toSorted((a, b) => Number(sidecar.test(a[0]?.name ?? '')) - Number(sidecar.test(b[0]?.name ?? '')) || ((a[0]?.name ?? '') < (b[0]?.name ?? '') ? -1 : 1));
  if (ordered.length > mostModels) notes.found(`It has ${ordered.length} GGUF models; only ${mostModels} were read.`, 'warning');
  const models = await mapLimited(ordered.slice(0, mostModels), atOnce, (group) => readGroup(publication, group.toSorted((a, b) => a.part - b.part), notes));
  const main = models.find(({ name }) => !sidecar.test(name));
  for (const other of models) if (main !== undefined && other !== main && !sidecar.test(other.name)) compare(main, other, notes);
  return models;
}

async function readGroup(publication: Publication, group: { name: string; file: PublishedFile; part: number; parts: number }[], notes: DraftNotes): Promise<GgufModel> {
  const parts: GgufPart[] = [];
  const artifacts: Artifact[] = [];
  for (const { name, file, part, parts: count } of group) {
    const header = await readGgufFile(file);
    requireLength(file, header);
    parts.push({ fileName: file.name, part, parts: count, header });
    const sha256 = await file.digest();
    if (sha256 === null) notes.found(`${file.name}: nobody states its SHA-256, so it is not in the draft as an artifact.`, 'error');
    else artifacts.push({ fileName: publication.artifactName(name), format: 'gguf', bytes: file.bytes, sha256, quantization: factsOf(header, file.name).quantization });
  }
  const [first] = group;
  if (first === undefined) throw new TypeError('no files');
  const { header, missing, faults } = joinGgufParts(parts);
  for (const { message, sources } of faults) notes.found(message, 'error', sources);
  if (missing.length > 0) {
    const base = ggufPartName(first.file.name)?.base ?? first.file.name;
    const names = missing.slice(0, 5).map((part) => ggufPartFileName(base, part, first.parts));
    notes.found(`${missing.length === 1 ? 'A part is' : `${missing.length} parts are`} missing: ${names.join(', ')}${missing.length > 5 ? ', …' : ''}. What is counted would not be the whole model.`, 'error', [`${first.file.name}: split.count`]);
  }
  const facts = factsOf(header, first.file.name);
  const quantization = facts.quantization?.slice(0, 40) ?? null;
  return { name: first.file.name, facts, header, artifacts: artifacts.map((artifact) => ({ ...artifact, quantization })), whole: missing.length === 0 && faults.length === 0 };
}

function requireLength(file: PublishedFile, header: GgufHeader): void {
  const { fileBytes } = factsOf(header, file.name);
  if (fileBytes !== null && header.tensors.length > 0 && fileBytes > BigInt(file.bytes)) throw unreadable(file.name, `the file ends too early: it has ${file.bytes} bytes, and its tensors reach to byte ${fileBytes}`);
}

/** Files of one repository that are no quantisations of one model. */
function compare(main: GgufModel, other: GgufModel, notes: DraftNotes): void {
  const differ = (what: string, key: string, a: string | number | null, b: string | number | null) => {
    if (a !== null && b !== null && a !== b) notes.found(`${main.name} and ${other.name} differ in ${what}: ${a} and ${b}. They are not one model.`, 'error', [`${main.name}: ${key}`, `${other.name}: ${key}`]);
  };
  differ('architecture', 'general.architecture', main.facts.architecture.modelType, other.facts.architecture.modelType);
  differ('licence', 'general.license', main.facts.licenseTag, other.facts.licenseTag);
  differ('layers', 'block_count', main.facts.architecture.layers, other.facts.architecture.layers);
  if (main.whole && other.whole) differ('parameters', 'tensor infos', main.facts.parameters, other.facts.parameters);
}

/** Where each fact stood; keys are those of the format. */
export function noteFacts({ name, facts, header, artifacts }: GgufModel, notes: DraftNotes): void {
  const named = header.metadata.get('general.architecture');
  const prefix = typeof named === 'string' ? named : '*';
  const read = (field: string, value: string | number | null, key: string) => notes.read(field, value, `${name}: ${key}`);
  read('name', facts.name, 'general.name');
  read('version', facts.version, 'general.version');
  read('publisher', facts.organization, 'general.organization');
  read('license', facts.licenseTag, 'general.license');
  read('licenseName', facts.licenseName, 'general.license.name');
  read('licenseLink', facts.licenseLink, 'general.license.link');
  read('architecture.modelType', facts.architecture.modelType, 'general.architecture');
  read('architecture.layers', facts.architecture.layers, `${prefix}.block_count`);
  read('architecture.contextLength', facts.contextLength, `${prefix}.context_length`);
  read('architecture.parametersTotal', facts.parameters, 'tensor infos');
  read('artifacts.quantization', facts.quantization, 'general.file_type');
  read('artifacts.sha256', artifacts[0]?.sha256 ?? null, 'the whole file');
}

export const ggufBaseModels = ({ name, facts }: GgufModel, notes: DraftNotes): BaseModelDraft[] =>
  facts.baseModels.map((base) => baseModelOf(base.repoUrl ?? [base.organization, base.name].filter((part) => part !== null).join('/'), base.version, 'finetune', notes, `${name}: general.base_model`));

const baseName = (name: string): string => (name.split('/').at(-1) ?? name).replace(/(-\d{5}-of-\d{5})?\.gguf$/i, '');
