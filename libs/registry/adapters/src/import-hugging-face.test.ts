import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImportDraft } from '@weighbridge/registry-contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importHuggingFace } from './import-hugging-face.ts';

const config = {
  model_type: 'llama',
  hidden_size: 8,
  intermediate_size: 16,
  num_hidden_layers: 1,
  num_attention_heads: 2,
  num_key_value_heads: 1,
  vocab_size: 10,
  max_position_embeddings: 64,
  tie_word_embeddings: true,
};

/** One tensor of as many 16-bit elements. */
function safetensors(name: string, elements: number): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify({ [name]: { dtype: 'BF16', shape: [elements], data_offsets: [0, 2 * elements] } }));
  const bytes = new Uint8Array(8 + json.byteLength + 2 * elements);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.byteLength), true);
  bytes.set(json, 8);
  return bytes;
}

describe('importHuggingFace', () => {
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'weighbridge-import-'));
  });
  afterAll(() => rm(root, { recursive: true }));

  async function folder(name: string, files: Record<string, string | Uint8Array>): Promise<{ root: string; path: string }> {
    await mkdir(join(root, name));
    for (const [file, content] of Object.entries(files)) await writeFile(join(root, name, file), content);
    return { root, path: name };
  }

  test('reads shape, licence, base model, and the weights with their digests', async () => {
    const place = await folder('Tiny-Llama-Tune', {
      'config.json': JSON.stringify(config),
      'README.md': '---\nlicense: apache-2.0\nbase_model: meta-llama/Llama-3.3-70B-Instruct\nbase_model_relation: finetune\n---\n# A model\n',
      'model-00001-of-00002.safetensors': safetensors('a', 400),
      'model-00002-of-00002.safetensors': safetensors('b', 272),
      'model.safetensors.index.json': JSON.stringify({ metadata: { total_size: 1_344 }, weight_map: { a: 'model-00001-of-00002.safetensors', b: 'model-00002-of-00002.safetensors' } }),
    });

    const draft = await importHuggingFace(place);

    expect(ImportDraft.parse(draft)).toEqual(draft);
    expect(draft).toMatchObject({ suggestedModel: 'tiny-llama-tune', licenseId: 'Apache-2.0', findings: [] });
    expect(draft.version).toMatchObject({
      baseModels: [{ model: 'llama-3.3-70b', version: 'instruct', relation: 'finetune' }],
      architecture: { family: 'dense', contextLength: 64, parametersTotal: 672 },
    });
    expect(draft.version.artifacts.map(({ fileName, format }) => [fileName, format])).toEqual([
      ['model-00001-of-00002.safetensors', 'safetensors'],
      ['model-00002-of-00002.safetensors', 'safetensors'],
    ]);
    expect(draft.version.provenance).toContainEqual({ field: 'license', value: 'apache-2.0', readFrom: 'README.md: license' });
  });

  test('a tag over another text goes into the draft as both, so that registering it as it is decides nothing', async () => {
    const license = await readFile(join(import.meta.dirname, '../../../../LICENSE'), 'utf8');
    const draft = await importHuggingFace(await folder('two-licences', { 'config.json': JSON.stringify({ ...config, vision_config: {} }), 'README.md': '---\nlicense: llama3.1\n---\n', LICENSE: license }));

    expect(draft).toMatchObject({ licenseId: null, version: { license: 'LicenseRef-Llama-3.1', conflictingLicenses: ['Apache-2.0'], multimodal: true } });
  });

  test('a base model that is not known stays in the draft, since its licence counts', async () => {
    const draft = await importHuggingFace(await folder('unknown-base', { 'config.json': JSON.stringify(config), 'README.md': '---\nlicense: mit\nbase_model: someone/Secret-Model\n---\n' }));

    expect(draft.version.baseModels).toEqual([{ model: 'secret-model', version: 'unstated', relation: 'finetune' }]);
    expect(draft.findings.join(' ')).toContain('not in the reference catalogue');
  });

  test.each([
    ['no-licence', { 'config.json': '{}' }, 'licence'],
    ['bad-config', { 'config.json': '{"model_type"' }, 'config.json is not valid JSON'],
    ['bad-matter', { 'config.json': '{}', 'README.md': '---\nlicense: [mit\n---\n' }, 'not valid YAML'],
    ['open-matter', { 'config.json': '{}', 'README.md': '---\nlicense: mit\n' }, 'does not end'],
    ['bomb', { 'config.json': '{}', 'README.md': `---\na0: &a0 [x]\n${Array.from({ length: 60 }, (_, level) => `a${level + 1}: &a${level + 1} [*a${level}, *a${level}, *a${level}]`).join('\n')}\n---\n` }, 'not valid YAML'],
    ['pickle', { 'config.json': '{}', 'pytorch_model.bin': 'x' }, 'run code'],
    ['cut-weights', { 'config.json': '{}', 'model.safetensors': safetensors('a', 100).subarray(0, 100) }, 'its header speaks of'],
    ['no-weights', { 'config.json': '{}', 'model.safetensors': 'hello world, I am text' }, 'absurd'],
    ['missing-part', { 'config.json': '{}', 'model.safetensors.index.json': '{"weight_map":{"a":"model-1.safetensors"}}' }, 'names 1 files that are not there'],
  ])('%s: told as a finding, and no licence is guessed', async (name, files, finding) => {
    const draft = await importHuggingFace(await folder(name, files));

    expect(ImportDraft.parse(draft)).toEqual(draft);
    expect(draft.findings.join(' ')).toContain(finding);
    expect(draft.licenseId).toBeNull();
  });

  test('a folder without a model, a file, and a part that leads out of the import folder are refused', async () => {
    const empty = await folder('empty', { 'notes.txt': 'nothing' });
    const linked = await folder('linked', {});
    await symlink('/etc/hostname', join(root, 'linked', 'config.json'));
    await writeFile(join(root, 'file'), '');

    await expect(importHuggingFace(empty)).rejects.toMatchObject({ code: 'artifact.unreadable' });
    await expect(importHuggingFace({ root, path: 'file' })).rejects.toMatchObject({ code: 'artifact.unreadable' });
    await expect(importHuggingFace(linked)).rejects.toMatchObject({ code: 'request.invalid' });
    await expect(importHuggingFace({ root, path: '../' })).rejects.toMatchObject({ code: 'request.invalid' });
  });
});
