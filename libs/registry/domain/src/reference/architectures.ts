import { Architecture } from '../architecture.ts';

const billion = 1_000_000_000;

/** DeepSeek-V3 and R1: config.json of both repositories; technical report arXiv 2412.19437, section 4.2. */
export const deepseekV3Architecture: Architecture = Architecture.parse({
  modelType: 'deepseek_v3',
  family: 'mla',
  layers: 61,
  hiddenSize: 7_168,
  heads: 128,
  kvHeads: 128,
  vocabSize: 129_280,
  intermediateSize: 18_432,
  contextLength: 163_840,
  tiedEmbeddings: false,
  attentionBias: 'none',
  qkNorm: false,
  mtpLayers: 1,
  moe: { experts: 256, activeExperts: 8, sharedExperts: 1, expertIntermediateSize: 2_048, moeLayers: 58, routerBias: true, expertBias: false },
  mla: { kvLoraRank: 512, qLoraRank: 1_536, qkNopeHeadDim: 128, qkRopeHeadDim: 64, vHeadDim: 128 },
  parametersTotal: 671 * billion,
  parametersActive: 37 * billion,
});

/** Llama 3.1 405B: Meta's model card and config. */
export const llama31With405BArchitecture: Architecture = Architecture.parse({
  modelType: 'llama',
  family: 'dense',
  layers: 126,
  hiddenSize: 16_384,
  heads: 128,
  kvHeads: 8,
  headDim: 128,
  vocabSize: 128_256,
  intermediateSize: 53_248,
  contextLength: 131_072,
  tiedEmbeddings: false,
  attentionBias: 'none',
  qkNorm: false,
  mtpLayers: 0,
  parametersTotal: 405 * billion,
  parametersActive: 405 * billion,
});

/** Qwen2.5 72B: a published copy of its config; the count matches the 72.7B of the model card. */
export const qwen25With72BArchitecture: Architecture = Architecture.parse({
  modelType: 'qwen2',
  family: 'dense',
  layers: 80,
  hiddenSize: 8_192,
  heads: 64,
  kvHeads: 8,
  headDim: 128,
  vocabSize: 152_064,
  intermediateSize: 29_568,
  contextLength: 131_072,
  tiedEmbeddings: false,
  attentionBias: 'qkv',
  qkNorm: false,
  mtpLayers: 0,
  parametersTotal: 72_700_000_000,
  parametersActive: 72_700_000_000,
});

/** Llama 3.1 70B and 3.3 70B: sizes as published training recipes for both state them; the count matches the 70.6B of the model cards. */
export const llama3With70BArchitecture: Architecture = Architecture.parse({
  modelType: 'llama',
  family: 'dense',
  layers: 80,
  hiddenSize: 8_192,
  heads: 64,
  kvHeads: 8,
  headDim: 128,
  vocabSize: 128_256,
  intermediateSize: 28_672,
  contextLength: 131_072,
  tiedEmbeddings: false,
  attentionBias: 'none',
  qkNorm: false,
  mtpLayers: 0,
  parametersTotal: 70 * billion,
  parametersActive: 70 * billion,
});
