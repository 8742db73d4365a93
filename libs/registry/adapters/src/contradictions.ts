import { countParameters, findReferenceByRepository } from '@weighbridge/registry-domain';
import type { Architecture, HuggingFaceFacts } from '@weighbridge/registry-domain';
import { repositoryOf } from './draft.ts';
import type { BaseModelDraft, DraftNotes } from './draft.ts';
import type { GgufModel } from './read-gguf.ts';
import type { TensorPlace } from './read-weights.ts';

type Place = (key: string) => string;

/** Above rounding, below any real mistake: the gap of the model card. */
const doubtfulGap = 0.02;
/** Names round generously: an "8B" of 8.03 and a "7B" of 6.74 billion are both usual. */
const doubtfulNameGap = 0.2;

const count = (parameters: number): string => parameters.toLocaleString('en');

/** What config.json makes of the model against what its weights hold. */
export function checkShape(architecture: Architecture, counted: number | null, place: Place, notes: DraftNotes): void {
  const shape = countParameters(architecture);
  if (shape === null || counted === null) return;
  const gap = Math.min(...[shape.total, shape.total + shape.mtp, shape.checkpoint].map((total) => Math.abs(total - counted) / counted));
  if (gap > doubtfulGap)
    notes.found(`config.json describes a model of ${count(shape.total)} parameters, and the weights have ${count(counted)}: ${(gap * 100).toFixed(1)}% apart. One of them belongs to another model, or the weights are packed.`, 'error', [place('hidden_size'), 'safetensors headers']);
}

/** Single sizes of config.json against the tensors that have them. */
export function checkTensors(architecture: Architecture, tensors: readonly TensorPlace[], place: Place, notes: DraftNotes): void {
  const embedding = tensors.find(({ name }) => /(^|\.)embed_tokens\.weight$/.test(name) && !/vision|audio/.test(name));
  const width = embedding?.shape[1];
  if (embedding !== undefined && width !== undefined && architecture.hiddenSize !== null && width !== architecture.hiddenSize)
    notes.found(`config.json says hidden_size ${architecture.hiddenSize}, and ${embedding.name} is ${width} wide.`, 'error', [place('hidden_size'), `${embedding.fileName}: ${embedding.name}`]);
  const rows = embedding?.shape[0];
  if (embedding !== undefined && rows !== undefined && architecture.vocabSize !== null && rows !== architecture.vocabSize)
    notes.found(`config.json says vocab_size ${architecture.vocabSize}, and ${embedding.name} has ${rows} rows.`, 'warning', [place('vocab_size'), `${embedding.fileName}: ${embedding.name}`]);
  const layers = tensors.reduce((most, { name }) => Math.max(most, Number(/(?:^|\.)layers\.(\d{1,6})\./.exec(name)?.[1] ?? -1) + 1), 0);
  const possible = architecture.layers === null ? [] : [architecture.layers, architecture.layers + (architecture.mtpLayers ?? 0)];
  if (layers > 0 && possible.length > 0 && !tensors.some(({ name }) => /vision|audio|encoder|decoder/.test(name)) && !possible.includes(layers))
    notes.found(`config.json says num_hidden_layers ${architecture.layers}, and the weights have ${layers} layers.`, 'error', [place('num_hidden_layers'), 'safetensors headers']);
}

/** `Some-Model-8B` against what was counted. */
export function checkName(name: string | null, counted: number | null, notes: DraftNotes): void {
  const sizes = [...(name ?? '').matchAll(/(?<![\w.])(\d{1,4}(?:\.\d{1,3})?)([BbM])(?![A-Za-z0-9])/g)].map((match) => Number(match[1]) * (match[2] === 'M' ? 1e6 : 1e9));
  const [size] = sizes;
  // `8x7B` and `30B-A3B` say more than one number.
  if (name === null || counted === null || size === undefined || sizes.length > 1 || /\dx\d/i.test(name)) return;
  if (Math.abs(size - counted) / counted > doubtfulNameGap) notes.found(`The name ${JSON.stringify(name.slice(0, 100))} speaks of ${count(size)} parameters, and the weights have ${count(counted)}.`, 'warning', ['name', 'tensor infos']);
}

interface GgufCheck {
  readonly facts: HuggingFaceFacts;
  readonly architecture: Architecture;
  readonly main: GgufModel;
  readonly baseModels: readonly BaseModelDraft[];
  readonly place: Place;
  readonly notes: DraftNotes;
}

/** README.md and config.json against a GGUF file of the same repository. */
export function checkAgainstGguf({ facts, architecture, main, baseModels, place, notes }: GgufCheck): void {
  const named = main.facts.baseModels.map((base) => repositoryOf(base.repoUrl ?? [base.organization, base.name].filter((part) => part !== null).join('/')));
  const stated = facts.baseModels.map(repositoryOf);
  const same = (a: string, b: string): boolean => squeezed(a) === squeezed(b) || squeezed(a.split('/').at(-1) ?? '') === squeezed(b.split('/').at(-1) ?? '');
  const stranger = named.find((one) => !stated.some((other) => same(one, other)) && !isAmong(one, baseModels));
  if (stated.length > 0 && stranger !== undefined) notes.found(`README.md names the base model ${stated.join(', ')}, and ${main.name} names ${stranger}.`, 'error', ['README.md: base_model', `${main.name}: general.base_model`]);
  const shape = main.facts.architecture;
  if (architecture.layers !== null && shape.layers !== null && architecture.layers !== shape.layers) notes.found(`config.json says ${architecture.layers} layers, and ${main.name} has ${shape.layers}.`, 'error', [place('num_hidden_layers'), `${main.name}: block_count`]);
  if (architecture.hiddenSize !== null && shape.hiddenSize !== null && architecture.hiddenSize !== shape.hiddenSize) notes.found(`config.json says hidden_size ${architecture.hiddenSize}, and ${main.name} says ${shape.hiddenSize}.`, 'error', [place('hidden_size'), `${main.name}: embedding_length`]);
}

const squeezed = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

function isAmong(repository: string, baseModels: readonly BaseModelDraft[]): boolean {
  const known = findReferenceByRepository(repository);
  return known !== null && baseModels.some(({ model, version }) => model === known.model && version === known.version);
}
