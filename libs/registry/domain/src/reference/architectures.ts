import { Architecture } from '../cards/architecture.ts';

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

/** DeepSeek-V2 and V2.5: report arXiv 2405.04434, section 2 and appendix; the router has no correction bias. */
export const deepseekV2Architecture: Architecture = Architecture.parse({
  ...deepseekV3Architecture,
  modelType: 'deepseek_v2',
  layers: 60,
  hiddenSize: 5_120,
  vocabSize: 102_400,
  intermediateSize: 12_288,
  mtpLayers: 0,
  moe: { experts: 160, activeExperts: 6, sharedExperts: 2, expertIntermediateSize: 1_536, moeLayers: 59, routerBias: false, expertBias: false },
  parametersTotal: 236 * billion,
  parametersActive: 21 * billion,
});

const grouped = { family: 'dense', tiedEmbeddings: false, qkNorm: false, mtpLayers: 0, headDim: 128 } as const;
const llama = { ...grouped, modelType: 'llama', attentionBias: 'none' } as const;
const qwen2 = { ...grouped, modelType: 'qwen2', attentionBias: 'qkv', vocabSize: 152_064, contextLength: 131_072 } as const;
const dense = (parameters: number) => ({ parametersTotal: parameters, parametersActive: parameters });

/** DeepSeek LLM 67B: quotations of its config; public tables disagree, and these sizes give the published total. */
export const deepseek67BArchitecture: Architecture = Architecture.parse({ ...llama, layers: 95, hiddenSize: 8_192, heads: 64, kvHeads: 8, vocabSize: 102_400, intermediateSize: 22_016, contextLength: 4_096, ...dense(67 * billion) });

/** Llama 3.1 8B: sizes as published configs state them; the count matches the 8.03B of the model card. */
export const llama31With8BArchitecture: Architecture = Architecture.parse({ ...llama, layers: 32, hiddenSize: 4_096, heads: 32, kvHeads: 8, vocabSize: 128_256, intermediateSize: 14_336, contextLength: 131_072, ...dense(8_030_000_000) });

/** Qwen2.5 32B, 14B, Math 7B and Math 1.5B: sizes as published configs state them; the counts match the model cards. */
export const qwen25With32BArchitecture: Architecture = Architecture.parse({ ...qwen2, layers: 64, hiddenSize: 5_120, heads: 40, kvHeads: 8, intermediateSize: 27_648, ...dense(32_500_000_000) });
export const qwen25With14BArchitecture: Architecture = Architecture.parse({ ...qwen2, layers: 48, hiddenSize: 5_120, heads: 40, kvHeads: 8, intermediateSize: 13_824, ...dense(14_700_000_000) });
export const qwen25MathWith7BArchitecture: Architecture = Architecture.parse({ ...qwen2, layers: 28, hiddenSize: 3_584, heads: 28, kvHeads: 4, intermediateSize: 18_944, contextLength: 4_096, ...dense(7_610_000_000) });
export const qwen25MathWith1BArchitecture: Architecture = Architecture.parse({ ...qwen2, layers: 28, hiddenSize: 1_536, heads: 12, kvHeads: 2, intermediateSize: 8_960, vocabSize: 151_936, tiedEmbeddings: true, contextLength: 4_096, ...dense(1_540_000_000) });

/** DeepSeek changed the configs slightly: a longer context, and a head of its own for the smallest. */
export const distilledQwen7BArchitecture: Architecture = Architecture.parse({ ...qwen25MathWith7BArchitecture, contextLength: 131_072 });
export const distilledQwen1BArchitecture: Architecture = Architecture.parse({ ...qwen25MathWith1BArchitecture, tiedEmbeddings: false, contextLength: 131_072, ...dense(1_780_000_000) });
