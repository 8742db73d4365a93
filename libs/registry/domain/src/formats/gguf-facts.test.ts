import { describe, expect, test } from 'vitest';
import { ggufFacts } from './gguf-facts.ts';
import type { GgufHeader, GgufTensor, GgufValue } from './gguf.ts';
import { modelCard } from '../cards/model-card.ts';

const header = (metadata: Record<string, GgufValue>, tensors: readonly GgufTensor[] = []): GgufHeader => ({ version: 3, metadata: new Map(Object.entries(metadata)), tensors, dataOffset: 1_024 });
const tensor = (name: string, dimensions: number[], type = 1, offset = 0): GgufTensor => ({ name, dimensions: dimensions.map(BigInt), type, offset: BigInt(offset) });

describe('ggufFacts', () => {
  test('reads names, licence as it stands there, quantisation and base models', () => {
    const facts = ggufFacts(
      header({
        'general.name': ' DeepSeek V2.5 ',
        'general.organization': 'deepseek-ai',
        'general.license': 'other',
        'general.license.name': 'deepseek',
        'general.license.link': 'LICENSE',
        'general.file_type': 15,
        'general.base_model.count': 2,
        'general.base_model.0.name': 'DeepSeek V2',
        'general.base_model.0.organization': 'deepseek-ai',
        'general.base_model.1.repo_url': 'https://example.org/coder',
        'tokenizer.chat_template': '{{ messages }}',
      }),
    );

    expect(facts).toMatchObject({ name: 'DeepSeek V2.5', licenseTag: 'other', licenseName: 'deepseek', licenseLink: 'LICENSE', quantization: 'Q4_K_M', hasChatTemplate: true });
    expect(facts.baseModels).toEqual([
      { name: 'DeepSeek V2', organization: 'deepseek-ai', version: null, repoUrl: null },
      { name: null, organization: null, version: null, repoUrl: 'https://example.org/coder' },
    ]);
  });

  test('counts elements, and finds the length that the file must have', () => {
    const facts = ggufFacts(header({}, [tensor('token_embd.weight', [64, 480], 8), tensor('output_norm.weight', [64], 0, 32_640)]));

    expect(facts).toMatchObject({ parameters: 64 * 480 + 64, quantization: 'Q8_0', fileBytes: 1_024n + 32_640n + 256n });
  });

  test('latent attention with experts is recognised, and its cache is that of DeepSeek-V3', () => {
    const { architecture } = ggufFacts(
      header(
        {
          'general.architecture': 'deepseek2',
          'deepseek2.block_count': 61,
          'deepseek2.embedding_length': 7_168,
          'deepseek2.attention.head_count': 128,
          'deepseek2.attention.head_count_kv': 1,
          'deepseek2.attention.key_length': 576,
          'deepseek2.attention.key_length_mla': 192,
          'deepseek2.attention.value_length': 512,
          'deepseek2.attention.value_length_mla': 128,
          'deepseek2.attention.kv_lora_rank': 512,
          'deepseek2.attention.q_lora_rank': 1_536,
          'deepseek2.rope.dimension_count': 64,
          'deepseek2.expert_count': 256,
          'deepseek2.expert_used_count': 8,
          'deepseek2.expert_shared_count': 1,
          'deepseek2.expert_feed_forward_length': 2_048,
          'deepseek2.context_length': 163_840,
        },
        [tensor('blk.3.exp_probs_b.bias', [256], 0), tensor('blk.3.ffn_down_exps.weight', [2_048, 7_168, 256], 12)],
      ),
    );

    expect(architecture).toMatchObject({ modelType: 'deepseek_v3', family: 'mla', contextLength: 163_840, mla: { qkNopeHeadDim: 128, qkRopeHeadDim: 64, vHeadDim: 128 } });
    expect(modelCard(architecture).kvCacheBytesPerToken).toBe(70_272);
  });

  test.each([
    ['an empty header', {}],
    ['sizes of zero', { 'general.architecture': 'llama', 'llama.block_count': 0, 'llama.embedding_length': 0, 'llama.attention.head_count': 0 }],
    ['sizes that are no numbers', { 'general.architecture': 'llama', 'llama.block_count': 'many', 'llama.attention.head_count_kv': ['8'] }],
    ['sizes beyond exact integers', { 'general.architecture': 'llama', 'llama.block_count': 2n ** 60n, 'llama.embedding_length': Number.NaN }],
    ['head counts that differ from layer to layer', { 'general.architecture': 'llama', 'llama.attention.head_count_kv': [8, 4] }],
    ['counts that are no counts', { 'general.base_model.count': 'two', 'general.file_type': -7 }],
  ])('%s gives nulls, and does not throw', (_, metadata) => {
    const facts = ggufFacts(header(metadata as Record<string, GgufValue>));

    expect(facts).toMatchObject({ parameters: null, quantization: null, baseModels: [], architecture: { layers: null, kvHeads: null } });
  });

  test('tensors whose sizes multiply beyond everything do not throw', () => {
    const facts = ggufFacts(header({}, [{ name: 'x', dimensions: [2n ** 63n, 2n ** 63n, 2n ** 63n, 2n ** 63n], type: 99, offset: 2n ** 63n }]));

    expect(facts).toMatchObject({ parameters: null, fileBytes: null });
  });
});
