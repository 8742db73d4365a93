import { z } from 'zod';
import type { Architecture } from './architecture.ts';
import { kvCacheBytes, kvCacheElementsPerToken } from './kv-cache.ts';
import { countParameters } from './parameter-count.ts';
import type { ParameterCount } from './parameter-count.ts';

const bytes = z.int().min(0);

/** Bits per weight, quantisation scales included. Sources: GGUF block layouts of Q8_0 (34 bytes per 32) and Q4_0 (18 bytes per 32); int4_g128 has one 16-bit scale per 128. */
export const weightBits = { f32: 32, bf16: 16, f8: 8, int8: 8, q8_0: 8.5, q4_0: 4.5, int4: 4, int4_g128: 4.125 } as const;
export type WeightPrecision = keyof typeof weightBits;

/**
 * What follows from an {@link Architecture}. Null where the architecture does not say enough: never an estimate.
 * Byte counts are exact integers; KB and GB in texts are powers of 1000.
 */
export const ModelCard = z
  .object({
    parametersTotal: z.int().nullable(),
    /**
     * A dense model: the total. A sparse one: parameters that one token touches, the input embedding left out
     * (a table lookup multiplies nothing): the convention that DeepSeek's "37B" rounds from.
     */
    parametersActive: z.int().nullable(),
    /** Where the two numbers above come from: counted from the shape, or taken as published (or counted in the file). */
    parametersFrom: z.enum(['shape', 'declared']).nullable(),
    /** The three ways in which active parameters are counted in publications. */
    activeBy: z.object({ all: z.int(), withoutInputEmbedding: z.int(), nonEmbedding: z.int() }).nullable(),
    /** Weights of the multi-token-prediction layers, not in the total. */
    parametersMtp: z.int().nullable(),
    /** Bytes of all weights if every one were stored so: a lower bound for real files, which keep norms and embeddings at 16 bits. */
    weightBytes: z
      .object({ f32: bytes, bf16: bytes, f8: bytes, int8: bytes, q8_0: bytes, q4_0: bytes, int4: bytes, int4_g128: bytes })
      .nullable(),
    /** Bytes that one more token adds to the cache at 16 bits per element, as long as the sequence is shorter than any sliding window. */
    kvCacheBytesPerToken: bytes.nullable(),
    /** Bytes of the 16-bit cache of one sequence that fills the whole context. */
    kvCacheBytesAtFullContext: bytes.nullable(),
    /** Floating-point operations of one forward pass for one token, matrix products only: twice the active parameters without input embedding. */
    flopsPerToken: z.int().nullable(),
    /** Attention's share on top of `flopsPerToken`, averaged over a causal sequence of 4,096 tokens. */
    attentionFlopsPerTokenAt4096: z.int().nullable(),
    /** Forward and backward, attention at 4,096 tokens included: three times the forward pass. */
    trainingFlopsPerTokenAt4096: z.int().nullable(),
    contextLength: z.int().nullable(),
    /** Sentences about what does not fit together, e.g. a published total that the shape does not give. */
    findings: z.array(z.string()),
  })
  .meta({ id: 'ModelCard', description: 'Parameters, memory and work per token that follow from the architecture' });
export type ModelCard = z.infer<typeof ModelCard>;

/** Gap between published and counted total above which the published sizes are doubted: larger than rounding, smaller than any real mistake seen. */
const doubtfulGap = 0.02;
const trainedSequenceTokens = 4_096;

/** Computes the card of an architecture: what is counted from the shape wins over what is declared, and the gap is reported. */
export function modelCard(architecture: Architecture): ModelCard {
  const count = countParameters(architecture);
  const total = count?.total ?? architecture.parametersTotal;
  const elements = kvCacheElementsPerToken(architecture);
  const atFullContext = architecture.contextLength === null ? null : kvCacheBytes(architecture, architecture.contextLength);
  const forward = exact(count === null ? null : 2 * count.active.withoutInputEmbedding);
  const attention = exact(attentionFlopsPerToken(architecture, trainedSequenceTokens));
  return {
    parametersTotal: total,
    parametersActive: count === null ? declaredActive(architecture) : architecture.moe === null ? count.total : count.active.withoutInputEmbedding,
    parametersFrom: count !== null ? 'shape' : architecture.parametersTotal === null ? null : 'declared',
    activeBy: count?.active ?? null,
    parametersMtp: count?.mtp ?? null,
    weightBytes: total === null ? null : weightBytes(total),
    kvCacheBytesPerToken: exact(elements === null ? null : 2 * elements),
    kvCacheBytesAtFullContext: atFullContext === null || atFullContext > BigInt(Number.MAX_SAFE_INTEGER) ? null : Number(atFullContext),
    flopsPerToken: forward,
    attentionFlopsPerTokenAt4096: attention,
    trainingFlopsPerTokenAt4096: exact(forward === null || attention === null ? null : 3 * (forward + attention)),
    contextLength: architecture.contextLength,
    findings: findings(architecture, count),
  };
}

/** Beyond exact integers a number would be a guess: then there is none. */
const exact = (value: number | null): number | null => (value !== null && Number.isSafeInteger(value) ? value : null);

const declaredActive = ({ parametersActive, parametersTotal, family }: Architecture): number | null =>
  parametersActive ?? (family === 'dense' ? parametersTotal : null);

function weightBytes(parameters: number): NonNullable<ModelCard['weightBytes']> {
  const bytesAt = (precision: WeightPrecision) => Math.ceil((parameters * weightBits[precision]) / 8);
  return {
    f32: bytesAt('f32'),
    bf16: bytesAt('bf16'),
    f8: bytesAt('f8'),
    int8: bytesAt('int8'),
    q8_0: bytesAt('q8_0'),
    q4_0: bytesAt('q4_0'),
    int4: bytesAt('int4'),
    int4_g128: bytesAt('int4_g128'),
  };
}

/** Scores and weighted sums of a causal prefill of `tokens` tokens, per token: S * heads * (d_qk + d_v) * layers. */
function attentionFlopsPerToken({ layers, heads, headDim, mla }: Architecture, tokens: number): number | null {
  if (layers === null || heads === null) return null;
  const width = mla !== null ? mla.qkNopeHeadDim + mla.qkRopeHeadDim + mla.vHeadDim : headDim === null ? null : 2 * headDim;
  return width === null ? null : tokens * heads * width * layers;
}

function findings(architecture: Architecture, count: ParameterCount | null): string[] {
  const declared = architecture.parametersTotal;
  if (count === null || declared === null) return [];
  const gap = Math.min(...[count.total, count.total + count.mtp, count.checkpoint].map((total) => Math.abs(total - declared) / declared));
  return gap > doubtfulGap
    ? [`The shape gives ${count.total.toLocaleString('en-US')} parameters, ${(gap * 100).toFixed(1)}% away from the declared ${declared.toLocaleString('en-US')}: one of the sizes is wrong.`]
    : [];
}
