import { describe, expect, test } from 'vitest';
import type { BomVersion } from './bom-content.ts';
import { cycloneDxBom } from './cyclonedx.ts';
import { exampleContent, exampleVersions } from './example-content.ts';
import { validCycloneDx } from './validate-cyclonedx.ts';

type Json = Record<string, unknown>;
interface Component {
  readonly name: string;
  readonly 'bom-ref': string;
  readonly type: string;
  readonly licenses?: readonly Json[];
  readonly properties?: readonly { name: string; value: string }[];
  readonly components?: readonly { name: string; hashes: Json[] }[];
  readonly externalReferences?: readonly Json[];
  readonly pedigree?: { ancestors: Json[]; notes: string };
  readonly modelCard?: { modelParameters?: Json; quantitativeAnalysis?: { performanceMetrics: Json[] }; properties?: { name: string; value: string }[] };
}
interface Bom {
  readonly specVersion: string;
  readonly serialNumber: string;
  readonly metadata: { readonly timestamp?: string; readonly component: Component };
  readonly components: readonly Component[];
  readonly services?: readonly Json[];
  readonly dependencies: readonly { ref: string; dependsOn?: string[] }[];
}

const read = async (...of: Parameters<typeof cycloneDxBom>): Promise<Bom> => JSON.parse(await validCycloneDx(cycloneDxBom(...of))) as Bom;
const component = ({ metadata, components }: Bom, ref: string): Component => {
  const found = [metadata.component, ...components].find((one) => one['bom-ref'] === ref);
  if (found === undefined) throw new Error(`no component ${ref}`);
  return found;
};

describe('cycloneDxBom of a version', () => {
  test('is valid CycloneDX 1.7, with the version as its subject and all it was made from', async () => {
    const bom = await read(exampleContent());

    expect(bom.specVersion).toBe('1.7');
    expect(bom.metadata.component).toMatchObject({ 'bom-ref': 'helper@2', type: 'machine-learning-model', name: 'helper', version: '2', publisher: 'Acme', copyright: 'Copyright (c) 2025 Acme' });
    expect(bom.components.map((one) => one['bom-ref'])).toEqual(['deepseek-v3@2024-12-26', 'either@1', 'gone@9', 'plain@1', 'teacher@1']);
    expect(bom.metadata.timestamp).toBeUndefined();
  });

  test('shows each kind of licence as it is', async () => {
    const bom = await read(exampleContent());

    expect(component(bom, 'plain@1').licenses).toEqual([{ license: { id: 'MIT', acknowledgement: 'declared', url: 'https://spdx.org/licenses/MIT.html' } }]);
    expect(component(bom, 'either@1').licenses).toEqual([{ expression: 'MIT OR Apache-2.0', acknowledgement: 'declared' }]);
    expect(component(bom, 'teacher@1').licenses).toEqual([{ license: { name: 'not recognised: be nice please', acknowledgement: 'declared' } }]);
    expect(component(bom, 'deepseek-v3@2024-12-26').licenses).toMatchObject([{ license: { name: 'DeepSeek Model License 1.0', properties: expect.arrayContaining([{ name: 'weighbridge:license:id', value: 'LicenseRef-DeepSeek-Model-1.0' }]) } }]);
    expect(component(bom, 'gone@9').licenses).toBeUndefined();
  });

  test('says what it was made from twice: as a pedigree with the relation, and as dependencies', async () => {
    const bom = await read(exampleContent());

    expect(component(bom, 'helper@2').pedigree).toEqual({
      ancestors: [
        { type: 'machine-learning-model', name: 'deepseek-v3', version: '2024-12-26' },
        { type: 'machine-learning-model', name: 'teacher', version: '1' },
        { type: 'machine-learning-model', name: 'gone', version: '9' },
      ],
      notes: 'fine-tuned from deepseek-v3@2024-12-26; trained on outputs of teacher@1; merged from gone@9',
    });
    expect(bom.dependencies.find(({ ref }) => ref === 'helper@2')?.dependsOn).toEqual(['deepseek-v3@2024-12-26', 'gone@9', 'teacher@1']);
    expect(bom.dependencies.find(({ ref }) => ref === 'teacher@1')?.dependsOn).toEqual(['either@1']);
  });

  test('has the digests of the artifacts, the sources, and the obligations with licence and clause', async () => {
    const helper = component(await read(exampleContent()), 'helper@2');

    expect(helper.components).toMatchObject([{ type: 'file', name: 'weights/model-q4.gguf', hashes: [{ alg: 'SHA-256', content: 'a'.repeat(64) }] }]);
    expect(helper.externalReferences).toEqual([{ url: 'https://example.org/helper', type: 'website', comment: 'Model card' }]);
    expect(helper.properties).toContainEqual({ name: 'weighbridge:source', value: 'A paper on a shelf' });
    expect(helper.properties?.filter(({ name }) => name.startsWith('weighbridge:obligation:')).length).toBeGreaterThan(2);
    expect(helper.properties?.find(({ name }) => name === 'weighbridge:obligation:include-license')?.value).toMatch(/^LicenseRef-DeepSeek-Model-1\.0 \S+ \(.+@.+\).*: /);
  });

  test('has the facts that follow from the architecture and the published scores as a model card', async () => {
    const { modelCard } = component(await read(exampleContent()), 'deepseek-v3@2024-12-26');

    expect(modelCard?.modelParameters).toEqual({ architectureFamily: 'transformer, multi-head latent attention', modelArchitecture: 'deepseek_v3' });
    expect(modelCard?.properties).toContainEqual({ name: 'weighbridge:architecture:kv-cache-bytes-per-token', value: '70272' });
    expect(modelCard?.quantitativeAnalysis?.performanceMetrics).toContainEqual(expect.objectContaining({ type: expect.stringContaining('MMLU'), value: expect.stringMatching(/^\d/), slice: expect.stringContaining('measured by') }));
  });

  test('the same content is the same document; the serial number follows the content and not the time', async () => {
    const bom = await read(exampleContent());

    expect(await read(exampleContent())).toEqual(bom);
    const dated = await read(exampleContent(), { at: new Date('2026-05-01T00:00:00Z') });
    expect(dated).toEqual({ ...bom, metadata: { ...bom.metadata, timestamp: '2026-05-01T00:00:00.000Z' } });
    expect((await read(exampleContent({ obligations: new Map() }))).serialNumber).not.toBe(bom.serialNumber);
  });
});

describe('cycloneDxBom of a project', () => {
  test('has the project as its subject, and the services that run its models', async () => {
    const bom = await read(
      exampleContent({
        subject: { kind: 'project', id: 'proj_1', name: 'Support' },
        roots: ['helper@2', 'plain@1'],
        deployments: [
          { id: 'dep_1', ref: 'helper@2', backend: { kind: 'openai', baseUrl: 'https://models.example/v1', upstreamModel: 'helper', artifact: null }, hostedIn: 'EU' },
          { id: 'dep_2', ref: 'plain@1', backend: { kind: 'llama-cpp', baseUrl: null, upstreamModel: null, artifact: 'plain.gguf' }, hostedIn: null },
        ],
      }),
    );

    expect(bom.metadata.component).toMatchObject({ type: 'application', name: 'Support', 'bom-ref': 'project:proj_1' });
    expect(bom.services).toMatchObject([
      { 'bom-ref': 'deployment:dep_1', name: 'helper', endpoints: ['https://models.example/v1'], 'x-trust-boundary': true, properties: expect.arrayContaining([{ name: 'weighbridge:hosted-in', value: 'EU' }]) },
      { 'bom-ref': 'deployment:dep_2', name: 'plain.gguf' },
    ]);
    expect(bom.dependencies.find(({ ref }) => ref === 'project:proj_1')?.dependsOn).toEqual(['deployment:dep_1', 'deployment:dep_2', 'helper@2', 'plain@1']);
    expect(bom.dependencies.find(({ ref }) => ref === 'deployment:dep_1')?.dependsOn).toEqual(['helper@2']);
  });
});

describe('validCycloneDx', () => {
  test.each([{}, { bomFormat: 'CycloneDX', specVersion: '1.7', components: [{ type: 'machine-learning-model' }] }, { ...cycloneDxBom(exampleContent()), more: true }])('gives out nothing that the schema refuses', async (bom) => {
    await expect(validCycloneDx(bom)).rejects.toMatchObject({ code: 'service.internal' });
  });
});

describe('validCycloneDx of a long document', () => {
  const [version] = exampleVersions.slice(-1);
  const long = (count: number) =>
    exampleContent({ versions: Array.from({ length: count }, (_, index) => ({ ...(version as BomVersion), ref: `long@${index}`, model: 'long', version: String(index), baseModels: index + 1 < count ? [{ ref: `long@${index + 1}`, relation: 'finetune' as const }] : [] })), roots: ['long@0'], subject: { kind: 'version', ref: 'long@0' }, obligations: new Map() });

  test('has every part of it', async () => {
    const bom = await read(long(450));

    expect(bom.components).toHaveLength(449);
    expect(bom.dependencies.length).toBeGreaterThanOrEqual(450);
  });

  test('looks at the last part as well as at the first, and across them for what is there twice', async () => {
    const bom = cycloneDxBom(long(450)) as unknown as { components: Record<string, unknown>[] };
    const last = bom.components.at(-1) ?? {};

    await expect(validCycloneDx({ ...bom, components: [...bom.components.slice(0, -1), { ...last, unknown: true }] })).rejects.toMatchObject({ code: 'service.internal' });
    await expect(validCycloneDx({ ...bom, components: [...bom.components, bom.components[0] ?? {}] })).rejects.toThrow(/same bom-ref/);
  });

  test('looks at every file of a version of many, in a time that grows with their number', async () => {
    const bom = cycloneDxBom(long(3)) as unknown as { metadata: { component: Record<string, unknown> }; components: Record<string, unknown>[] };
    const [first = {}, ...others] = bom.components;
    const files = Array.from({ length: 5_000 }, (_, n) => ({ type: 'file', name: `${n}`, 'bom-ref': `f${n}` }));
    const withFiles = (some: readonly Record<string, unknown>[]) => ({ ...bom, components: [{ ...first, components: some }, ...others] });
    const asMain = (some: readonly Record<string, unknown>[]) => ({ ...bom, metadata: { ...bom.metadata, component: { ...bom.metadata.component, components: some } } });

    expect(JSON.parse(await validCycloneDx(withFiles(files)))).toEqual(withFiles(files));
    expect(JSON.parse(await validCycloneDx(asMain(files)))).toEqual(asMain(files));
    for (const place of [withFiles, asMain]) {
      await expect(validCycloneDx(place([...files.slice(0, -1), { type: 'file', name: 'x', 'bom-ref': 'x', unknown: true }]))).rejects.toMatchObject({ code: 'service.internal' });
      await expect(validCycloneDx(place([...files, files[0] ?? {}]))).rejects.toThrow(/same bom-ref/);
    }
  }, 20_000);
});
