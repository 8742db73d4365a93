import type { z } from 'zod';
import { Architecture } from '../cards/architecture.ts';
import { GgufError } from './gguf-reader.ts';
import type { GgufHeader } from './gguf.ts';

/** Names of `general.architecture` that differ from the `model_type` with the same rules. */
const modelTypes: Readonly<Record<string, string>> = { qwen3moe: 'qwen3_moe', 'gpt-oss': 'gpt_oss', glm4moe: 'glm4_moe' };

/** Reads the shape out of the metadata keys `{architecture}.*` and the names of the tensors. What is missing or no number stays null; sizes that no model has are a {@link GgufError} `absurd`. */
export function ggufArchitecture(header: GgufHeader): Architecture {
  const { metadata, tensors } = header;
  const named = metadata.get('general.architecture');
  const prefix = typeof named === 'string' && named !== '' && named.length <= 100 ? named : null;
  const of = (key: string): number | null => (prefix === null ? null : wholeNumber(metadata.get(`${prefix}.${key}`)));
  const names = new Set(tensors.map((tensor) => tensor.name));
  const inSomeLayer = (suffix: string) => tensors.some(({ name }) => name.startsWith('blk.') && name.endsWith(suffix));

  const layers = of('block_count');
  const hiddenSize = of('embedding_length');
  const heads = of('attention.head_count');
  const experts = of('expert_count');
  const mla = latentAttention(of);
  const headDim = of('attention.key_length') ?? (hiddenSize !== null && heads !== null && hiddenSize % heads === 0 ? hiddenSize / heads : null);
  const family = layers === null ? null : mla !== null ? 'mla' : experts !== null ? 'moe' : 'dense';
  const parametersTotal = elementsOf(header);
  return plausible({
    modelType: prefix === null ? null : modelType(prefix, experts, inSomeLayer('.exp_probs_b.bias')),
    family,
    layers,
    hiddenSize,
    heads,
    kvHeads: of('attention.head_count_kv') ?? heads,
    headDim: mla === null ? headDim : null,
    vocabSize: of('vocab_size') ?? itemCount(metadata.get('tokenizer.ggml.tokens')),
    intermediateSize: of('feed_forward_length'),
    contextLength: of('context_length'),
    tiedEmbeddings: names.has('token_embd.weight') ? !names.has('output.weight') : null,
    attentionBias: tensors.length === 0 ? null : inSomeLayer('.attn_output.bias') ? 'qkvo' : inSomeLayer('.attn_q.bias') ? 'qkv' : 'none',
    qkNorm: tensors.length === 0 ? null : inSomeLayer('.attn_q_norm.weight'),
    slidingWindow: null,
    mtpLayers: of('nextn_predict_layers'),
    moe:
      experts === null
        ? null
        : {
            experts,
            activeExperts: of('expert_used_count') ?? 1,
            sharedExperts: of('expert_shared_count') ?? 0,
            expertIntermediateSize: of('expert_feed_forward_length') ?? of('feed_forward_length'),
            moeLayers: tensors.length === 0 ? null : tensors.filter(({ name }) => name.endsWith('.ffn_down_exps.weight')).length,
            routerBias: inSomeLayer('.exp_probs_b.bias') || inSomeLayer('.ffn_gate_inp.bias'),
            expertBias: inSomeLayer('.ffn_down_exps.bias'),
          },
    mla,
    parametersTotal,
    parametersActive: family === 'dense' ? parametersTotal : null,
  });
}

function plausible(shape: z.input<typeof Architecture>): Architecture {
  const parsed = Architecture.safeParse(shape);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new GgufError('absurd', `absurd size: ${issue?.path.join('.') ?? 'the shape'} ${issue?.message ?? 'cannot be'}`);
}

/** llama.cpp runs Mixtral as `llama` with experts, and DeepSeek V2 and V3 both as `deepseek2`. */
function modelType(architecture: string, experts: number | null, hasRouterBias: boolean): string {
  if (architecture === 'llama' && experts !== null) return 'mixtral';
  if (architecture === 'deepseek2') return hasRouterBias ? 'deepseek_v3' : 'deepseek_v2';
  return Object.hasOwn(modelTypes, architecture) ? (modelTypes[architecture] ?? architecture) : architecture;
}

/** Newer conversions state the compressed width as `key_length` and the real widths with the suffix `_mla`. */
function latentAttention(of: (key: string) => number | null) {
  const kvLoraRank = of('attention.kv_lora_rank');
  const qkRopeHeadDim = of('rope.dimension_count');
  const keyLength = of('attention.key_length_mla') ?? of('attention.key_length');
  const vHeadDim = of('attention.value_length_mla') ?? of('attention.value_length');
  if (kvLoraRank === null || qkRopeHeadDim === null || keyLength === null || vHeadDim === null || keyLength <= qkRopeHeadDim) return null;
  return { kvLoraRank, qLoraRank: of('attention.q_lora_rank'), qkNopeHeadDim: keyLength - qkRopeHeadDim, qkRopeHeadDim, vHeadDim };
}

/** A positive whole number; of a list with one value per layer the value that all share. */
function wholeNumber(value: unknown): number | null {
  if (Array.isArray(value)) return value.length > 0 && value.every((item) => item === value[0]) ? wholeNumber(value[0]) : null;
  const number = typeof value === 'bigint' || typeof value === 'number' ? Number(value) : Number.NaN;
  return Number.isSafeInteger(number) && number > 0 ? number : null;
}

function itemCount(value: unknown): number | null {
  if (Array.isArray(value)) return value.length > 0 ? value.length : null;
  return typeof value === 'object' && value !== null && 'skippedItems' in value ? wholeNumber(value.skippedItems) : null;
}

function elementsOf({ tensors }: GgufHeader): number | null {
  let elements = 0n;
  for (const tensor of tensors) elements += tensor.dimensions.reduce((total, dimension) => total * dimension, 1n);
  return wholeNumber(elements);
}
