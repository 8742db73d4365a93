import { PublicationError, mlmodelFacts } from '@weighbridge/registry-domain';
import type { MlmodelFacts } from '@weighbridge/registry-domain';
import { combineLicenses } from './combine-licenses.ts';
import type { LicenseStatement } from './combine-licenses.ts';
import { declaredLicense } from './declared-license.ts';
import { DraftNotes, baseModelOf, repositoryOf } from './draft.ts';
import type { BaseModelDraft, ReadModel } from './draft.ts';
import { readLicenseFiles } from './license-files.ts';
import { parseYaml } from './parse-yaml.ts';
import { inFolder, readText, textLimits, unreadable } from './publication.ts';
import type { Publication, PublishedFile } from './publication.ts';
import { looksLikeRepository, readHuggingFace } from './read-hugging-face.ts';
import { readWeights } from './read-weights.ts';
import { placeOfYamlKey } from './source-lines.ts';

/** Reads a model that MLflow logged: the MLmodel file, the card and licence that its transformers flavour saves, and the weights beside them. */
export async function readMlflow(publication: Publication, notes: DraftNotes): Promise<ReadModel> {
  const file = publication.files.get('MLmodel');
  if (file === undefined) throw unreadable(publication.name ?? 'the publication', 'it has no MLmodel file');
  const text = await readText(file, textLimits.configBytes);
  const facts = parse(file, text);
  const place = (key: string) => placeOfYamlKey(file.name, text, key);
  const nested = (flavorKey: string) => nestedPlace(file.name, text, flavorKey);
  notes.read('name', facts.name, place('artifact_path'));
  notes.read('mlflow.flavors', facts.flavors.join(', '), place('flavors'));
  notes.read('mlflow.version', facts.mlflowVersion, place('mlflow_version'));
  notes.read('mlflow.modelUuid', facts.modelUuid, place('model_uuid'));
  notes.read('mlflow.runId', facts.runId, place('run_id'));
  notes.read('mlflow.createdAt', facts.createdAt, place('utc_time_created'));
  notes.read('task', facts.task, nested('task'));
  notes.read('dtype', facts.dtype, nested('torch_dtype'));
  if (facts.pickles.length > 0) notes.found(`The flavours ${facts.pickles.join(', ')} load Python pickles, which can run code.`, 'warning', [place('flavors')]);

  const weights = await readWeightsOf(publication, facts, notes);
  const card = await readCard(publication);
  if (card.fault !== null) notes.found(card.fault, 'warning', ['model_card_data.yaml']);
  notes.read('license', facts.license, nested(facts.licenseKey ?? 'license'));
  notes.read('license', card.license, card.place('license'));
  const texts = weights?.folder === '' ? [] : await readLicenseFiles(publication, notes);
  const statements: LicenseStatement[] = [
    { license: declaredLicense({ tag: facts.license, name: null, link: null, texts: [] }, new DraftNotes()), stated: facts.license !== null, source: nested(facts.licenseKey ?? 'license') },
    { license: declaredLicense({ tag: card.license, name: card.licenseName, link: null, texts }, new DraftNotes()), stated: card.license !== null || card.licenseName !== null || texts.length > 0, source: card.license === null && texts[0] !== undefined ? texts[0].fileName : card.place('license') },
    { license: weights?.read.license ?? none, stated: weights !== null && weights.read.license.declared !== null, source: weights === null || weights.folder === '' ? 'README.md: license' : weights.folder },
  ];
  if (statements.every(({ stated }) => !stated)) declaredLicense({ tag: null, name: null, link: null, texts: [] }, notes);
  const license = statements.reduce((all, next) => combineLicenses(all, next, notes)).license;
  return {
    kind: 'mlflow',
    name: facts.name ?? publication.name,
    publisher: null,
    version: null,
    license,
    baseModels: basesOf(facts, card.baseModels, weights?.read.baseModels ?? [], nested, card.place, notes),
    multimodal: weights?.read.multimodal ?? null,
    architecture: weights?.read.architecture ?? null,
    artifacts: weights?.read.artifacts ?? (await readWeights(publication, notes)).artifacts,
  };
}

const none: ReadModel['license'] = { id: null, declared: null, conflicting: [] };

function parse(file: PublishedFile, text: string): MlmodelFacts {
  const { value, valid } = parseYaml(text, file.name);
  if (!valid) throw unreadable(file.name, 'this is not valid YAML');
  try {
    return mlmodelFacts(value);
  } catch (error) {
    if (error instanceof PublicationError) throw unreadable(file.name, error.message, error);
    throw error;
  }
}

/** Place of a key inside a flavour: indented, and so not at the head of a line. */
function nestedPlace(fileName: string, text: string, key: string): string {
  const lines = text.split('\n');
  const index = lines.findIndex((line) => new RegExp(`^\\s+["']?${key.replaceAll(/\W/g, '\\$&')}["']?\\s*:`).test(line));
  return `${fileName}${index < 0 ? '' : `:${index + 1}`}: ${key}`;
}

async function readWeightsOf(publication: Publication, facts: MlmodelFacts, notes: DraftNotes): Promise<{ readonly folder: string; readonly read: ReadModel } | null> {
  for (const folder of [facts.weightsFolder, 'model', facts.adapterFolder, 'peft', ''].filter((each) => each !== null))
    if (looksLikeRepository(inFolder(publication, folder))) return { folder, read: await readHuggingFace(publication, notes, folder, { silentOnLicense: true }) };
  return null;
}

interface CardData {
  readonly license: string | null;
  readonly licenseName: string | null;
  readonly baseModels: readonly string[];
  readonly fault: string | null;
  readonly place: (key: string) => string;
}

/** `model_card_data.yaml`, the front matter of the source model's card, which the transformers flavour saves beside MLmodel. */
async function readCard({ files }: Publication): Promise<CardData> {
  const file = files.get('model_card_data.yaml');
  const none = { license: null, licenseName: null, baseModels: [], fault: null, place: (key: string) => `model_card_data.yaml: ${key}` };
  if (file === undefined) return none;
  const text = await readText(file, textLimits.readmeBytes);
  const { value, valid } = parseYaml(text, file.name);
  if (!valid || typeof value !== 'object' || value === null) return { ...none, fault: `${file.name} cannot be read.` };
  const string = (key: string): string | null => {
    const found = (value as Record<string, unknown>)[key];
    return typeof found === 'string' && found.trim() !== '' ? found.trim().slice(0, 500) : null;
  };
  const bases = (value as Record<string, unknown>)['base_model'];
  return {
    license: string('license'),
    licenseName: string('license_name'),
    baseModels: (Array.isArray(bases) ? bases : [bases]).filter((base): base is string => typeof base === 'string' && base.trim() !== '').map((base) => base.trim().slice(0, 500)).slice(0, 50),
    fault: null,
    place: (key) => placeOfYamlKey(file.name, text, key),
  };
}

/** The logged model's own base models, or else the repository that it was loaded from: what MLflow holds is that, or was trained from it. */
function basesOf(facts: MlmodelFacts, fromCard: readonly string[], fromWeights: readonly BaseModelDraft[], nested: (key: string) => string, cardPlace: (key: string) => string, notes: DraftNotes): BaseModelDraft[] {
  const relation = facts.adapterFolder === null ? 'finetune' : 'adapter';
  const bases = [...fromWeights];
  if (facts.sourceModel !== null && !/^[./\\]/.test(facts.sourceModel)) {
    bases.push(baseModelOf(facts.sourceModel, facts.sourceRevision, relation, notes, nested('source_model_name')));
    notes.found(`MLflow logged it from ${facts.sourceModel.slice(0, 100)}: whether it was trained further is not written down, so it counts as ${relation}.`, 'warning', [nested('source_model_name')]);
  }
  const named = new Set([facts.sourceModel ?? ''].map((name) => repositoryOf(name).toLowerCase()));
  for (const base of fromCard) if (!named.has(repositoryOf(base).toLowerCase())) bases.push(baseModelOf(base, null, 'finetune', notes, cardPlace('base_model')));
  return bases;
}
