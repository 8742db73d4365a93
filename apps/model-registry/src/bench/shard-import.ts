import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importPublication, openFolder, readShardHeaders } from '@weighbridge/registry-adapters/importers';
import type { Report } from './measure-registry.ts';

const shards = 160;
/** As DeepSeek-V3's repository has them: 91,991 tensors in 163 files. */
const tensorsPerShard = 564;
/** Holes, not blocks: a repository of 690 GB takes some 10 MB of disk. */
const realShardBytes = 4.3e9;
const smallShardBytes = 1_000_000;

const padded = (number: number): string => String(number).padStart(5, '0');
const shardName = (shard: number): string => `model-${padded(shard + 1)}-of-${padded(shards)}.safetensors`;

/** A repository whose headers are as long as real ones, and whose weights are holes in files. */
async function writeRepository(folder: string, shardBytes: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  const weightMap: Record<string, string> = {};
  const width = Math.floor(shardBytes / tensorsPerShard / 7_168);
  for (let shard = 0; shard < shards; shard += 1) {
    const tensors: Record<string, unknown> = {};
    let offset = 0;
    for (let tensor = 0; tensor < tensorsPerShard; tensor += 1) {
      const name = `model.layers.${Math.floor((shard * 61) / shards)}.mlp.experts.${tensor}.${shard}.gate_proj.weight`;
      const bytes = Math.max(1, width) * 7_168;
      tensors[name] = { dtype: 'F8_E4M3', shape: [Math.max(1, width), 7_168], data_offsets: [offset, offset + bytes] };
      weightMap[name] = shardName(shard);
      offset += bytes;
    }
    const header = Buffer.from(JSON.stringify(tensors));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.byteLength));
    const file = await open(join(folder, shardName(shard)), 'w');
    await file.write(Buffer.concat([length, header]), 0);
    await file.truncate(8 + header.byteLength + offset);
    await file.close();
  }
  await writeFile(join(folder, 'model.safetensors.index.json'), JSON.stringify({ metadata: {}, weight_map: weightMap }));
  await writeFile(join(folder, 'config.json'), JSON.stringify({ model_type: 'deepseek_v3', hidden_size: 7_168, num_hidden_layers: 61, num_attention_heads: 128, vocab_size: 129_280, max_position_embeddings: 163_840 }));
  await writeFile(join(folder, 'README.md'), '---\nlicense: mit\n---\n');
}

/** How long the headers of a repository of 160 shards take, and a whole import with index, checks and the digests of small files. */
export async function measureShardImport(report: Report): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'weighbridge-bench-'));
  try {
    await writeRepository(join(root, 'large'), realShardBytes);
    await writeRepository(join(root, 'small'), smallShardBytes);
    const opened = await openFolder({ root, path: 'large' });
    const files = [...opened.files.values()].filter(({ name }) => name.endsWith('.safetensors'));
    const runs: number[] = [];
    let tensors = 0;
    for (let run = 0; run < 5; run += 1) {
      const startedAt = performance.now();
      tensors = (await readShardHeaders(files)).reduce((sum, { header }) => sum + header.tensors.length, 0);
      runs.push(performance.now() - startedAt);
    }
    const sorted = runs.toSorted((a, b) => a - b);
    report({ what: 'headers of 160 shards', ms: sorted[2] ?? 0, worstMs: sorted[4] ?? 0, note: `${tensors.toLocaleString('en')} tensors, ${(files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e9).toFixed(0)} GB of weights that are not read` });
    const startedAt = performance.now();
    const draft = await importPublication(await openFolder({ root, path: 'small' }), 'huggingface');
    report({ what: 'import of 160 shards', ms: performance.now() - startedAt, note: `index, config and headers checked, ${(draft.version.artifacts.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6).toFixed(0)} MB digested` });
  } finally {
    await rm(root, { recursive: true });
  }
}
