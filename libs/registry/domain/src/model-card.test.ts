import { describe, expect, test } from 'vitest';
import { Architecture, undisclosedArchitecture } from './architecture.ts';
import { ModelCard, modelCard } from './model-card.ts';
import { deepseekV3Architecture, llama31With405BArchitecture, qwen25With72BArchitecture } from './reference/architectures.ts';

/** DeepSeek-V2: report arXiv 2405.04434, section 2 and appendix. */
const deepseekV2 = Architecture.parse({
  ...deepseekV3Architecture,
  modelType: 'deepseek_v2',
  layers: 60,
  hiddenSize: 5_120,
  vocabSize: 102_400,
  intermediateSize: 12_288,
  mtpLayers: 0,
  moe: { experts: 160, activeExperts: 6, sharedExperts: 2, expertIntermediateSize: 1_536, moeLayers: 59, routerBias: false, expertBias: false },
  parametersTotal: 236_000_000_000,
  parametersActive: 21_000_000_000,
});
const deepseek67B = Architecture.parse({
  ...llama31With405BArchitecture,
  layers: 95,
  hiddenSize: 8_192,
  heads: 64,
  vocabSize: 102_400,
  intermediateSize: 22_016,
  contextLength: 4_096,
  parametersTotal: 67_000_000_000,
  parametersActive: 67_000_000_000,
});

const published = [
  { name: 'DeepSeek-V3', architecture: deepseekV3Architecture, total: 671_026_419_200, active: [37_552_297_472, 36_625_618_432, 35_698_939_392], kvBytes: 70_272, bf16: 1_342_052_838_400, matmul: 73_251_236_864, attention: 10_234_101_760, training: 250_456_015_872 },
  { name: 'DeepSeek-V2', architecture: deepseekV2, total: 235_741_434_880, active: [21_375_800_320, 20_851_512_320, 20_327_224_320], kvBytes: 69_120, bf16: 471_482_869_760, matmul: 41_703_024_640, attention: 10_066_329_600, training: 155_308_062_720 },
  { name: 'DeepSeek 67B', architecture: deepseek67B, total: 67_425_001_472, active: [67_425_001_472, 66_586_140_672, 65_747_279_872], kvBytes: 389_120, bf16: 134_850_002_944, matmul: 133_172_281_344, attention: 6_375_342_080, training: 418_642_870_272 },
  { name: 'Llama 3.1 405B', architecture: llama31With405BArchitecture, total: 405_853_388_800, active: [405_853_388_800, 403_752_042_496, 401_650_696_192], kvBytes: 516_096, bf16: 811_706_777_600, matmul: 807_504_084_992, attention: 16_911_433_728, training: 2_473_246_556_160 },
  { name: 'Qwen2.5 72B', architecture: qwen25With72BArchitecture, total: 72_706_203_648, active: [72_706_203_648, 71_460_495_360, 70_214_787_072], kvBytes: 327_680, bf16: 145_412_407_296, matmul: 142_920_990_720, attention: 5_368_709_120, training: 444_869_099_520 },
];

describe('modelCard', () => {
  test.each(published)('$name: $total parameters, $kvBytes bytes of cache per token', ({ architecture, total, active, kvBytes, bf16, matmul, attention, training }) => {
    const card = modelCard(architecture);

    expect(card).toMatchObject({ parametersTotal: total, parametersFrom: 'shape', kvCacheBytesPerToken: kvBytes, findings: [] });
    expect(card.activeBy).toEqual({ all: active[0], withoutInputEmbedding: active[1], nonEmbedding: active[2] });
    expect(card.weightBytes).toMatchObject({ f32: 2 * bf16, bf16, f8: total });
    expect([card.flopsPerToken, card.attentionFlopsPerTokenAt4096, card.trainingFlopsPerTokenAt4096]).toEqual([matmul, attention, training]);
    expect(ModelCard.parse(card)).toEqual(card);
  });

  test.each([
    ['DeepSeek-V3', deepseekV3Architecture, 671, 37],
    ['Llama 3.1 405B', llama31With405BArchitecture, 406, 406],
  ])('%s rounds to %i billion in total, %i active', (_, architecture, totalBillions, activeBillions) => {
    const card = modelCard(architecture);

    expect(Math.round((card.parametersTotal ?? 0) / 1e9)).toBe(totalBillions);
    expect(Math.round((card.parametersActive ?? 0) / 1e9)).toBe(activeBillions);
  });

  test('the multi-token-prediction layer of DeepSeek-V3 is counted beside the total, not in it', () => {
    expect(modelCard(deepseekV3Architecture).parametersMtp).toBe(11_610_068_224);
  });

  test.each([
    ['Qwen2.5 72B', qwen25With72BArchitecture, 42_949_672_960],
    ['Llama 3.1 405B', llama31With405BArchitecture, 67_645_734_912],
  ])('the cache of %s at its full 131,072 tokens', (_, architecture, bytes) => {
    expect(modelCard(architecture).kvCacheBytesAtFullContext).toBe(bytes);
  });

  test.each([
    { precision: 'int4', bytes: 335_513_209_600 },
    { precision: 'int4_g128', bytes: 345_997_997_400 },
    { precision: 'q8_0', bytes: 712_965_570_400 },
    { precision: 'q4_0', bytes: 377_452_360_800 },
  ] as const)('DeepSeek-V3 at $precision takes $bytes bytes', ({ precision, bytes }) => {
    expect(modelCard(deepseekV3Architecture).weightBytes?.[precision]).toBe(bytes);
  });

  test('of a closed model nothing is known, and nothing is guessed', () => {
    const card = modelCard(undisclosedArchitecture);

    expect(Object.entries(card).filter(([, value]) => value !== null)).toEqual([['findings', []]]);
  });

  test('without a countable shape the published numbers are used, and marked so', () => {
    const card = modelCard(Architecture.parse({ modelType: 'mamba9', family: 'dense', parametersTotal: 7_000_000_000 }));

    expect(card).toMatchObject({ parametersTotal: 7_000_000_000, parametersActive: 7_000_000_000, parametersFrom: 'declared', flopsPerToken: null, kvCacheBytesPerToken: null });
  });

  test('sizes that do not give the published total are reported: a catalogue site lists Qwen2.5 72B with hidden size 12,288', () => {
    const card = modelCard({ ...qwen25With72BArchitecture, hiddenSize: 12_288 });

    expect(card.findings).toHaveLength(1);
    expect(card.findings[0]).toContain('one of the sizes is wrong');
  });
});
