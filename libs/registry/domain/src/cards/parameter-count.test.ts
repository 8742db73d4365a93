import { describe, expect, test } from 'vitest';
import { Architecture } from './architecture.ts';
import { architectureFromConfig } from '../formats/hugging-face-config.ts';
import { kvCacheBytes } from './kv-cache.ts';
import { ModelCard, modelCard } from './model-card.ts';
import { countParameters } from './parameter-count.ts';

const llama = { model_type: 'llama', hidden_size: 64, intermediate_size: 160, num_hidden_layers: 2, num_attention_heads: 4, num_key_value_heads: 2, vocab_size: 1000, tie_word_embeddings: false };
const moeSizes = { hidden_size: 64, moe_intermediate_size: 24, num_hidden_layers: 3, num_attention_heads: 4, vocab_size: 1000, tie_word_embeddings: false };
const latent = { ...moeSizes, intermediate_size: 160, first_k_dense_replace: 1, num_key_value_heads: 4, n_routed_experts: 8, kv_lora_rank: 32, qk_nope_head_dim: 16, qk_rope_head_dim: 8, v_head_dim: 16 };

/** Made-up sizes that are small enough to check by hand; each row triggers one rule of its model type. */
const shapes = [
  { name: 'llama', config: llama, total: 214_336, active: [214_336, 150_336, 86_336], kvBytes: 256 },
  { name: 'llama with a tied head', config: { ...llama, tie_word_embeddings: true }, total: 150_336, active: [150_336, 150_336, 86_336], kvBytes: 256 },
  { name: 'qwen2 with biases', config: { ...llama, model_type: 'qwen2' }, total: 214_592, active: [214_592, 150_592, 86_592], kvBytes: 256 },
  {
    name: 'qwen3_moe with q and k norms',
    config: { ...moeSizes, model_type: 'qwen3_moe', intermediate_size: 999, num_key_value_heads: 2, head_dim: 32, num_experts: 8, num_experts_per_tok: 2, mlp_only_layers: [], decoder_sparse_step: 1 },
    total: 314_496,
    active: [231_552, 167_552, 103_552],
    kvBytes: 768,
  },
  {
    name: 'mixtral',
    config: { ...llama, model_type: 'mixtral', intermediate_size: 96, num_local_experts: 4, num_experts_per_tok: 2 },
    total: 300_864,
    active: [227_136, 163_136, 99_136],
    kvBytes: 256,
  },
  {
    name: 'gpt_oss with sinks and biases everywhere',
    config: {
      model_type: 'gpt_oss', hidden_size: 48, intermediate_size: 48, num_hidden_layers: 2, num_attention_heads: 4, num_key_value_heads: 2, head_dim: 16,
      num_local_experts: 4, num_experts_per_tok: 2, vocab_size: 500, tie_word_embeddings: false, sliding_window: 16, layer_types: ['sliding_attention', 'full_attention'],
    },
    total: 123_872,
    active: [95_648, 71_648, 47_648],
    kvBytes: 256,
  },
  {
    name: 'llama4 inside text_config',
    config: {
      model_type: 'llama4',
      text_config: {
        model_type: 'llama4_text', hidden_size: 64, intermediate_size: 32, intermediate_size_mlp: 128, num_hidden_layers: 4, num_attention_heads: 4, num_key_value_heads: 2,
        head_dim: 16, num_local_experts: 4, num_experts_per_tok: 1, interleave_moe_layer_step: 2, vocab_size: 1000,
      },
    },
    total: 288_832,
    active: [251_968, 187_968, 123_968],
    kvBytes: 512,
  },
  {
    name: 'gemma2 with four norms, tied although the key is missing',
    config: { model_type: 'gemma2', hidden_size: 64, intermediate_size: 128, num_hidden_layers: 2, num_attention_heads: 4, num_key_value_heads: 2, head_dim: 32, vocab_size: 1000 },
    total: 162_880,
    active: [162_880, 162_880, 98_880],
    kvBytes: 512,
  },
  {
    name: 'latent attention without compressed queries',
    config: { ...latent, model_type: 'deepseek_v2', n_shared_experts: 2, num_experts_per_tok: 3, q_lora_rank: null },
    total: 303_136,
    active: [257_056, 193_056, 129_056],
    kvBytes: 240,
  },
  {
    name: 'latent attention with a multi-token-prediction layer',
    config: { ...latent, model_type: 'deepseek_v3', topk_method: 'noaux_tc', n_shared_experts: 1, num_experts_per_tok: 2, q_lora_rank: 48, num_nextn_predict_layers: 1 },
    total: 298_688,
    active: [243_392, 179_392, 115_392],
    kvBytes: 240,
    mtp: 69_016,
    checkpoint: 495_704,
  },
  {
    name: 'glm4_moe',
    config: {
      ...moeSizes, model_type: 'glm4_moe', intermediate_size: 160, first_k_dense_replace: 1, num_key_value_heads: 2, head_dim: 32, attention_bias: true, use_qk_norm: true,
      n_routed_experts: 8, n_shared_experts: 1, num_experts_per_tok: 2, num_nextn_predict_layers: 1,
    },
    total: 317_840,
    active: [262_544, 198_544, 134_544],
    kvBytes: 768,
    mtp: 75_400,
    checkpoint: 521_240,
  },
];

describe('architectureFromConfig and countParameters', () => {
  test.each(shapes)('$name: $total parameters', ({ config, total, active, kvBytes, mtp, checkpoint }) => {
    const { architecture, faults } = architectureFromConfig(config);
    const count = countParameters(architecture);

    expect(faults).toEqual([]);
    expect(count?.total).toBe(total);
    expect([count?.active.all, count?.active.withoutInputEmbedding, count?.active.nonEmbedding]).toEqual(active);
    expect(kvCacheBytes(architecture, 1)).toBe(BigInt(kvBytes));
    if (mtp !== undefined) expect([count?.mtp, count?.checkpoint]).toEqual([mtp, checkpoint]);
  });

  test.each([
    ['a model type that is not known', { ...llama, model_type: 'mamba9' }],
    ['a config without sizes', { model_type: 'llama' }],
    ['an empty config', {}],
    ['something else', 'llama'],
    ['a negative size', { ...llama, hidden_size: -64 }],
    ['a size beyond exact integers', { ...llama, hidden_size: 2 ** 52, vocab_size: 2 ** 52 }],
    ['a prototype name for a type', { ...llama, model_type: 'constructor' }],
  ])('%s is not counted, and does not throw', (_, config) => {
    expect(countParameters(architectureFromConfig(config).architecture)).toBeNull();
  });
});

describe('absurd numbers', () => {
  test.each([
    ['num_hidden_layers', 1e300],
    ['num_hidden_layers', 10_001],
    ['hidden_size', -64],
    ['hidden_size', 1e15],
    ['vocab_size', Number.NaN],
    ['head_dim', Number.POSITIVE_INFINITY],
    ['intermediate_size', 1.5],
    ['num_attention_heads', '32'],
    ['num_key_value_heads', []],
    ['max_position_embeddings', 2 ** 60],
    ['first_k_dense_replace', -1],
  ])('%s: %s is a fault that names the field and what it may be', (field, value) => {
    const { faults } = architectureFromConfig({ ...llama, [field]: value });

    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`${field}: must be a whole number from [01] to [\\d,]+$`));
  });

  test.each([
    ['layers', 1e300],
    ['heads', -1],
    ['vocabSize', '1000'],
    ['hiddenSize', Number.NaN],
    ['moe.experts', 2_000_000],
  ])('a posted architecture with %s: %s is refused with the field', (field, value) => {
    const posted = field.startsWith('moe.') ? { moe: { experts: value, activeExperts: 1 } } : { [field]: value };
    const { error } = Architecture.safeParse(posted);

    expect(error?.issues.map(({ path, message }) => [path.join('.'), message])).toEqual([[field, expect.stringMatching(/^must be a whole number from [01] to [\d,]+$/)]]);
  });

  const atMost = { layers: 10_000, hiddenSize: 100_000_000, heads: 1_000_000, kvHeads: 1_000_000, headDim: 100_000_000, vocabSize: 1_000_000_000, intermediateSize: 100_000_000, contextLength: 100_000_000_000 };

  test.each([
    ['the largest shape', { modelType: 'llama', tiedEmbeddings: false, attentionBias: 'none', qkNorm: false, ...atMost }],
    ['the largest declared size', { parametersTotal: 1e15, parametersActive: 1e15 }],
    ['the largest latent attention', { modelType: 'deepseek_v3', tiedEmbeddings: false, ...atMost, mla: { kvLoraRank: 100_000_000, qLoraRank: null, qkNopeHeadDim: 100_000_000, qkRopeHeadDim: 100_000_000, vHeadDim: 100_000_000 } }],
  ])('%s that is allowed has a card of exact numbers, or none', (_, posted) => {
    const card = modelCard(Architecture.parse(posted));

    expect(ModelCard.parse(card)).toEqual(card);
  });
});

describe('kvCacheBytes', () => {
  test('a sliding layer keeps at most its window, a full layer everything', () => {
    const { architecture } = architectureFromConfig(shapes[5]?.config);

    expect(kvCacheBytes(architecture, 16)).toBe(16n * 256n);
    expect(kvCacheBytes(architecture, 100)).toBe(100n * 128n + 16n * 128n);
  });

  test('a window that the config switches off does not count', () => {
    const { architecture } = architectureFromConfig({ ...llama, model_type: 'qwen2', sliding_window: 16, use_sliding_window: false });

    expect(architecture.slidingWindow).toBeNull();
  });

  test('nothing known gives nothing', () => {
    expect(kvCacheBytes(Architecture.parse({}), 100)).toBeNull();
  });
});
