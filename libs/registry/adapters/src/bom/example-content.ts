import { catalogueBook, findReferenceVersion, notice } from '@weighbridge/registry-domain';
import type { NoticeVersion } from '@weighbridge/registry-domain';
import type { BomContent, BomVersion } from './bom-content.ts';

const nothing = { description: null, licenseDeclared: null, conflictingLicenses: [], releasedOn: null, architecture: null, artifacts: [], sources: [], copyright: [], baseModels: [], scores: [], training: null } as const;

const deepseek = findReferenceVersion('deepseek-v3', '2024-12-26');

/** For tests only. A fine-tune and a merge of known models, one of unknown papers, and a base that is not registered. */
export const exampleVersions: readonly BomVersion[] = [
  {
    ...nothing,
    ref: 'helper@2',
    model: 'helper',
    version: '2',
    publisher: 'Acme',
    license: 'LicenseRef-DeepSeek-Model-1.0',
    releasedOn: '2025-03-01',
    copyright: ['Copyright (c) 2025 Acme'],
    artifacts: [{ fileName: 'weights/model-q4.gguf', format: 'gguf', bytes: 1_000, sha256: 'a'.repeat(64), quantization: 'Q4_K_M' }],
    sources: [{ title: 'Model card', url: 'https://example.org/helper' }, { title: 'A paper on a shelf', url: null }],
    baseModels: [{ ref: 'deepseek-v3@2024-12-26', relation: 'finetune' }, { ref: 'teacher@1', relation: 'distilled' }, { ref: 'gone@9', relation: 'merge' }],
    digest: '1'.repeat(64),
  },
  {
    ...nothing,
    ref: 'deepseek-v3@2024-12-26',
    model: 'deepseek-v3',
    version: '2024-12-26',
    publisher: 'DeepSeek',
    description: 'Mixture of experts, <b>671B</b> "total".',
    license: 'LicenseRef-DeepSeek-Model-1.0',
    releasedOn: '2024-12-26',
    architecture: deepseek?.architecture ?? null,
    sources: deepseek?.sources ?? [],
    digest: '2'.repeat(64),
    scores: deepseek?.scores ?? [],
    training: {
      tokens: 14_800_000_000_000,
      hardware: 'H800',
      devices: 2_048,
      gpuHours: 2_788_000,
      costUsd: '5576000',
      assumedUsdPerGpuHour: '2',
      costBasis: 'published',
      phases: [],
      excludes: [],
      notes: [],
      source: { title: 'DeepSeek-V3 report', url: null, retrievedOn: '2026-11-24' },
    },
  },
  { ...nothing, ref: 'teacher@1', model: 'teacher', version: '1', publisher: 'Someone', license: null, licenseDeclared: 'be nice\nplease', conflictingLicenses: ['MIT'], digest: '3'.repeat(64), baseModels: [{ ref: 'either@1', relation: 'adapter' }] },
  { ...nothing, ref: 'either@1', model: 'either', version: '1', publisher: 'Acme', license: 'MIT OR Apache-2.0', digest: '4'.repeat(64), baseModels: [{ ref: 'plain@1', relation: 'quantized' }] },
  { ...nothing, ref: 'plain@1', model: 'plain', version: '1', publisher: 'Acme', license: 'MIT', digest: '5'.repeat(64) },
];

const noticeVersions = new Map(exampleVersions.map((version): [string, NoticeVersion] => [version.ref, version]));

/** For tests only. */
export function exampleContent(more: Partial<BomContent> = {}): BomContent {
  const root = noticeVersions.get('helper@2');
  if (root === undefined) throw new Error('no root');
  return {
    subject: { kind: 'version', ref: 'helper@2' },
    versions: exampleVersions,
    roots: ['helper@2'],
    deployments: [],
    obligations: new Map([['helper@2', notice({ roots: [root], find: (ref) => noticeVersions.get(ref) }).obligations]]),
    licenses: catalogueBook,
    registeredAt: new Date('2026-01-02T03:04:05.678Z'),
    ...more,
  };
}
