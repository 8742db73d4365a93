import type { UseCaseFacts } from '@weighbridge/registry-domain';
import { zipSync, strToU8 } from 'fflate';
import { clientsOf } from './seed.ts';
import type { Platform } from './platform.ts';

export interface SeededPapers {
  readonly editorKey: string;
  /** `model/versions/version`, as page addresses have it. */
  readonly llama: string;
  /** A version whose licence nobody knows. */
  readonly unknown: string;
  /** A zip of a tiny Hugging Face repository. */
  readonly archive: Buffer;
}

const facts: UseCaseFacts = { purposes: ['customer-support'], commercial: true, monthlyActiveUsers: 20_000, annualRevenueUsd: 8_000_000, regions: ['US'], distribution: 'service', trainOnOutputs: false };

const config = { model_type: 'llama', architectures: ['LlamaForCausalLM'], hidden_size: 64, intermediate_size: 128, num_hidden_layers: 2, num_attention_heads: 4, num_key_value_heads: 2, vocab_size: 256, max_position_embeddings: 512, tie_word_embeddings: true, torch_dtype: 'bfloat16' };

/** Papers and use cases that decide in every way, without anything that runs. */
export async function seedPapers({ origin, adminKey }: Platform): Promise<SeededPapers> {
  const admin = clientsOf(origin, adminKey);
  const project = await admin.registry.createProject({ body: { name: 'Customer care' } });
  for (const [name, more, labels] of [
    ['support answers', {}, {}],
    ['everybody', { monthlyActiveUsers: 900_000_000, monthlyActiveUsersAtRelease: 900_000_000 }, {}],
    ['product x', {}, { product: 'x' }],
  ] as const)
    await admin.registry.createUseCase({ body: { project: project.id, name, facts: { ...facts, ...more }, labels } });
  const { token: editorKey } = await admin.registry.createKey({ params: { id: project.id }, body: { name: 'support service', role: 'editor' } });
  const { registry } = clientsOf(origin, editorKey);
  await registry.createModel({ body: { name: 'acme-chat', publisher: 'Acme' } });
  for (const version of ['0', '1']) {
    await registry.registerVersion({ params: { name: 'acme-chat' }, body: { version } });
    await registry.setAlias({ params: { name: 'acme-chat', alias: 'production' }, body: { version } });
  }
  await admin.registry.registerFromCatalogue({ body: { models: ['llama-3.1-405b'] } });
  const { latestVersion } = await admin.registry.getModel({ params: { name: 'llama-3.1-405b' } });
  return {
    editorKey,
    llama: `llama-3.1-405b/versions/${latestVersion}`,
    unknown: 'acme-chat/versions/1',
    archive: Buffer.from(zipSync({ 'config.json': strToU8(JSON.stringify(config)), 'README.md': strToU8('---\nlicense: apache-2.0\n---\n# Tiny\n') })),
  };
}
