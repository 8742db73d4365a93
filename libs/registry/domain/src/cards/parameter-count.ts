import type { Architecture } from './architecture.ts';

/** Exact parameter counts of a shape. `active` follows the three conventions found in publications. */
export interface ParameterCount {
  readonly total: number;
  readonly active: { readonly all: number; readonly withoutInputEmbedding: number; readonly nonEmbedding: number };
  /** Weights of the multi-token-prediction layers, counted once; not in `total`. */
  readonly mtp: number;
  /** What the checkpoint stores: total, MTP layers, and their copies of embedding and head. */
  readonly checkpoint: number;
}

/** Rules beyond the general formula, by `model_type`; a type that is not here is not counted. */
const traits: Readonly<Record<string, { normsPerLayer?: number; attentionSinks?: boolean }>> = {
  llama: {},
  mistral: {},
  qwen2: {},
  qwen3: {},
  qwen3_moe: {},
  mixtral: {},
  deepseek_v2: {},
  deepseek_v3: {},
  kimi_k2: {},
  glm4_moe: {},
  gpt_oss: { attentionSinks: true },
  llama4: {},
  gemma2: { normsPerLayer: 4 },
};

/**
 * Counts the parameters of a shape from the tensor shapes of its model type (transformers' model code; DeepSeek-V2 report,
 * arXiv 2405.04434, for latent attention). Null when the model type is unknown here or a size is missing: an estimate is never presented as a count.
 */
export function countParameters(architecture: Architecture): ParameterCount | null {
  const trait = architecture.modelType === null || !Object.hasOwn(traits, architecture.modelType) ? undefined : traits[architecture.modelType];
  const { layers: L, hiddenSize: H, vocabSize: V, tiedEmbeddings, moe } = architecture;
  if (trait === undefined || L === null || H === null || V === null || tiedEmbeddings === null) return null;
  const attention = attentionParameters(architecture, H);
  const moeLayers = moe === null ? 0 : moe.moeLayers;
  if (attention === null || moeLayers === null || moeLayers > L) return null;

  const sinks = trait.attentionSinks === true ? (architecture.heads ?? 0) : 0;
  const perLayer = attention + sinks + (trait.normsPerLayer ?? 2) * H;
  const dense = moeLayers === L ? 0 : architecture.intermediateSize === null ? null : 3 * H * architecture.intermediateSize;
  const sparse = moe === null ? { all: 0, active: 0 } : expertParameters(moe, H);
  if (dense === null || sparse === null) return null;

  const embedding = V * H;
  const head = tiedEmbeddings ? 0 : embedding;
  const layersWith = (sparseLayer: number) => L * perLayer + (L - moeLayers) * dense + moeLayers * sparseLayer;
  const total = embedding + head + layersWith(sparse.all) + H;
  const all = embedding + head + layersWith(sparse.active) + H;
  const mtpLayers = architecture.mtpLayers ?? 0;
  const mtp = mtpLayers * (perLayer + (moe === null ? dense : sparse.all) + 2 * H * H + 3 * H);
  const count = {
    total,
    active: { all, withoutInputEmbedding: tiedEmbeddings ? all : all - embedding, nonEmbedding: all - embedding - head },
    mtp,
    checkpoint: total + mtp + mtpLayers * 2 * embedding,
  };
  return Number.isSafeInteger(count.checkpoint) ? count : null;
}

function attentionParameters(architecture: Architecture, H: number): number | null {
  const { heads, headDim, mla, attentionBias } = architecture;
  if (heads === null) return null;
  if (mla !== null) {
    const queryWidth = heads * (mla.qkNopeHeadDim + mla.qkRopeHeadDim);
    const query = mla.qLoraRank === null ? H * queryWidth : H * mla.qLoraRank + mla.qLoraRank + mla.qLoraRank * queryWidth;
    return (
      query +
      H * (mla.kvLoraRank + mla.qkRopeHeadDim) +
      mla.kvLoraRank +
      mla.kvLoraRank * heads * (mla.qkNopeHeadDim + mla.vHeadDim) +
      heads * mla.vHeadDim * H
    );
  }
  if (headDim === null || attentionBias === null || architecture.qkNorm === null) return null;
  const queryWidth = heads * headDim;
  const keyWidth = (architecture.kvHeads ?? heads) * headDim;
  const bias = attentionBias === 'none' ? 0 : queryWidth + 2 * keyWidth + (attentionBias === 'qkvo' ? H : 0);
  return 2 * H * queryWidth + 2 * H * keyWidth + bias + (architecture.qkNorm ? 2 * headDim : 0);
}

function expertParameters(moe: NonNullable<Architecture['moe']>, H: number): { all: number; active: number } | null {
  const width = moe.expertIntermediateSize;
  if (width === null || moe.routerBias === null || moe.expertBias === null) return null;
  const expert = 3 * H * width + (moe.expertBias ? 2 * width + H : 0);
  const always = moe.sharedExperts * 3 * H * width + moe.experts * H + (moe.routerBias ? moe.experts : 0);
  return { all: always + moe.experts * expert, active: always + moe.activeExperts * expert };
}
