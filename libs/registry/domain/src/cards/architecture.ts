import { z } from 'zod';

/** A count that some model could have: what is beyond is a mistake or an attack, and is refused with the field's name instead of being multiplied. */
export function wholeNumber(max: number, min: 0 | 1 = 1): z.ZodInt {
  const message = `must be a whole number from ${min} to ${max.toLocaleString('en-US')}`;
  return z.int({ error: message, abort: true }).min(min, message).max(max, message);
}

/** A hundred to a thousand times what the largest published model has. */
export const largest = {
  layers: 10_000,
  width: 100_000_000,
  heads: 1_000_000,
  experts: 1_000_000,
  vocabulary: 1_000_000_000,
  context: 100_000_000_000,
  parameters: 1_000_000_000_000_000,
} as const;

const layerCount = wholeNumber(largest.layers);
const width = wholeNumber(largest.width);
const headCount = wholeNumber(largest.heads);
const expertCount = wholeNumber(largest.experts);
const parameterCount = wholeNumber(largest.parameters);
const known = <T extends z.ZodType>(schema: T) => schema.nullable().default(null);

/** Mixture of experts: sizes of the layers that route each token to a few of many feed-forward networks. */
export const MixtureOfExperts = z.object({
  /** Routed experts of one layer. */
  experts: expertCount,
  /** Routed experts that one token passes through in a layer. */
  activeExperts: expertCount,
  /** Experts that every token passes through, besides the routed ones. */
  sharedExperts: wholeNumber(largest.experts, 0).default(0),
  /** Feed-forward width of one expert; `intermediateSize` is that of the dense layers. */
  expertIntermediateSize: known(width),
  /** How many of the layers are mixture-of-experts layers; the others are dense. */
  moeLayers: known(wholeNumber(largest.layers, 0)),
  /** The router carries one bias, or correction bias, per expert. */
  routerBias: known(z.boolean()),
  /** Every expert carries biases on its gate, up and down projections. */
  expertBias: known(z.boolean()),
});
export type MixtureOfExperts = z.infer<typeof MixtureOfExperts>;

/** Multi-head latent attention (DeepSeek-V2 report, arXiv 2405.04434, section 2.1): keys and values are cached as one compressed vector. */
export const LatentAttention = z.object({
  kvLoraRank: width,
  /** Null: queries are not compressed. */
  qLoraRank: known(width),
  qkNopeHeadDim: width,
  qkRopeHeadDim: width,
  vHeadDim: width,
});
export type LatentAttention = z.infer<typeof LatentAttention>;

/**
 * The shape of a language model, as far as it is published. `null` always means "not published" or "not known", never zero:
 * for a closed model every field is null.
 */
export const Architecture = z
  .object({
    /** `model_type` of config.json or `general.architecture` of GGUF, e.g. `deepseek_v3`, `llama`. */
    modelType: known(z.string().min(1).max(100)),
    /** `mla` says that attention is latent, with or without experts; `moe` and `dense` have ordinary attention. */
    family: known(z.enum(['dense', 'moe', 'mla'])),
    layers: known(layerCount),
    hiddenSize: known(width),
    heads: known(headCount),
    /** Key-value heads. Means nothing under latent attention, though configs state it: the cache size ignores it there. */
    kvHeads: known(headCount),
    /** Width of one head; not always hiddenSize / heads. */
    headDim: known(width),
    vocabSize: known(wholeNumber(largest.vocabulary)),
    /** Feed-forward width of the dense layers. */
    intermediateSize: known(width),
    /** Tokens, as the configuration says; what is marketed is often a rounder number. */
    contextLength: known(wholeNumber(largest.context)),
    /** The output head is the input embedding. */
    tiedEmbeddings: known(z.boolean()),
    attentionBias: known(z.enum(['none', 'qkv', 'qkvo'])),
    /** Queries and keys have a norm with weights of the width of one head. */
    qkNorm: known(z.boolean()),
    /** Layers that look back only so many tokens; null when every layer sees everything, or nothing is known. */
    slidingWindow: known(z.object({ tokens: wholeNumber(largest.context), layers: layerCount })),
    /** Extra multi-token-prediction layers beside `layers`; not part of the total. */
    mtpLayers: known(wholeNumber(largest.layers, 0)),
    moe: known(MixtureOfExperts),
    mla: known(LatentAttention),
    /** As published or as counted in the file, not computed from the shape: compare with `modelCard`. */
    parametersTotal: known(parameterCount),
    /** As published. Equal to the total in a dense model. */
    parametersActive: known(parameterCount),
  })
  .meta({ id: 'Architecture', description: 'The published shape of a model; null means not published' });
export type Architecture = z.infer<typeof Architecture>;

/** A closed model: nothing is published, and nothing is guessed. */
export const undisclosedArchitecture: Architecture = Architecture.parse({});
