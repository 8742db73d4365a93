import { z } from 'zod';
import { Architecture, largest, wholeNumber } from '../cards/architecture.ts';

/** Bounds of the architecture, where each field has its own: the widest here, so that a fault names the key of the file. */
const size = wholeNumber(largest.context).nullish();
const count = wholeNumber(largest.width, 0).nullish();

/** The keys of config.json that say something about shape. Others are ignored. */
const HuggingFaceConfig = z.object({
  model_type: z.string().max(100).nullish(),
  hidden_size: size,
  num_hidden_layers: wholeNumber(largest.layers).nullish(),
  num_attention_heads: size,
  num_key_value_heads: size,
  head_dim: size,
  vocab_size: size,
  intermediate_size: size,
  intermediate_size_mlp: size,
  moe_intermediate_size: size,
  max_position_embeddings: size,
  tie_word_embeddings: z.boolean().nullish(),
  attention_bias: z.boolean().nullish(),
  use_qk_norm: z.boolean().nullish(),
  sliding_window: size,
  use_sliding_window: z.boolean().nullish(),
  layer_types: z.array(z.string()).max(10_000).nullish(),
  num_experts: count,
  num_local_experts: count,
  n_routed_experts: count,
  num_experts_per_tok: size,
  n_shared_experts: count,
  first_k_dense_replace: count,
  mlp_only_layers: z.array(z.int()).max(10_000).nullish(),
  decoder_sparse_step: size,
  interleave_moe_layer_step: size,
  topk_method: z.string().nullish(),
  q_lora_rank: count,
  kv_lora_rank: count,
  qk_nope_head_dim: size,
  qk_rope_head_dim: size,
  v_head_dim: size,
  num_nextn_predict_layers: count,
  num_mtp_layers: count,
});
type HuggingFaceConfig = z.infer<typeof HuggingFaceConfig>;

/** What a model type says without writing it into its config (transformers' model code). Absent: nothing is known of the type. */
const conventions: Readonly<Record<string, { bias: 'none' | 'qkv' | 'qkvo' | 'config'; qkNorm?: true | 'config'; tied?: true; routerBias?: true; expertBias?: true }>> = {
  llama: { bias: 'none' },
  mistral: { bias: 'none' },
  mixtral: { bias: 'none' },
  qwen2: { bias: 'qkv' },
  qwen3: { bias: 'none', qkNorm: true },
  qwen3_moe: { bias: 'none', qkNorm: true },
  deepseek_v2: { bias: 'none' },
  deepseek_v3: { bias: 'none' },
  kimi_k2: { bias: 'none' },
  glm4_moe: { bias: 'config', qkNorm: 'config', routerBias: true },
  gpt_oss: { bias: 'qkvo', routerBias: true, expertBias: true },
  llama4: { bias: 'none' },
  gemma2: { bias: 'none', tied: true },
};

/** What older and other families call the same sizes. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  hidden_size: ['n_embd', 'd_model'],
  num_hidden_layers: ['n_layer', 'num_layers', 'n_layers'],
  num_attention_heads: ['n_head', 'n_heads'],
  num_key_value_heads: ['num_kv_heads', 'multi_query_group_num'],
  head_dim: ['kv_channels'],
  vocab_size: ['padded_vocab_size'],
  intermediate_size: ['ffn_hidden_size', 'n_inner'],
  max_position_embeddings: ['seq_length', 'max_seq_len', 'n_positions', 'model_max_length'],
};

export interface ConfigReading {
  readonly architecture: Architecture;
  /** Keys whose values could not be used, as sentences. They are left out; the rest is read. */
  readonly faults: string[];
  /** Those of the faults that no publisher writes by mistake: negative and astronomical sizes. */
  readonly absurd: string[];
}

/**
 * Reads the architecture out of a parsed config.json; multimodal configs keep it under `text_config`.
 * Never throws: a config without usable sizes gives nulls, and `faults` says what could not be used.
 */
export function architectureFromConfig(configJson: unknown): ConfigReading {
  const outer = z.looseObject({ model_type: z.string().max(100).nullish(), text_config: z.looseObject({}).nullish() }).safeParse(configJson);
  if (!outer.success) return { architecture: Architecture.parse({}), faults: ['config.json is not an object with a model_type'], absurd: [] };
  const { config, faults, absurd } = usableKeys(outer.data.text_config ?? outer.data);
  const modelType = (outer.data.text_config ? outer.data.model_type : undefined) ?? config.model_type ?? null;
  const convention = modelType !== null && Object.hasOwn(conventions, modelType) ? conventions[modelType] : undefined;
  const moe = mixtureOfExperts(config, convention);
  const mla = latentAttention(config);
  const derived = config.hidden_size && config.num_attention_heads ? config.hidden_size / config.num_attention_heads : null;
  const architecture = Architecture.safeParse({
    modelType,
    family: config.num_hidden_layers ? (mla ? 'mla' : moe ? 'moe' : 'dense') : null,
    layers: config.num_hidden_layers ?? null,
    hiddenSize: config.hidden_size ?? null,
    heads: config.num_attention_heads ?? null,
    kvHeads: config.num_key_value_heads ?? config.num_attention_heads ?? null,
    headDim: mla ? null : (config.head_dim ?? (derived !== null && Number.isInteger(derived) ? derived : null)),
    vocabSize: config.vocab_size ?? null,
    intermediateSize: config.intermediate_size_mlp ?? config.intermediate_size ?? null,
    contextLength: config.max_position_embeddings ?? null,
    tiedEmbeddings: config.tie_word_embeddings ?? (convention === undefined ? null : (convention.tied ?? false)),
    attentionBias: convention === undefined ? null : convention.bias === 'config' ? (config.attention_bias ? 'qkv' : 'none') : convention.bias,
    qkNorm: convention === undefined ? null : convention.qkNorm === 'config' ? (config.use_qk_norm ?? false) : (convention.qkNorm ?? false),
    slidingWindow: slidingWindow(config, modelType),
    mtpLayers: config.num_mtp_layers ?? config.num_nextn_predict_layers ?? null,
    moe,
    mla,
  });
  if (architecture.success) return { architecture: architecture.data, faults, absurd };
  return { architecture: Architecture.parse({}), faults: [...faults, ...architecture.error.issues.map((issue) => `config.json: ${issue.path.join('.')}: ${issue.message}`)], absurd };
}

/** Every key by itself: one that a newer kind of model writes in another form does not hide the others. */
function usableKeys(json: Readonly<Record<string, unknown>>): { config: HuggingFaceConfig; faults: string[]; absurd: string[] } {
  const config: Record<string, unknown> = {};
  const faults: string[] = [];
  const absurd: string[] = [];
  for (const [key, schema] of Object.entries(HuggingFaceConfig.shape)) {
    const name = [key, ...(otherNames[key] ?? [])].find((one) => Object.hasOwn(json, one) && json[one] !== null) ?? key;
    const value = Object.hasOwn(json, name) ? json[name] : undefined;
    const parsed = schema.safeParse(value);
    if (parsed.success) {
      config[key] = parsed.data;
      continue;
    }
    const fault = `config.json: ${name}: ${parsed.error.issues[0]?.message ?? 'cannot be read'}`;
    faults.push(fault);
    // 0 and -1 stand for "none" in some configurations.
    if (typeof value === 'number' && (value < -1 || value > largest.layers || Number.isNaN(value))) absurd.push(fault);
  }
  return { config: HuggingFaceConfig.parse(config), faults, absurd };
}

function mixtureOfExperts(config: HuggingFaceConfig, convention: (typeof conventions)[string] | undefined) {
  const experts = config.n_routed_experts || config.num_experts || config.num_local_experts;
  if (!experts) return null;
  const layers = config.num_hidden_layers ?? 0;
  return {
    experts,
    activeExperts: config.num_experts_per_tok ?? 1,
    sharedExperts: config.n_shared_experts ?? (config.interleave_moe_layer_step ? 1 : 0),
    expertIntermediateSize: config.moe_intermediate_size ?? config.intermediate_size ?? null,
    moeLayers: convention === undefined ? null : sparseLayers(config, layers),
    routerBias: convention === undefined ? null : (convention.routerBias ?? config.topk_method === 'noaux_tc'),
    expertBias: convention === undefined ? null : (convention.expertBias ?? false),
  };
}

function sparseLayers(config: HuggingFaceConfig, layers: number): number {
  if (config.interleave_moe_layer_step) return Math.floor(layers / config.interleave_moe_layer_step);
  const step = config.decoder_sparse_step ?? 1;
  const denseByName = new Set(config.mlp_only_layers ?? []);
  let sparse = 0;
  for (let layer = config.first_k_dense_replace ?? 0; layer < Math.min(layers, 10_000); layer += 1)
    if (!denseByName.has(layer) && (layer + 1) % step === 0) sparse += 1;
  return sparse;
}

function latentAttention(config: HuggingFaceConfig) {
  const { kv_lora_rank, qk_nope_head_dim, qk_rope_head_dim, v_head_dim } = config;
  if (!kv_lora_rank || !qk_nope_head_dim || !qk_rope_head_dim || !v_head_dim) return null;
  return {
    kvLoraRank: kv_lora_rank,
    qLoraRank: config.q_lora_rank || null,
    qkNopeHeadDim: qk_nope_head_dim,
    qkRopeHeadDim: qk_rope_head_dim,
    vHeadDim: v_head_dim,
  };
}

/** Qwen's configs state a window and switch it off with `use_sliding_window`; gemma2 alternates without listing the layers. */
function slidingWindow(config: HuggingFaceConfig, modelType: string | null) {
  if (!config.sliding_window || config.use_sliding_window === false || !config.num_hidden_layers) return null;
  const layers = config.layer_types
    ? config.layer_types.filter((type) => type === 'sliding_attention').length
    : modelType === 'gemma2'
      ? Math.ceil(config.num_hidden_layers / 2)
      : config.num_hidden_layers;
  return layers > 0 ? { tokens: config.sliding_window, layers } : null;
}
