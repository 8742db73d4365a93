import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ImportDraft } from '@weighbridge/registry-contracts';
import type { ImportKind } from '@weighbridge/registry-contracts';
import { modelCard } from '@weighbridge/registry-domain';
import { AppError } from '@weighbridge/shared-domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importPublication } from './import-publication.ts';
import { openFolder } from './open-folder.ts';
import { ggufFile, safetensorsFile, tinyLlama, withLength } from './testing/model-files.ts';

const models = join(import.meta.dirname, '../../../../models');
const apache = join(import.meta.dirname, '../../../../LICENSE');
const sha256 = (content: Uint8Array | string) => createHash('sha256').update(content).digest('hex');

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'weighbridge-import-'));
});
afterAll(() => rm(root, { recursive: true }));

type Files = Readonly<Record<string, string | Uint8Array>>;

async function write(folder: string, files: Files): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, folder, name)), { recursive: true });
    await writeFile(join(root, folder, name), content);
  }
}
async function draftOf(folder: string, files: Files, kind: ImportKind = 'auto', path = folder): Promise<ImportDraft> {
  await write(folder, files);
  const draft = await importPublication(await openFolder({ root, path }), kind);
  expect(ImportDraft.parse(draft)).toEqual(draft);
  return draft;
}
const errorsOf = ({ findings }: ImportDraft) => findings.filter(({ severity }) => severity === 'error');
const refusalOf = async (work: Promise<unknown>): Promise<AppError> => {
  const error = await work.then(() => undefined, (thrown: unknown) => thrown);
  if (!(error instanceof AppError)) throw new Error('expected a refusal', { cause: error });
  return error;
};

const { config, tensors, parameters } = tinyLlama;
const half = Object.entries(tensors);
const shards = [Object.fromEntries(half.slice(0, 5)), Object.fromEntries(half.slice(5))] as const;
const shardName = (part: number) => `model-0000${part}-of-00002.safetensors`;
const repository: Files = {
  'config.json': JSON.stringify(config, null, 2),
  'README.md': '---\nlicense: apache-2.0\nbase_model: meta-llama/Llama-3.3-70B-Instruct\nbase_model_relation: finetune\n---\n# A model\n',
  [shardName(1)]: safetensorsFile(shards[0]),
  [shardName(2)]: safetensorsFile(shards[1]),
  'model.safetensors.index.json': JSON.stringify({ metadata: { total_size: 2 * parameters }, weight_map: Object.fromEntries(half.map(([name], index) => [name, shardName(index < 5 ? 1 : 2)])) }),
};

describe('a Hugging Face repository', () => {
  test('gives shape, licence, base model and weights with their digests, and says where each was read', async () => {
    const draft = await draftOf('Tiny-Llama-Tune', repository);

    expect(draft).toMatchObject({ kind: 'huggingface', suggestedModel: 'tiny-llama-tune', licenseId: 'Apache-2.0', findings: [] });
    expect(draft.version).toMatchObject({ baseModels: [{ model: 'llama-3.3-70b', version: 'instruct', relation: 'finetune' }], architecture: { family: 'dense', contextLength: 64, parametersTotal: parameters, parametersActive: parameters } });
    expect(draft.version.artifacts).toEqual([1, 2].map((part) => ({ fileName: `Tiny-Llama-Tune/${shardName(part)}`, format: 'safetensors', bytes: repository[shardName(part)]?.length, sha256: sha256(repository[shardName(part)] ?? ''), quantization: null })));
    expect(draft.version.provenance).toContainEqual({ field: 'license', value: 'apache-2.0', readFrom: 'README.md:2: license' });
    expect(draft.version.provenance).toContainEqual({ field: 'architecture.hiddenSize', value: '8', readFrom: 'config.json:6: hidden_size' });
  });

  test('with scores keeps each as it stands, with who measured it', async () => {
    const readme = '---\nlicense: mit\nmodel-index:\n- name: m\n  results:\n  - task: {type: text-generation}\n    dataset: {name: MMLU, type: cais/mmlu, split: test}\n    metrics:\n    - {type: acc, value: 61.5, name: accuracy}\n    source: {name: Open LLM Leaderboard, url: https://example.org/board}\n  - dataset: {name: broken}\n---\n';
    const draft = await draftOf('scored', { 'config.json': JSON.stringify(config), 'README.md': readme, '.eval_results/gsm8k.yaml': '- dataset: {id: openai/gsm8k, task_id: gsm8k}\n  value: 0.412\n' });

    expect(draft.scores).toEqual([
      { benchmark: 'MMLU', metric: 'accuracy', value: 61.5, task: 'text-generation', split: 'test', evaluatedBy: 'Open LLM Leaderboard', url: 'https://example.org/board', readFrom: 'README.md:3: model-index' },
      { benchmark: 'openai/gsm8k', metric: 'gsm8k', value: 0.412, task: 'gsm8k', split: null, evaluatedBy: null, url: null, readFrom: '.eval_results/gsm8k.yaml' },
    ]);
    expect(draft.findings.map(({ message }) => message)).toContain('README.md: model-index: 1 of its scores cannot be read.');
  });

  test('with several licence files counts the one for the model, and lists all', async () => {
    const license = await readFile(apache, 'utf8');
    const draft = await draftOf('several-licences', { 'config.json': JSON.stringify(config), 'README.md': '---\nlicense: apache-2.0\n---\n', 'LICENSE-MODEL': license, 'LICENSE-CODE': 'Ask Acme first.', 'USE_POLICY.md': 'No harm.', NOTICE: 'By Acme.' });

    expect(draft.licenseFiles.map(({ fileName, covers }) => [fileName, covers])).toEqual([['LICENSE-CODE', 'code'], ['LICENSE-MODEL', 'model'], ['NOTICE', 'notice'], ['USE_POLICY.md', 'use-policy']]);
    expect(draft.licenseFiles[1]?.licenses[0]).toBe('Apache-2.0');
    expect(draft.licenseId).toBe('Apache-2.0');
  });

  test('whose tag and text disagree goes into the draft as both, so that registering it as it is decides nothing', async () => {
    const draft = await draftOf('two-licences', { 'config.json': JSON.stringify({ ...config, vision_config: {} }), 'README.md': '---\nlicense: llama3.1\n---\n', LICENSE: await readFile(apache, 'utf8') });

    expect(draft).toMatchObject({ licenseId: null, version: { license: 'LicenseRef-Llama-3.1', conflictingLicenses: ['Apache-2.0'], multimodal: true } });
  });

  test('of an adapter names what it adapts, and its few weights are not the model', async () => {
    const draft = await draftOf('lora', { 'adapter_config.json': JSON.stringify({ base_model_name_or_path: 'Qwen/Qwen2.5-72B-Instruct', peft_type: 'LORA' }), 'adapter_model.safetensors': safetensorsFile({ 'a.lora_A.weight': { dtype: 'F32', shape: [4, 8] } }), 'README.md': '---\nlicense: mit\n---\n' });

    expect(draft.version.baseModels).toEqual([expect.objectContaining({ relation: 'adapter' })]);
    expect(draft.version.architecture?.parametersTotal).toBeNull();
    expect(draft.version.provenance).toContainEqual({ field: 'baseModels', value: 'Qwen/Qwen2.5-72B-Instruct', readFrom: 'adapter_config.json:1: base_model_name_or_path' });
    expect(errorsOf(draft)).toEqual([]);
  });

  test('of GGUF files only has its shape from them, and its relation from the card', async () => {
    const draft = await draftOf('quantized', { 'README.md': '---\nlicense: mit\nbase_model: a/one\nbase_model_relation: quantized\n---\n', 'one-F16.gguf': ggufFile(tinyLlama.gguf), 'mmproj-one.gguf': ggufFile({ metadata: { 'general.architecture': 'clip' } }) });

    expect(draft).toMatchObject({ kind: 'huggingface', licenseId: 'MIT', version: { multimodal: true, baseModels: [{ model: 'one', relation: 'quantized' }], architecture: { modelType: 'llama', parametersTotal: 152, parametersActive: 152 } } });
    expect(draft.version.artifacts.map(({ fileName, quantization }) => [fileName, quantization])).toEqual([['quantized/one-F16.gguf', 'F16'], ['quantized/mmproj-one.gguf', null]]);
    expect(draft.findings.map(({ message }) => message)).not.toContain('There is no config.json: the architecture is not known.');
  });

  test('with several base models is a merge', async () => {
    const draft = await draftOf('merged', { 'config.json': JSON.stringify(config), 'README.md': '---\nlicense: mit\nbase_model:\n- a/one\n- b/two\n---\n' });

    expect(draft.version.baseModels).toEqual([{ model: 'one', version: 'unstated', relation: 'merge' }, { model: 'two', version: 'unstated', relation: 'merge' }]);
  });

  test.each([
    { what: 'the adapter and the card name different bases', files: { 'adapter_config.json': JSON.stringify({ base_model_name_or_path: 'a/one' }), 'README.md': '---\nbase_model: b/two\n---\n' }, message: /based on b\/two, and adapter_config.json on a\/one/, sources: ['README.md:2: base_model', 'adapter_config.json:1: base_model_name_or_path'] },
    { what: 'config.json describes a larger model than its weights', files: { ...repository, 'config.json': JSON.stringify({ ...config, intermediate_size: 64 }) }, message: /config.json describes a model of 1,[0-9]{3} parameters/, sources: ['config.json:1: hidden_size', 'safetensors headers'] },
    { what: 'config.json has another width than the embedding', files: { ...repository, 'config.json': JSON.stringify({ ...config, hidden_size: 16 }) }, message: /says hidden_size 16, and model.embed_tokens.weight is 8 wide/, sources: ['config.json:1: hidden_size', `${shardName(1)}: model.embed_tokens.weight`] },
    { what: 'config.json has more layers than the weights', files: { ...repository, 'config.json': JSON.stringify({ ...config, num_hidden_layers: 2 }) }, message: /says num_hidden_layers 2, and the weights have 1 layers/, sources: ['config.json:1: num_hidden_layers', 'safetensors headers'] },
    { what: 'the index puts a tensor into another file', files: { ...repository, 'model.safetensors.index.json': JSON.stringify({ weight_map: Object.fromEntries(half.map(([name]) => [name, shardName(1)])) }) }, message: /says that the tensor .* is in model-00001/, sources: ['model.safetensors.index.json: weight_map', shardName(1)] },
    { what: 'the index names a file that is not there', files: { 'config.json': JSON.stringify(config), 'model.safetensors.index.json': '{"weight_map":{"a":"model-1.safetensors"}}' }, message: /names 1 files that are not there: model-1.safetensors/, sources: ['model.safetensors.index.json: weight_map'] },
    { what: 'a GGUF file beside it claims another base model', files: { 'config.json': JSON.stringify(config), 'README.md': '---\nlicense: mit\nbase_model: a/one\n---\n', 'm.gguf': ggufFile({ ...tinyLlama.gguf, metadata: { ...tinyLlama.gguf.metadata, 'general.base_model.count': { u32: 1 }, 'general.base_model.0.repo_url': 'https://example.org/c/three' } }) }, message: /README.md names the base model a\/one, and m.gguf names c\/three/, sources: ['README.md: base_model', 'm.gguf: general.base_model'] },
    { what: 'a GGUF file beside it claims another licence', files: { 'config.json': JSON.stringify(config), 'README.md': '---\nlicense: apache-2.0\n---\n', 'm.gguf': ggufFile(tinyLlama.gguf) }, message: /README.md: license says Apache-2.0, and m.gguf: general.license says MIT/, sources: ['README.md: license', 'm.gguf: general.license'] },
  ])('where $what: an error with both sources', async ({ what, files, message, sources }) => {
    const draft = await draftOf(what.replaceAll(/\W+/g, '-'), files);

    expect(errorsOf(draft)).toContainEqual({ severity: 'error', message: expect.stringMatching(message) as string, sources });
  });

  test('whose name speaks of another size than its weights is a warning', async () => {
    const draft = await draftOf('Tiny-8B-Chat', repository);

    expect(draft.findings).toContainEqual({ severity: 'warning', message: `The name "Tiny-8B-Chat" speaks of 8,000,000,000 parameters, and the weights have ${parameters}.`, sources: ['name', 'tensor infos'] });
  });

  test.each([
    ['no-licence', { 'config.json': '{}' }, 'licence'],
    ['bad-matter', { 'config.json': '{}', 'README.md': '---\nlicense: [mit\n---\n' }, 'not valid YAML'],
    ['open-matter', { 'config.json': '{}', 'README.md': '---\nlicense: mit\n' }, 'does not end'],
    ['pickle', { 'config.json': '{}', 'pytorch_model.bin': 'x' }, 'run code'],
    ['odd-config', { 'config.json': JSON.stringify({ ...config, num_attention_heads: [1, 2] }) }, 'num_attention_heads'],
  ])('%s: told as a finding, and no licence is guessed', async (name, files, finding) => {
    const draft = await draftOf(name, files);

    expect(draft.findings.map(({ message }) => message).join(' ')).toContain(finding);
    expect(draft.licenseId).toBeNull();
  });

  test.each([
    ['cut-weights', { 'config.json': '{}', 'model.safetensors': safetensorsFile(tensors).subarray(0, -5) }, /^model.safetensors: its header speaks of \d+ bytes and it has \d+/],
    ['long-header', { 'config.json': '{}', 'model.safetensors': withLength('{}', 2n ** 63n) }, /^model.safetensors: .*claims a header of 9223372036854775808 bytes/],
    ['header-beyond', { 'config.json': '{}', 'model.safetensors': withLength('{}', 1_000_000n) }, /^model.safetensors: it claims a header of 1000008 bytes and has only 10/],
    ['overlap', { 'config.json': '{}', 'model.safetensors': Buffer.concat([withLength(JSON.stringify({ a: { dtype: 'U8', shape: [4], data_offsets: [0, 4] }, b: { dtype: 'U8', shape: [4], data_offsets: [2, 6] } })), new Uint8Array(6)]) }, /^model.safetensors: the data of two tensors overlaps/],
    ['bad-json', { 'config.json': '{"model_type"' }, /^config.json: this is not valid JSON/],
    ['deep-json', { 'config.json': `${'['.repeat(50_000)}${']'.repeat(50_000)}` }, /^config.json: its objects and lists are nested deeper/],
    ['absurd-layers', { 'config.json': JSON.stringify({ ...config, num_hidden_layers: 1e15 }) }, /^config.json: num_hidden_layers/],
    ['absurd-negative', { 'config.json': JSON.stringify({ ...config, hidden_size: -4096 }) }, /^config.json: hidden_size/],
    ['absurd-product', { 'config.json': JSON.stringify({ ...config, num_hidden_layers: 90_000, hidden_size: 9_000_000_000, num_attention_heads: 9_000_000_000 }) }, /^config.json: (num_hidden_layers|hidden_size|its sizes are absurd)/],
    ['bomb', { 'config.json': '{}', 'README.md': `---\na0: &a0 [x]\n${Array.from({ length: 60 }, (_, level) => `a${level + 1}: &a${level + 1} [*a${level}, *a${level}, *a${level}]`).join('\n')}\n---\n` }, /^README.md: its YAML has 180 aliases/],
    ['small-bomb', { 'config.json': '{}', 'README.md': `---\na0: &a0 [x,x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 6 }, (_, level) => `a${level + 1}: &a${level + 1} [*a${level},*a${level},*a${level},*a${level},*a${level},*a${level},*a${level},*a${level}]`).join('\n')}\n---\n` }, /^README.md: its YAML/],
    ['deep-yaml', { 'config.json': '{}', 'README.md': `---\na: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n---\n` }, /^README.md: its YAML is nested deeper/],
    ['long-licence', { 'config.json': '{}', LICENSE: 'x'.repeat(5 * 1024 * 1024) }, /^LICENSE: it has 5,242,880 bytes, and 1,000,000 is the most/],
  ] as const)('%s is refused in a sentence that names the file', async (name, files, sentence) => {
    const startedAt = performance.now();
    const refusal = await refusalOf(draftOf(name, files));

    expect(refusal.code).toBe('artifact.unreadable');
    expect(refusal.publicMessage).toMatch(sentence);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  test('a folder without a model, and a part that leads out of the import folder, are refused', async () => {
    await write('empty', { 'notes.txt': 'nothing' });
    await mkdir(join(root, 'linked'), { recursive: true });
    await symlink('/etc/hostname', join(root, 'linked', 'config.json'));

    expect(await refusalOf(openFolder({ root, path: 'empty' }).then((opened) => importPublication(opened, 'auto')))).toMatchObject({ code: 'artifact.unreadable', publicMessage: expect.stringContaining('none of its 1 files says what it is') as string });
    expect((await refusalOf(openFolder({ root, path: 'linked' }))).code).toBe('request.invalid');
    expect((await refusalOf(openFolder({ root, path: '../' }))).code).toBe('request.invalid');
  });
});

describe('GGUF', () => {
  test.each([
    { model: 'abacus-nano', license: 'Apache-2.0', parameters: 244_288, quantization: 'F16', bytes: 504_992, layers: 4, digest: '9386476bbb50bd6bf310ce0dbf87bb12b3759473ce11837f2339c3a1f3bda813' },
    { model: 'abacus-base', license: 'Apache-2.0', parameters: 2_748_864, quantization: 'Q8_0', bytes: 2_944_320, layers: 6, digest: '2d0e20cae8a1b42d8841fb09f96a9efaa265f1e0c8068cb77460c92edeb27731' },
    { model: 'abacus-mini', license: 'LicenseRef-BigScience-OpenRAIL-M', parameters: 1_066_368, quantization: 'F16', bytes: undefined, layers: undefined, digest: 'f8246b5b35adccfdd597cdd3cc21a3f8622df7e4ffa1ebe0cf06ad185eede719' },
  ])('$model: $parameters parameters under $license, and as many by its shape', async ({ model, license, parameters: counted, quantization, bytes, layers, digest }) => {
    const draft = await importPublication(await openFolder({ root: models, path: `${model}.gguf` }), 'gguf');

    expect(ImportDraft.parse(draft)).toEqual(draft);
    expect(draft).toMatchObject({ kind: 'gguf', suggestedModel: model, licenseId: license, findings: [], version: { version: '1.0.0', artifacts: [{ fileName: `${model}.gguf`, format: 'gguf', sha256: digest, quantization, ...(bytes !== undefined && { bytes }) }] } });
    expect(draft.version.architecture).toMatchObject({ modelType: 'llama', family: 'dense', parametersTotal: counted, parametersActive: counted, ...(layers !== undefined && { layers }) });
    expect(draft.version.architecture === null ? null : modelCard(draft.version.architecture)).toMatchObject({ parametersTotal: counted, parametersFrom: 'shape', findings: [] });
    expect(draft.version.provenance.some(({ field, readFrom }) => field === 'license' && readFrom === `${model}.gguf: general.license`)).toBe(true);
  });

  const part = (no: number, count: number, tensor: string, total = 2) => ggufFile({ metadata: { ...(no === 0 ? tinyLlama.gguf.metadata : {}), 'split.no': { u16: no }, 'split.count': { u16: count }, 'split.tensors.count': { i32: total } }, tensors: { [tensor]: [8, 10] } });
  const partName = (no: number) => `tiny-0000${no}-of-00002.gguf`;

  test('in parts is one model, whichever part is named', async () => {
    const files = { [partName(1)]: part(0, 2, 'token_embd.weight'), [partName(2)]: part(1, 2, 'output.weight'), 'other.gguf': ggufFile(tinyLlama.gguf) };
    const draft = await draftOf('split', files, 'gguf', `split/${partName(2)}`);

    expect(draft.version.architecture?.parametersTotal).toBe(160);
    expect(draft.version.artifacts.map(({ fileName }) => fileName)).toEqual([`split/${partName(1)}`, `split/${partName(2)}`]);
    expect(draft).toMatchObject({ suggestedModel: 'tiny-llama', licenseId: 'MIT', findings: [] });
  });

  test.each([
    { what: 'a part is missing', files: { [partName(1)]: part(0, 2, 'token_embd.weight') }, message: `A part is missing: ${partName(2)}. What is counted would not be the whole model.` },
    { what: 'the headers count other parts than the names', files: { [partName(1)]: part(0, 3, 'token_embd.weight'), [partName(2)]: part(1, 2, 'output.weight') }, message: `${partName(1)} is one of 2 by its name, and one of 3 by its header.` },
    { what: 'two parts were swapped', files: { [partName(1)]: part(1, 2, 'token_embd.weight'), [partName(2)]: part(0, 2, 'output.weight') }, message: `${partName(1)} is part 1 by its name, and part 2 by its header.` },
    { what: 'there are fewer tensors than promised', files: { [partName(1)]: part(0, 2, 'token_embd.weight', 5), [partName(2)]: part(1, 2, 'output.weight', 5) }, message: 'The parts hold 2 tensors, and their headers speak of 5.' },
    { what: 'a tensor is in two parts', files: { [partName(1)]: part(0, 2, 'output.weight'), [partName(2)]: part(1, 2, 'output.weight') }, message: 'The tensor "output.weight" is in more than one part.' },
  ])('of which $what: an error, and no count of parameters', async ({ what, files, message }) => {
    const draft = await draftOf(what.replaceAll(/\W+/g, '-'), files);

    expect(errorsOf(draft).map((finding) => finding.message)).toContain(message);
    expect(draft.version.architecture?.parametersTotal).toBeNull();
  });

  test('files of different models in one folder are told apart', async () => {
    const other = ggufFile({ ...tinyLlama.gguf, metadata: { ...tinyLlama.gguf.metadata, 'general.license': 'apache-2.0' } });
    const draft = await draftOf('mixed', { 'a.gguf': ggufFile(tinyLlama.gguf), 'b.gguf': other });

    expect(errorsOf(draft)).toContainEqual({ severity: 'error', message: 'a.gguf and b.gguf differ in licence: mit and apache-2.0. They are not one model.', sources: ['a.gguf: general.license', 'b.gguf: general.license'] });
  });

  test.each([
    ['nothing.gguf', 'there is no such file'],
    ['text.gguf', 'not a GGUF file: it begins with 68 65 6c 6c ("hell")'],
    ['empty.gguf', 'truncated'],
    ['header-cut.gguf', 'truncated'],
    ['data-cut.gguf', 'the file ends too early'],
    ['strings.gguf', 'absurd'],
  ])('%s is unreadable, and the sentence says why without naming the root', async (path, sentence) => {
    const whole = await readFile(join(models, 'abacus-nano.gguf'));
    const lying = Buffer.from(ggufFile(tinyLlama.gguf));
    lying.writeBigUInt64LE(2n ** 62n, 24);
    await write('', { 'text.gguf': 'hello, I am no model', 'empty.gguf': '', 'header-cut.gguf': whole.subarray(0, 1_000), 'data-cut.gguf': whole.subarray(0, -1), 'strings.gguf': lying });

    const refusal = await refusalOf(openFolder({ root, path }).then((opened) => importPublication(opened, 'gguf')));

    expect(refusal.code).toBe('artifact.unreadable');
    expect(refusal.publicMessage).toContain(sentence);
    expect(refusal.publicMessage).not.toContain(root);
  });

  test.each([
    ['a path that climbs out', '../secret.gguf'],
    ['a path that climbs out later', 'folder/../../secret.gguf'],
    ['an absolute path', '/etc/passwd'],
    ['a link to a file outside', 'link-out.gguf'],
    ['an empty path', ''],
    ['a path with a zero byte', 'a\0.gguf'],
    ['a path with backslashes', '..\\secret.gguf'],
  ])('%s is an invalid request', async (_, path) => {
    await symlink('/etc/passwd', join(root, 'link-out.gguf')).catch(() => undefined);

    expect(await refusalOf(openFolder({ root, path }))).toMatchObject({ code: 'request.invalid', faults: [{ pointer: '/body/path' }] });
  });

  test('a missing import folder is the fault of the installation', async () => {
    expect((await refusalOf(openFolder({ root: join(root, 'none'), path: 'a.gguf' }))).code).toBe('service.unavailable');
  });
});

describe('a container manifest', () => {
  const gguf = ggufFile(tinyLlama.gguf);
  const layer = (mediaType: string, content: string | Uint8Array, annotations?: Record<string, string>) => ({ mediaType, digest: `sha256:${sha256(content)}`, size: content.length, ...(annotations !== undefined && { annotations }) });
  const ollama = (more: { config?: object; layers?: object[] } = {}) => {
    const configText = JSON.stringify({ model_format: 'gguf', model_family: 'llama', model_type: '152', file_type: 'F16', ...more.config });
    const license = 'Permission is granted to read this.';
    return {
      manifest: JSON.stringify({ schemaVersion: 2, mediaType: 'application/vnd.docker.distribution.manifest.v2+json', config: layer('application/vnd.docker.container.image.v1+json', configText), layers: [layer('application/vnd.ollama.image.model', gguf), layer('application/vnd.ollama.image.template', '{{ .Prompt }}'), layer('application/vnd.ollama.image.params', '{"stop":["</s>"]}'), ...(more.layers ?? [])] }),
      blobs: Object.fromEntries([configText, gguf, '{{ .Prompt }}', '{"stop":["</s>"]}', license].map((content) => [`blobs/sha256-${sha256(content)}`, content])) as Record<string, string | Uint8Array>,
    };
  };

  test.each([['the store', ''], ['the manifest in the store', '/manifests/registry.ollama.ai/acme/tiny/q8']])('of Ollama, by %s, gives name, tag, weights, template and parameters', async (what, path) => {
    const { manifest, blobs } = ollama();
    const folder = `ollama-${what.length}`;
    const draft = await draftOf(folder, { 'manifests/registry.ollama.ai/acme/tiny/q8': manifest, ...blobs }, 'auto', folder + path);

    expect(draft).toMatchObject({ kind: 'ollama', suggestedModel: 'tiny', suggestedPublisher: 'acme', licenseId: 'MIT', version: { version: 'q8', architecture: { modelType: 'llama', parametersTotal: 152 } } });
    expect(draft.version.artifacts).toEqual([{ fileName: `${folder}/blobs/sha256-${sha256(gguf)}`, format: 'gguf', bytes: gguf.length, sha256: sha256(gguf), quantization: 'F16' }]);
    expect(draft.version.provenance.map(({ field }) => field)).toEqual(expect.arrayContaining(['template', 'params', 'license']));
  });

  test('of Ollama with licence layers reads each of them', async () => {
    const apacheText = await readFile(apache, 'utf8');
    const { manifest, blobs } = ollama({ layers: [layer('application/vnd.ollama.image.license', apacheText)] });
    const draft = await draftOf('ollama-licence', { 'manifests/registry.ollama.ai/library/tiny/latest': manifest, ...blobs, [`blobs/sha256-${sha256(apacheText)}`]: apacheText });

    expect(draft).toMatchObject({ licenseId: null, suggestedPublisher: null, version: { license: 'MIT', conflictingLicenses: ['Apache-2.0'] } });
  });

  test('of Ollama with an adapter on top counts the model under it as its base', async () => {
    const adapter = ggufFile({ metadata: { 'general.architecture': 'llama', 'general.type': 'adapter', 'general.name': 'Tuned' }, tensors: { 'a.lora_a': [8, 4] } });
    const { manifest, blobs } = ollama({ layers: [layer('application/vnd.ollama.image.adapter', adapter)] });
    const draft = await draftOf('ollama-adapter', { 'manifests/registry.ollama.ai/library/tiny/latest': manifest, ...blobs, [`blobs/sha256-${sha256(adapter)}`]: adapter });

    expect(draft.version.baseModels).toEqual([{ model: 'tiny-llama', version: 'unstated', relation: 'adapter' }]);
    expect(draft.version.artifacts).toHaveLength(2);
  });

  test('whose blob was changed is refused with both digests', async () => {
    const { manifest, blobs } = ollama();
    const name = `blobs/sha256-${sha256(gguf)}`;
    const changed = Buffer.from(gguf);
    changed[changed.length - 1] = 1;
    const refusal = await refusalOf(draftOf('ollama-changed', { 'manifests/registry.ollama.ai/library/tiny/latest': manifest, ...blobs, [name]: changed }));

    expect(refusal.publicMessage).toContain(`its SHA-256 is ${sha256(changed)}, and it should be ${sha256(gguf)}`);
  });

  test('of a store with several models asks which', async () => {
    const { manifest, blobs } = ollama();
    const refusal = await refusalOf(draftOf('ollama-two', { 'manifests/registry.ollama.ai/library/tiny/latest': manifest, 'manifests/registry.ollama.ai/library/tiny/q4': manifest, ...blobs }));

    expect(refusal.publicMessage).toContain('it holds 2 models; name the manifest of one of them: manifests/registry.ollama.ai/library/tiny/latest');
  });

  test('of ModelPack, alone, gives digests without weights', async () => {
    const manifest = {
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      artifactType: 'application/vnd.cncf.model.manifest.v1+json',
      config: layer('application/vnd.cncf.model.config.v1+json', '{}'),
      layers: [layer('application/vnd.cncf.model.weight.v1.raw', gguf, { 'org.cncf.model.filepath': 'tiny.gguf' }), layer('application/vnd.cncf.model.doc.v1.raw', 'read me', { 'org.cncf.model.filepath': 'README.md' })],
      annotations: { 'org.opencontainers.image.licenses': 'Apache-2.0', 'org.opencontainers.image.title': 'Tiny', 'org.opencontainers.image.vendor': 'Acme', 'org.opencontainers.image.version': '1.2.0', 'org.opencontainers.image.base.name': 'registry.example/meta-llama/Llama-3.3-70B-Instruct' },
    };
    const draft = await draftOf('modelpack', { 'manifest.json': JSON.stringify(manifest) });

    expect(draft).toMatchObject({ kind: 'oci', suggestedModel: 'tiny', suggestedPublisher: 'Acme', licenseId: 'Apache-2.0', version: { version: '1.2.0', artifacts: [{ fileName: 'modelpack/tiny.gguf', format: 'gguf', sha256: sha256(gguf), bytes: gguf.length }] } });
    expect(draft.version.provenance).toContainEqual({ field: 'license', value: 'Apache-2.0', readFrom: 'manifest.json: annotations.org.opencontainers.image.licenses' });
    expect(draft.version.baseModels).toHaveLength(1);
  });

  test('in an OCI layout is read with its config and its weights, and contradictions are told', async () => {
    const configText = JSON.stringify({ descriptor: { name: 'Tiny', vendor: 'Acme', version: '2', licenses: ['Apache-2.0'] }, config: { architecture: 'llama', format: 'gguf', paramSize: '8.0B', precision: 'float16' }, modelfs: { type: 'layers', diffIds: [] } });
    const manifest = JSON.stringify({ schemaVersion: 2, artifactType: 'application/vnd.cncf.model.manifest.v1+json', config: layer('application/vnd.cncf.model.config.v1+json', configText), layers: [layer('application/vnd.cncf.model.weight.v1.raw', gguf, { 'org.cncf.model.filepath': 'tiny.gguf' })] });
    const blobs = Object.fromEntries([configText, manifest, gguf].map((content) => [`blobs/sha256/${sha256(content)}`, content]));
    const index = JSON.stringify({ schemaVersion: 2, manifests: [layer('application/vnd.oci.image.manifest.v1+json', manifest)] });
    const draft = await draftOf('layout', { 'oci-layout': '{"imageLayoutVersion":"1.0.0"}', 'index.json': index, ...blobs });

    expect(draft).toMatchObject({ kind: 'oci', suggestedModel: 'tiny', licenseId: null, version: { version: '2', license: 'Apache-2.0', conflictingLicenses: ['MIT'], architecture: { parametersTotal: 152, layers: 1 } } });
    expect(errorsOf(draft).map(({ message }) => message)).toEqual(expect.arrayContaining([expect.stringContaining('The config speaks of 8,000,000,000 parameters, and the weights have 152'), expect.stringContaining('descriptor.licenses says Apache-2.0, and ')]));
  });

  test('of KitOps gives the licence of its Kitfile', async () => {
    const kitfile = JSON.stringify({ manifestVersion: '1.0.0', package: { name: 'kit', version: '3.1.0', authors: ['Acme'] }, model: { name: 'tiny-kit', path: './m', license: 'MIT' } });
    const manifest = JSON.stringify({ schemaVersion: 2, config: layer('application/vnd.kitops.modelkit.config.v1+json', kitfile), layers: [layer('application/vnd.kitops.modelkit.model.v1.tar+gzip', 'packed')] });
    const draft = await draftOf('kit', { 'manifest.json': manifest, [`blobs/sha256/${sha256(kitfile)}`]: kitfile });

    expect(draft).toMatchObject({ kind: 'oci', suggestedModel: 'tiny-kit', licenseId: 'MIT', suggestedPublisher: 'Acme', version: { version: '3.1.0' } });
  });

  test.each([
    ['no layers', { schemaVersion: 2, config: {}, layers: 'many' }],
    ['a digest that is none', { schemaVersion: 2, config: layer('a', ''), layers: [{ mediaType: 'application/vnd.ollama.image.model', digest: 'sha256:../../etc/passwd', size: 1 }] }],
    ['a negative size', { schemaVersion: 2, config: layer('a', ''), layers: [{ ...layer('application/vnd.ollama.image.model', 'x'), size: -1 }] }],
  ])('with %s is refused', async (what, manifest) => {
    const refusal = await refusalOf(draftOf(`manifest-${what.length}`, { 'manifest.json': JSON.stringify(manifest) }, 'oci'));

    expect(refusal.code).toBe('artifact.unreadable');
  });
});

describe('an MLflow model', () => {
  const mlmodel = 'artifact_path: tiny\nflavors:\n  python_function:\n    loader_module: mlflow.transformers\n  transformers:\n    model_binary: model\n    source_model_name: Qwen/Qwen2.5-72B-Instruct\n    task: text-generation\nmetadata:\n  license: apache-2.0\nmlflow_version: 3.4.0\nmodel_uuid: 0f\n';

  test('gives source model, licence of its metadata, and the weights beside it', async () => {
    const draft = await draftOf('mlflow', { MLmodel: mlmodel, 'model/config.json': JSON.stringify(config), 'model/model.safetensors': safetensorsFile(tensors) });

    expect(draft).toMatchObject({ kind: 'mlflow', suggestedModel: 'tiny', licenseId: 'Apache-2.0', version: { architecture: { parametersTotal: parameters }, artifacts: [{ fileName: 'mlflow/model/model.safetensors' }] } });
    expect(draft.version.baseModels).toEqual([expect.objectContaining({ relation: 'finetune' })]);
    expect(draft.version.provenance).toContainEqual({ field: 'license', value: 'apache-2.0', readFrom: 'MLmodel:10: license' });
  });

  test('whose metadata and card name different licences has neither', async () => {
    const draft = await draftOf('mlflow-two', { MLmodel: mlmodel, 'model_card_data.yaml': 'license: llama3.1\n', 'model/config.json': JSON.stringify(config) });

    expect(draft.licenseId).toBeNull();
    expect(errorsOf(draft)).toContainEqual({ severity: 'error', message: 'MLmodel:10: license says Apache-2.0, and model_card_data.yaml:1: license says LicenseRef-Llama-3.1: which one was granted has to be read.', sources: ['MLmodel:10: license', 'model_card_data.yaml:1: license'] });
  });

  test.each([
    ['no YAML', 'flavors: [', /^MLmodel: this is not valid YAML/],
    ['no flavours', 'artifact_path: x\n', /^MLmodel: this is no MLmodel file: flavors/],
    ['a bomb', `a: &a [x]\n${Array.from({ length: 60 }, (_, level) => `b${level}: [*a, *a]`).join('\n')}\n`, /^MLmodel: its YAML has 120 aliases/],
  ])('with %s is refused', async (what, content, sentence) => {
    expect((await refusalOf(draftOf(`mlmodel-${what.length}`, { MLmodel: content }))).publicMessage).toMatch(sentence);
  });
});
