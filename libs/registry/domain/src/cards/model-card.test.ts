import { describe, expect, test } from 'vitest';
import { Architecture, undisclosedArchitecture } from './architecture.ts';
import { ModelCard, modelCard } from './model-card.ts';
import { kvCacheBytes } from './kv-cache.ts';
import { countParameters } from './parameter-count.ts';
import { deepseek67BArchitecture, deepseekV2Architecture, deepseekV3Architecture, llama31With405BArchitecture, qwen25With72BArchitecture } from '../reference/architectures.ts';

const published = [
  { name: 'DeepSeek-V3', architecture: deepseekV3Architecture, total: 671_026_419_200, active: [37_552_297_472, 36_625_618_432, 35_698_939_392], kvBytes: 70_272, bf16: 1_342_052_838_400, matmul: 73_251_236_864, attention: 10_234_101_760, training: 250_456_015_872 },
  { name: 'DeepSeek-V2', architecture: deepseekV2Architecture, total: 235_741_434_880, active: [21_375_800_320, 20_851_512_320, 20_327_224_320], kvBytes: 69_120, bf16: 471_482_869_760, matmul: 41_703_024_640, attention: 10_066_329_600, training: 155_308_062_720 },
  { name: 'DeepSeek 67B', architecture: deepseek67BArchitecture, total: 67_425_001_472, active: [67_425_001_472, 66_586_140_672, 65_747_279_872], kvBytes: 389_120, bf16: 134_850_002_944, matmul: 133_172_281_344, attention: 6_375_342_080, training: 418_642_870_272 },
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

  const gibibyte = 1_024n ** 3n;

  test.each([
    ['DeepSeek-V3', deepseekV3Architecture, 8.578125],
    ['DeepSeek-V2', deepseekV2Architecture, 8.4375],
    ['Qwen2.5 72B', qwen25With72BArchitecture, 40],
    ['Llama 3.1 405B', llama31With405BArchitecture, 63],
    ['DeepSeek 67B', deepseek67BArchitecture, 47.5],
  ])('131,072 tokens of %s are exactly %s GiB of cache at 16 bits, half of that at 8', (_, architecture, gib) => {
    const bytes = kvCacheBytes(architecture, 131_072) ?? 0n;

    expect(bytes).toBe((BigInt(gib * 1_000_000) * gibibyte) / 1_000_000n);
    expect(kvCacheBytes(architecture, 131_072, 1)).toBe(bytes / 2n);
  });

  test('in kilobytes of 1,000 as the papers print them: 70.272, 516.096, 327.680', () => {
    const kilobytes = (architecture: Architecture) => ((modelCard(architecture).kvCacheBytesPerToken ?? 0) / 1_000).toFixed(3);

    expect([deepseekV3Architecture, llama31With405BArchitecture, qwen25With72BArchitecture].map(kilobytes)).toEqual(['70.272', '516.096', '327.680']);
  });

  test('the key-value heads of a config mean nothing under latent attention', () => {
    expect(modelCard({ ...deepseekV3Architecture, kvHeads: 1, headDim: 56 }).kvCacheBytesPerToken).toBe(70_272);
  });

  test('the V2 cache is 82.24 % smaller than that of 67B at equal precision; "93.3 %" compares 6 bits with 16', () => {
    const [v2, v67] = [modelCard(deepseekV2Architecture).kvCacheBytesPerToken ?? 0, modelCard(deepseek67BArchitecture).kvCacheBytesPerToken ?? 0];

    expect((1 - v2 / v67) * 100).toBeCloseTo(82.24, 2);
    expect((1 - (((v2 / 2) * 6) / 8) / v67) * 100).toBeCloseTo(93.34, 2);
  });

  test('what the V3 checkpoint stores: main, MTP once, and copies of both tables', () => {
    const count = countParameters(deepseekV3Architecture);

    expect([count?.total, count?.mtp, (count?.total ?? 0) + (count?.mtp ?? 0), count?.checkpoint]).toEqual([671_026_419_200, 11_610_068_224, 682_636_487_424, 684_489_845_504]);
  });

  test.each([
    ['Llama 3.1 405B', llama31With405BArchitecture, { bf16: 811_706_777_600, f8: 405_853_388_800, int4: 202_926_694_400, int4_g128: 209_268_153_600 }],
    ['Qwen2.5 72B', qwen25With72BArchitecture, { bf16: 145_412_407_296, f8: 72_706_203_648, int4: 36_353_101_824, int4_g128: 37_489_136_256 }],
  ])('weights of %s at 16, 8 and 4 bits', (_, architecture, expected) => {
    expect(modelCard(architecture).weightBytes).toMatchObject(expected);
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
