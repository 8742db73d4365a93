import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { ImportKind } from '@weighbridge/registry-contracts';
import { ImportDraft } from '@weighbridge/registry-contracts';
import { detectLicense, findLineageCycle, licenseCatalogue, licenseFromTags, lineageClosure } from '@weighbridge/registry-domain';
import type { LineageVersion } from '@weighbridge/registry-domain';
import { sha256Hex } from '@weighbridge/shared-adapters/secrets';
import { openArchive } from '../src/archive/open-archive.ts';
import { importPublication } from '../src/import-publication.ts';
import { openFiles } from '../src/open-files.ts';
import { ggufFile, inPieces, safetensorsFile, tarFile, tinyLlama, withLength, zipFile } from '../src/testing/model-files.ts';
import type { ZipEntry } from '../src/testing/model-files.ts';
import { mutateBytes, mutateJson, mutateText } from './mutate.ts';
import type { Random } from './random.ts';

/** One reader under attack: makes a broken input and gives what reads it. Whatever comes of it, only errors of ours may be thrown. */
export interface FuzzTarget {
  readonly name: string;
  /** Share of the inputs, relative to the others. */
  readonly weight: number;
  readonly make: (random: Random) => FuzzInput | Promise<FuzzInput>;
}

export interface FuzzInput {
  /** What to keep of an input that breaks something. */
  readonly bytes: Uint8Array | string;
  readonly run: () => unknown;
}

const config = JSON.stringify(tinyLlama.config);
const readme = '---\nlicense: other\nlicense_name: llama3.1\nlicense_link: LICENSE\nbase_model:\n- meta-llama/Llama-3.1-8B\n- b/two\nbase_model_relation: merge\nlanguage: [en, de]\ntags: &t [merge, chat]\nmodel-index:\n- name: m\n  results:\n  - task: {type: text-generation}\n    dataset: {name: MMLU, type: cais/mmlu, split: test}\n    metrics:\n    - {type: acc, value: 61.5, name: accuracy}\n    source: {name: board, url: https://example.org}\n---\n# A model\n';
const safetensors = safetensorsFile(tinyLlama.tensors, { format: 'pt' });
const gguf = ggufFile({ metadata: { ...tinyLlama.gguf.metadata, 'general.base_model.count': { u32: 1 }, 'general.base_model.0.name': 'Base', 'llama.expert_count': { u32: 4 }, 'general.alignment': { u32: 32 }, 'general.file_type': { u32: 1 }, 'a.list': { u32s: [1, 2, 3] } }, tensors: tinyLlama.gguf.tensors });
const part = (no: number, count: number, tensor: string) => ggufFile({ metadata: { ...(no === 0 ? tinyLlama.gguf.metadata : {}), 'split.no': { u16: no }, 'split.count': { u16: count }, 'split.tensors.count': { i32: 2 } }, tensors: { [tensor]: [8, 10] } });
const parts = [part(0, 2, 'a.weight'), part(1, 2, 'b.weight')] as const;
const index = { metadata: { total_size: 2 * tinyLlama.parameters }, weight_map: Object.fromEntries(Object.keys(tinyLlama.tensors).map((name) => [name, 'model.safetensors'])) };
const adapter = { base_model_name_or_path: 'a/one', peft_type: 'LORA', revision: null };
const layer = (mediaType: string, content: string | Uint8Array, annotations = {}) => ({ mediaType, digest: `sha256:${sha256Hex(content)}`, size: content.length, annotations });
const ollamaConfig = JSON.stringify({ model_format: 'gguf', model_family: 'llama', model_type: '8.0B', file_type: 'F16' });
const manifest = {
  schemaVersion: 2,
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  artifactType: 'application/vnd.cncf.model.manifest.v1+json',
  config: layer('application/vnd.docker.container.image.v1+json', ollamaConfig),
  layers: [layer('application/vnd.ollama.image.model', gguf), layer('application/vnd.ollama.image.license', 'MIT'), layer('application/vnd.ollama.image.params', '{}'), layer('application/vnd.cncf.model.weight.v1.raw', safetensors, { 'org.cncf.model.filepath': 'm.safetensors' })],
  annotations: { 'org.opencontainers.image.licenses': 'MIT', 'org.opencontainers.image.base.name': 'registry.example/a/one:1' },
};
const blobs = [ollamaConfig, gguf, 'MIT', '{}', safetensors].map((content) => ({ name: `blobs/sha256-${sha256Hex(content)}`, content }));
const mlmodel = 'artifact_path: tiny\nflavors:\n  python_function: {loader_module: mlflow.transformers}\n  transformers:\n    model_binary: model\n    source_model_name: Qwen/Qwen2.5-72B-Instruct\n    task: text-generation\nmetadata: {license: apache-2.0}\nmlflow_version: 3.4.0\nutc_time_created: 2026-01-01 00:00:00\n';
const license = readFileSync(new URL('../../../../LICENSE', import.meta.url), 'utf8');
const markers = [...licenseCatalogue.values()].map(({ markers: { required, supporting } }) => [...required, ...supporting].join('\n'));

interface Given {
  readonly name: string;
  readonly content: Uint8Array | string;
}

/** What a draft promises holds for whatever was read, also when it comes out of rubbish. */
async function importing(files: readonly Given[], kind: ImportKind): Promise<void> {
  const given = files.map(({ name, content }) => (typeof content === 'string' ? { name, text: content } : { name, contentBase64: Buffer.from(content).toString('base64') }));
  ImportDraft.parse(await importPublication(openFiles(given), kind));
}

const reading = (name: string, weight: number, kind: ImportKind, around: readonly Given[], target: string, content: (random: Random) => Uint8Array | string): FuzzTarget => ({
  name,
  weight,
  make: (random) => {
    const bytes = content(random);
    return { bytes, run: () => importing([...around, { name: target, content: bytes }], random.chance(0.1) ? 'auto' : kind) };
  },
});

const bytesOf = (random: Random, sample: Uint8Array) => mutateBytes(sample, random.pick([gguf, safetensors]), random);

/** The header alone is mutated as JSON, and its length put right or left wrong. */
function safetensorsOf(random: Random): Uint8Array {
  if (random.chance(0.5)) return bytesOf(random, safetensors);
  const length = new DataView(safetensors.buffer, safetensors.byteOffset).getBigUint64(0, true);
  const header = JSON.parse(new TextDecoder().decode(safetensors.subarray(8, 8 + Number(length)))) as unknown;
  const json = mutateJson(header, random);
  return Buffer.concat([random.chance(0.8) ? withLength(json) : withLength(json, random.pick([0n, 1n, 2n ** 63n, 2n ** 64n - 1n, 100_000_000n, BigInt(json.length) + 1n])), safetensors.subarray(8 + Number(length))]);
}

async function archiveOf(random: Random, format: 'zip' | 'tar' | 'tar.gz'): Promise<Uint8Array> {
  const entries: ZipEntry[] = [
    { name: 'm/config.json', content: random.chance(0.3) ? mutateJson(tinyLlama.config, random) : config },
    { name: random.chance(0.6) ? 'm/README.md' : random.pick(['m/README.md', '../README.md', 'm/../../x', '/abs', 'a\\b', 'm/config.json', 'M/CONFIG.JSON', 'm/'.repeat(30)]), content: readme },
    { name: 'm/model.safetensors', content: random.chance(0.3) ? safetensorsOf(random) : safetensors, ...(random.chance(0.1) && { claimedBytes: random.pick([0, 10, 4_294_967_295]) }) },
    ...(random.chance(0.2) ? [{ name: 'm/link', type: random.pick(['symlink', 'link', 'directory', 'character-device'] as const), linkname: '/etc/passwd' }] : []),
  ];
  const tar = () => tarFile(entries.map(({ name, ...entry }) => ({ name: name.slice(0, 90), ...entry })));
  const whole = format === 'zip' ? zipFile(entries) : format === 'tar' ? await tar() : gzipSync(await tar());
  return random.chance(0.5) ? mutateBytes(whole, gguf, random) : whole;
}

const archive = (format: 'zip' | 'tar' | 'tar.gz', weight: number): FuzzTarget => ({
  name: `${format} archive`,
  weight,
  make: async (random) => {
    const bytes = await archiveOf(random, format);
    return { bytes, run: async () => ImportDraft.parse(await importPublication(await openArchive(inPieces(bytes, 1 + random.int(4_000)), { limits: { unpackedBytes: 50_000_000, keptBytes: 20_000_000 } }), 'auto')) };
  },
});

const expressions = ['MIT', 'Apache-2.0 OR MIT', 'GPL-2.0-only WITH Classpath-exception-2.0', '(MIT AND (LGPL-2.1+ OR BSD-3-Clause))', 'LicenseRef-Llama-3.1', 'llama3.1', 'other', 'cc-by-nc-4.0', 'DocumentRef-a:LicenseRef-b'];

/** A random graph of versions, with circles, diamonds, missing ends and long chains. */
function lineageOf(random: Random): { readonly root: LineageVersion; readonly versions: ReadonlyMap<string, LineageVersion> } {
  const count = 1 + random.int(random.chance(0.02) ? 3_000 : 60);
  const ref = (at: number) => `m${at}@1`;
  const chain = random.chance(0.3);
  const versions = new Map<string, LineageVersion>();
  for (let at = 0; at < count; at += 1) {
    const bases = chain ? [at + 1] : Array.from({ length: random.int(4) }, () => random.int(count + 3));
    versions.set(ref(at), { ref: ref(at), publisher: 'p', license: random.chance(0.2) ? null : 'MIT', baseModels: bases.map((base) => ({ ref: ref(base), relation: random.pick(['finetune', 'adapter', 'quantized', 'merge', 'distilled'] as const) })) });
  }
  const root = versions.get(ref(0));
  if (root === undefined) throw new Error('no root');
  return { root, versions };
}

export const fuzzTargets: readonly FuzzTarget[] = [
  reading('safetensors header', 14, 'huggingface', [{ name: 'config.json', content: config }], 'model.safetensors', safetensorsOf),
  reading('GGUF', 16, 'gguf', [], 'm.gguf', (random) => bytesOf(random, gguf)),
  reading('GGUF part', 6, 'gguf', [{ name: 'm-00001-of-00002.gguf', content: parts[0] }], 'm-00002-of-00002.gguf', (random) => bytesOf(random, random.pick(parts))),
  reading('config.json', 14, 'huggingface', [{ name: 'model.safetensors', content: safetensors }], 'config.json', (random) => mutateJson({ ...tinyLlama.config, text_config: random.chance(0.2) ? tinyLlama.config : undefined, quantization_config: { quant_method: 'fp8' } }, random)),
  reading('README.md', 12, 'huggingface', [{ name: 'config.json', content: config }], 'README.md', (random) => mutateText(readme, random)),
  reading('weight index', 6, 'huggingface', [{ name: 'model.safetensors', content: safetensors }], 'model.safetensors.index.json', (random) => mutateJson(index, random)),
  reading('adapter_config.json', 3, 'huggingface', [{ name: 'README.md', content: readme }], 'adapter_config.json', (random) => mutateJson(adapter, random)),
  reading('manifest', 9, 'ollama', blobs, 'manifest.json', (random) => mutateJson(manifest, random)),
  reading('MLmodel', 8, 'mlflow', [{ name: 'model/config.json', content: config }], 'MLmodel', (random) => mutateText(mlmodel, random)),
  reading('licence text', 3, 'huggingface', [{ name: 'config.json', content: config }], 'LICENSE', (random) => mutateText(random.chance(0.5) ? license : random.pick(markers), random)),
  archive('zip', 4),
  archive('tar', 4),
  archive('tar.gz', 2),
  {
    name: 'licence expression',
    weight: 8,
    make: (random) => {
      const bytes = mutateText(random.pick(expressions), random).slice(0, 2_000);
      return { bytes, run: () => licenseFromTags({ license: bytes, licenseName: random.chance(0.3) ? random.pick(expressions) : null, licenseLink: random.chance(0.3) ? bytes : null }) };
    },
  },
  { name: 'licence detection', weight: 2, make: (random) => { const bytes = mutateText(random.pick(markers), random); return { bytes, run: () => detectLicense(bytes, { sha256Hex }) }; } },
  {
    name: 'lineage',
    weight: 5,
    make: (random) => {
      const { root, versions } = lineageOf(random);
      return {
        bytes: JSON.stringify([...versions.values()]),
        run: () => {
          findLineageCycle(root, (ref) => versions.get(ref));
          lineageClosure(root, (ref) => versions.get(ref));
        },
      };
    },
  },
];
