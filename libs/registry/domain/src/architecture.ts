import { z } from 'zod';

const size = z.int().positive().max(Number.MAX_SAFE_INTEGER);
const known = <T extends z.ZodType>(schema: T) => schema.nullable().default(null);

/** Mixture of experts: sizes of the layers that route each token to a few of many feed-forward networks. */
export const MixtureOfExperts = z.object({
  /** Routed experts of one layer. */
  experts: size,
  /** Routed experts that one token passes through in a layer. */
  activeExperts: size,
  /** Experts that every token passes through, besides the routed ones. */
  sharedExperts: z.int().min(0).default(0),
  /** Feed-forward width of one expert; `intermediateSize` is that of the dense layers. */
  expertIntermediateSize: known(size),
  /** How many of the layers are mixture-of-experts layers; the others are dense. */
  moeLayers: known(z.int().min(0)),
  /** The router carries one bias, or correction bias, per expert. */
  routerBias: known(z.boolean()),
  /** Every expert carries biases on its gate, up and down projections. */
  expertBias: known(z.boolean()),
});
export type MixtureOfExperts = z.infer<typeof MixtureOfExperts>;

/** Multi-head latent attention (DeepSeek-V2 report, arXiv 2405.04434, section 2.1): keys and values are cached as one compressed vector. */
export const LatentAttention = z.object({
  kvLoraRank: size,
  /** Null: queries are not compressed. */
  qLoraRank: known(size),
  qkNopeHeadDim: size,
  qkRopeHeadDim: size,
  vHeadDim: size,
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
    layers: known(size),
    hiddenSize: known(size),
    heads: known(size),
    /** Key-value heads. Means nothing under latent attention, though configs state it: the cache size ignores it there. */
    kvHeads: known(size),
    /** Width of one head; not always hiddenSize / heads. */
    headDim: known(size),
    vocabSize: known(size),
    /** Feed-forward width of the dense layers. */
    intermediateSize: known(size),
    /** Tokens, as the configuration says; what is marketed is often a rounder number. */
    contextLength: known(size),
    /** The output head is the input embedding. */
    tiedEmbeddings: known(z.boolean()),
    attentionBias: known(z.enum(['none', 'qkv', 'qkvo'])),
    /** Queries and keys have a norm with weights of the width of one head. */
    qkNorm: known(z.boolean()),
    /** Layers that look back only so many tokens; null when every layer sees everything, or nothing is known. */
    slidingWindow: known(z.object({ tokens: size, layers: size })),
    /** Extra multi-token-prediction layers beside `layers`; not part of the total. */
    mtpLayers: known(z.int().min(0)),
    moe: known(MixtureOfExperts),
    mla: known(LatentAttention),
    /** As published or as counted in the file, not computed from the shape: compare with `modelCard`. */
    parametersTotal: known(size),
    /** As published. Equal to the total in a dense model. */
    parametersActive: known(size),
  })
  .meta({ id: 'Architecture', description: 'The published shape of a model; null means not published' });
export type Architecture = z.infer<typeof Architecture>;

/** A closed model: nothing is published, and nothing is guessed. */
export const undisclosedArchitecture: Architecture = Architecture.parse({});
