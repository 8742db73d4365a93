import type { Architecture } from '../cards/architecture.ts';
import { ggufArchitecture } from './gguf-architecture.ts';
import { ggmlTypes, ggufFileTypes } from './gguf-types.ts';
import type { GgufHeader } from './gguf.ts';

/** A base model as the file names it; nothing says that it is registered here. */
export interface GgufBaseModel {
  readonly name: string | null;
  readonly organization: string | null;
  readonly version: string | null;
  readonly repoUrl: string | null;
}

/** What a GGUF header says about the model, as it says it: the licence tag in particular is raw, and often no SPDX id. */
export interface GgufFacts {
  readonly name: string | null;
  readonly version: string | null;
  readonly organization: string | null;
  readonly description: string | null;
  readonly architecture: Architecture;
  readonly licenseTag: string | null;
  readonly licenseName: string | null;
  readonly licenseLink: string | null;
  /** Type of most weights, e.g. `F16`, `Q8_0`, `Q4_K_M`. */
  readonly quantization: string | null;
  /** Elements of all tensors in the file. */
  readonly parameters: number | null;
  readonly contextLength: number | null;
  readonly hasChatTemplate: boolean;
  readonly baseModels: readonly GgufBaseModel[];
  /** Least length of the file that holds every tensor; null if a tensor type is not known here. */
  readonly fileBytes: bigint | null;
}

const maxBaseModels = 32;

/** What the metadata and tensor infos of a GGUF file say about the model; null is what they do not say. */
export function ggufFacts(header: GgufHeader): GgufFacts {
  const architecture = ggufArchitecture(header);
  return {
    name: text(header, 'general.name'),
    version: text(header, 'general.version'),
    organization: text(header, 'general.organization'),
    description: text(header, 'general.description'),
    architecture,
    licenseTag: text(header, 'general.license'),
    licenseName: text(header, 'general.license.name'),
    licenseLink: text(header, 'general.license.link'),
    quantization: quantization(header),
    parameters: architecture.parametersTotal,
    contextLength: architecture.contextLength,
    hasChatTemplate: text(header, 'tokenizer.chat_template') !== null,
    baseModels: baseModels(header),
    fileBytes: fileBytes(header),
  };
}

function text({ metadata }: GgufHeader, key: string): string | null {
  const value = metadata.get(key);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function baseModels(header: GgufHeader): GgufBaseModel[] {
  const count = Math.min(Number(header.metadata.get('general.base_model.count') ?? 0) || 0, maxBaseModels);
  const found: GgufBaseModel[] = [];
  for (let index = 0; index < count; index += 1) {
    const field = (name: string) => text(header, `general.base_model.${index}.${name}`);
    const base = { name: field('name'), organization: field('organization'), version: field('version'), repoUrl: field('repo_url') ?? field('url') };
    if (base.name !== null || base.repoUrl !== null) found.push(base);
  }
  return found;
}

/** The declared file type; without one the type that most weights have. */
function quantization(header: GgufHeader): string | null {
  const declared = ggufFileTypes.get(Number(header.metadata.get('general.file_type') ?? -1));
  if (declared !== undefined) return declared;
  const elements = new Map<number, bigint>();
  for (const tensor of header.tensors) elements.set(tensor.type, (elements.get(tensor.type) ?? 0n) + product(tensor.dimensions));
  const [most] = [...elements].toSorted(([, a], [, b]) => (a > b ? -1 : a < b ? 1 : 0));
  return most === undefined ? null : (ggmlTypes.get(most[0])?.name ?? null);
}

function fileBytes(header: GgufHeader): bigint | null {
  let end = 0n;
  for (const tensor of header.tensors) {
    const type = ggmlTypes.get(tensor.type);
    if (type === undefined) return null;
    const tensorEnd = tensor.offset + (product(tensor.dimensions) * BigInt(type.blockBytes)) / BigInt(type.blockElements);
    if (tensorEnd > end) end = tensorEnd;
  }
  return BigInt(header.dataOffset) + end;
}

const product = (dimensions: readonly bigint[]): bigint => dimensions.reduce((total, dimension) => total * dimension, 1n);
