import { createHash } from 'node:crypto';
import { ImportRequest } from '@weighbridge/registry-contracts';
import { describe, expect, test } from 'vitest';
import { importPublication } from './import-publication.ts';
import { openFiles } from './open-files.ts';

const tensors = 2_000_000;
const header = (() => {
  const json = Buffer.from(JSON.stringify({ weight: { dtype: 'BF16', shape: [1_000, 1_000], data_offsets: [0, tensors] } }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.byteLength));
  return Buffer.concat([length, json]);
})();
const sha256 = createHash('sha256').update(header).update(Buffer.alloc(tensors)).digest('hex');
const config = { name: 'config.json', text: '{"model_type":"llama","hidden_size":64,"num_hidden_layers":2,"num_attention_heads":4,"vocab_size":100,"intermediate_size":128}' };
const weights = { name: 'model.safetensors', contentBase64: header.toString('base64'), bytes: header.byteLength + tensors, sha256 };

const request = (...files: unknown[]) => ImportRequest.safeParse({ kind: 'auto', files });

describe('files sent along with an import', () => {
  test('may be the header of weights, with size and digest of the whole', async () => {
    const parsed = request(config, weights);
    if (!parsed.success || parsed.data.kind === 'hub' || parsed.data.files === undefined) throw new Error('not valid');

    const draft = await importPublication(openFiles(parsed.data.files), 'auto');

    expect(draft.version.artifacts).toEqual([{ fileName: 'model.safetensors', format: 'safetensors', bytes: header.byteLength + tensors, sha256, quantization: null }]);
    expect(draft.version.provenance).toContainEqual({ field: 'artifacts.model.safetensors.sha256', readFrom: 'the whole file, by its sender', value: sha256 });
  });

  test.each([
    ['a size without a digest', { ...weights, sha256: undefined }],
    ['a digest without a size', { ...weights, bytes: undefined }],
    ['a size below what was sent', { ...weights, bytes: 10 }],
    ['a size of a text', { ...config, bytes: 1_000, sha256 }],
    ['a digest that is none', { ...weights, sha256: 'A'.repeat(64) }],
    ['no base64', { ...weights, contentBase64: 'a b' }],
  ])('may not have %s', (_, file) => {
    expect(request(file).success).toBe(false);
  });

  test('may be a header of sixteen megabytes', () => {
    expect(request({ ...weights, contentBase64: Buffer.alloc(16_000_000, 7).toString('base64'), bytes: 20_000_000_000 }).success).toBe(true);
  });
});
