import { evalResultScores, huggingFaceFacts } from '@weighbridge/registry-domain';
import type { HuggingFaceFacts } from '@weighbridge/registry-domain';
import { z } from 'zod';
import { checkAgainstGguf, checkName, checkShape, checkTensors } from './contradictions.ts';
import { combineLicenses } from './combine-licenses.ts';
import type { LicenseStatement } from './combine-licenses.ts';
import { declaredLicense } from './declared-license.ts';
import { DraftNotes, baseModelOf, repositoryOf } from './draft.ts';
import type { BaseModelDraft, ReadModel, Relation } from './draft.ts';
import { readFrontMatter } from './front-matter.ts';
import type { FrontMatter } from './front-matter.ts';
import { readLicenseFiles } from './license-files.ts';
import { parseYaml } from './parse-yaml.ts';
import { requirePlausible } from './plausible.ts';
import { inFolder, readJsonFile, readText, textLimits, unreadable } from './publication.ts';
import type { Publication } from './publication.ts';
import { noteFacts as noteGgufFacts, readGgufModels } from './read-gguf.ts';
import type { GgufModel } from './read-gguf.ts';
import { readWeights, weightFile } from './read-weights.ts';
import { placeOfJsonKey, placeOfYamlKey } from './source-lines.ts';

export interface ReadHuggingFaceOptions {
  /** That it states no licence is no finding: others around it may. */
  readonly silentOnLicense?: boolean;
}

/**
 * Reads a repository laid out as on the Hugging Face Hub: config.json, the front matter of README.md, licence files, adapter_config.json, the index and the
 * headers of the weights, never their tensors. Throws `artifact.unreadable` for what is hostile or broken; what contradicts itself becomes a finding.
 */
export async function readHuggingFace(publication: Publication, notes: DraftNotes, folder = '', { silentOnLicense = false }: ReadHuggingFaceOptions = {}): Promise<ReadModel> {
  const repository = inFolder(publication, folder);
  const { files } = repository;
  if (!looksLikeRepository(repository)) throw unreadable(folder === '' ? (publication.name ?? 'the publication') : folder, 'this folder has neither a config.json nor weights, so it is no model repository');
  const config = files.get('config.json');
  const configText = config === undefined ? '' : await readText(config, textLimits.configBytes);
  const configJson = config === undefined ? undefined : await readJsonFile(config, textLimits.configBytes);
  const matter = await readFrontMatter(files.get('README.md'));
  if (matter.fault !== null) notes.found(matter.fault, 'error', ['README.md']);
  const facts = huggingFaceFacts({ configJson, readmeFrontMatter: matter.frontMatter });
  if (facts.absurd.length > 0) throw unreadable(config?.name ?? 'config.json', facts.absurd.join('; ').replaceAll('config.json: ', ''));
  const adapter = await readAdapter(repository);
  const needsNoConfig = adapter !== null || [...files.keys()].some((name) => /\.gguf$/i.test(name));
  for (const finding of facts.findings) if (config !== undefined || !needsNoConfig || !finding.startsWith('There is no config.json')) notes.found(finding, 'warning', [finding.split(':')[0] ?? '']);
  const place = (key: string) => placeOfJsonKey(config?.name ?? 'config.json', configText, key);
  noteFacts(facts, matter, place, notes);

  const baseModels = readBaseModels(repository, facts, matter, adapter, notes);
  const texts = await readLicenseFiles(repository, notes, facts.licenseLink);
  const stated = texts.length > 0 || facts.licenseTag !== null || facts.licenseName !== null;
  const license = declaredLicense({ tag: facts.licenseTag, name: facts.licenseName, link: facts.licenseLink, texts }, silentOnLicense && !stated ? new DraftNotes() : notes);
  await readScores(repository, facts, matter, notes);

  const weights = await readWeights(repository, notes);
  const gguf = await readGgufModels(repository, notes);
  const main = gguf.find(({ artifacts }) => artifacts.length > 0);
  const counted = adapter === null ? weights.parameters : null;
  notes.read(adapter === null ? 'architecture.parametersTotal' : 'adapter.parameters', weights.parameters, 'safetensors headers');
  const architecture = requirePlausible(facts.architecture, config?.name ?? 'config.json');
  if (adapter === null) {
    checkShape(architecture, counted, place, notes);
    checkTensors(architecture, weights.tensors, place, notes);
    checkName(repository.name, counted ?? main?.facts.parameters ?? null, notes);
  }
  if (main !== undefined && config === undefined) noteGgufFacts(main, notes);
  if (main !== undefined) checkAgainstGguf({ facts, architecture, main, baseModels, place, notes });
  const shape = config === undefined && main !== undefined ? main.facts.architecture : architecture;
  const total = counted ?? (main?.whole === true ? main.facts.parameters : null);
  return {
    kind: 'huggingface',
    name: null,
    publisher: null,
    version: null,
    license: withGgufLicense({ license, stated, source: facts.licenseTag === null ? (texts[0]?.fileName ?? 'README.md: license') : 'README.md: license' }, main, notes),
    baseModels,
    multimodal: facts.multimodal ?? ([...files.keys()].some((name) => /mmproj/i.test(name)) ? true : null),
    architecture: { ...shape, parametersTotal: total, parametersActive: shape.family === 'dense' ? total : null },
    artifacts: [...weights.artifacts.map((artifact) => ({ ...artifact, quantization: facts.quantization?.slice(0, 40) ?? null })), ...gguf.flatMap(({ artifacts }) => artifacts)],
  };
}

/** Whether there is anything of a model in the folder. */
export const looksLikeRepository = ({ files }: Publication): boolean => files.has('config.json') || files.has('adapter_config.json') || files.has('model.safetensors.index.json') || [...files.keys()].some((name) => weightFile.test(name));

function noteFacts(facts: HuggingFaceFacts, matter: FrontMatter, place: (key: string) => string, notes: DraftNotes): void {
  const readme = (key: string) => placeOfYamlKey('README.md', matter.text, key, 2);
  notes.read('license', facts.licenseTag, readme('license'));
  notes.read('licenseName', facts.licenseName, readme('license_name'));
  notes.read('licenseLink', facts.licenseLink, readme('license_link'));
  notes.read('multimodal', facts.multimodal === null ? null : 'true', facts.pipelineTag === null ? 'config.json' : readme('pipeline_tag'));
  notes.read('library', facts.libraryName, readme('library_name'));
  notes.read('task', facts.pipelineTag, readme('pipeline_tag'));
  notes.read('languages', facts.languages.length === 0 ? null : facts.languages.join(', '), readme('language'));
  const { architecture } = facts;
  notes.read('architecture.modelType', architecture.modelType, place('model_type'));
  notes.read('architecture.layers', architecture.layers, place('num_hidden_layers'));
  notes.read('architecture.hiddenSize', architecture.hiddenSize, place('hidden_size'));
  notes.read('architecture.vocabSize', architecture.vocabSize, place('vocab_size'));
  notes.read('architecture.contextLength', architecture.contextLength, place('max_position_embeddings'));
  notes.read('architecture.moe.experts', architecture.moe?.experts ?? null, place('n_routed_experts'));
  notes.read('architecture.mla.kvLoraRank', architecture.mla?.kvLoraRank ?? null, place('kv_lora_rank'));
  notes.read('dtype', facts.dtype, place('torch_dtype'));
  notes.read('artifacts.quantization', facts.quantization, place('quant_method'));
  if (facts.newVersion !== null) notes.found(`The publisher names a successor: ${facts.newVersion}.`, 'info', [readme('new_version')]);
}

const AdapterConfig = z.looseObject({ base_model_name_or_path: z.string().trim().max(500).nullish().catch(null), peft_type: z.string().max(100).nullish().catch(null), revision: z.string().max(200).nullish().catch(null) });

interface Adapter {
  readonly fileName: string;
  readonly base: string | null;
  readonly revision: string | null;
  readonly place: string;
}

async function readAdapter({ files }: Publication): Promise<Adapter | null> {
  const file = files.get('adapter_config.json');
  if (file === undefined) return null;
  const text = await readText(file, textLimits.configBytes);
  const parsed = AdapterConfig.safeParse(await readJsonFile(file, textLimits.configBytes));
  if (!parsed.success) throw unreadable(file.name, 'this is not an object');
  const base = parsed.data.base_model_name_or_path ?? null;
  return { fileName: file.name, base: base === '' ? null : base, revision: parsed.data.revision ?? null, place: placeOfJsonKey(file.name, text, 'base_model_name_or_path') };
}

/** Where the model came from, from both places that say so. */
function readBaseModels(repository: Publication, facts: HuggingFaceFacts, matter: FrontMatter, adapter: Adapter | null, notes: DraftNotes): BaseModelDraft[] {
  const place = placeOfYamlKey('README.md', matter.text, 'base_model', 2);
  const merged = [...repository.files.keys()].some((name) => /^mergekit_config\.ya?ml$/i.test(name)) || facts.tags.some((tag) => /^(merge|mergekit)$/i.test(tag));
  const assumed: Relation = adapter !== null ? 'adapter' : facts.baseModels.length > 1 || merged ? 'merge' : 'finetune';
  const relation: Relation = facts.baseModelRelation ?? assumed;
  notes.read('baseModels.relation', facts.baseModelRelation, placeOfYamlKey('README.md', matter.text, 'base_model_relation', 2));
  if (facts.baseModels.length > 0 && facts.baseModelRelation === null && adapter === null) notes.found(`README.md does not say how the model came from its base: taken as ${relation}.`, 'warning', [place]);
  if (adapter !== null && facts.baseModelRelation !== null && facts.baseModelRelation !== 'adapter') notes.found(`README.md calls it ${facts.baseModelRelation}, and ${adapter.fileName} says that it is an adapter.`, 'error', [placeOfYamlKey('README.md', matter.text, 'base_model_relation', 2), adapter.fileName]);
  const models = facts.baseModels.map((base) => baseModelOf(base, null, relation, notes, place));
  if (adapter === null) return models;
  if (adapter.base === null) {
    notes.found(`${adapter.fileName} does not name the model that it adapts.`, 'error', [adapter.place]);
    return models;
  }
  const isPath = adapter.base.startsWith('/') || adapter.base.startsWith('.') || adapter.base.split('/').length > 2;
  if (isPath && facts.baseModels.length > 0) {
    notes.found(`${adapter.fileName} names a folder of the machine it was trained on, ${JSON.stringify(adapter.base.slice(0, 100))}; the base model is taken from README.md.`, 'info', [adapter.place, place]);
    return models.map((model) => ({ ...model, relation: 'adapter' }));
  }
  const stated = facts.baseModels.map((base) => repositoryOf(base).toLowerCase());
  if (stated.length > 0 && !stated.includes(repositoryOf(adapter.base).toLowerCase())) notes.found(`README.md says that it is based on ${facts.baseModels.join(', ')}, and ${adapter.fileName} on ${adapter.base}: both are kept.`, 'error', [place, adapter.place]);
  if (stated.includes(repositoryOf(adapter.base).toLowerCase())) notes.read('baseModels', adapter.base, adapter.place);
  else models.push(baseModelOf(adapter.base, adapter.revision, 'adapter', notes, adapter.place));
  return models;
}

async function readScores({ files }: Publication, facts: HuggingFaceFacts, matter: FrontMatter, notes: DraftNotes): Promise<void> {
  const readFrom = placeOfYamlKey('README.md', matter.text, 'model-index', 2);
  for (const score of facts.scores) notes.scores.push({ ...score, readFrom });
  for (const [name, file] of [...files].filter(([each]) => /^\.eval_results\/[^/]+\.ya?ml$/.test(each)).slice(0, 50)) {
    const { value, valid } = parseYaml(await readText(file, textLimits.configBytes), file.name);
    const { scores, faults } = valid ? evalResultScores(value, name) : { scores: [], faults: [`${name} is not valid YAML.`] };
    for (const score of scores) notes.scores.push({ ...score, readFrom: file.name });
    for (const fault of faults) notes.found(fault, 'warning', [file.name]);
  }
}

/** A GGUF file in the same repository that claims another licence is one more sign that somebody has to read. */
function withGgufLicense(license: LicenseStatement, main: GgufModel | undefined, notes: DraftNotes): ReadModel['license'] {
  const { licenseTag: tag, licenseName: name, licenseLink: link } = main?.facts ?? { licenseTag: null, licenseName: null, licenseLink: null };
  if (main === undefined || (tag === null && name === null)) return license.license;
  notes.read('license', tag, `${main.name}: general.license`);
  const other = declaredLicense({ tag, name, link, texts: [] }, new DraftNotes());
  return combineLicenses(license, { license: other, stated: true, source: `${main.name}: general.license` }, notes).license;
}
