import { createTestDatabase } from '@weighbridge/shared-testing';
import type { TestDatabase } from '@weighbridge/shared-testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestService } from './start-test-service.ts';
import type { TestProject, TestService } from './start-test-service.ts';

let database: TestDatabase;
let service: TestService;
let ours: TestProject;
let theirs: TestProject;

const llama = 'llama-3.3-70b';
const sha256 = 'a'.repeat(64);

beforeAll(async () => {
  database = await createTestDatabase({ scopes: ['registry'] });
  service = await startTestService({ databaseUrl: database.urlFor('registry') });
  [ours, theirs] = [await service.addProject('Support & co'), await service.addProject('theirs')];
  const { admin } = service;
  await admin.createModel({ body: { name: llama, publisher: 'Meta' } });
  await admin.registerVersion({ params: { name: llama }, body: { version: 'instruct', license: 'llama3.3', releasedOn: '2024-12-06', sources: [{ title: 'Model card', url: 'https://example.org/llama' }], provenance: [{ field: 'copyright', readFrom: 'LICENSE: line 3', value: 'Copyright (c) Meta Platforms, Inc.' }] } });
  await admin.createModel({ body: { name: 'helper', publisher: 'Acme', description: 'Answers customers.' } });
  await admin.registerVersion({
    params: { name: 'helper' },
    body: { version: '2', license: 'llama3.3', baseModels: [{ model: llama, version: 'instruct', relation: 'finetune' }], artifacts: [{ fileName: 'helper.gguf', format: 'gguf', bytes: 10, sha256 }] },
  });
  await admin.setAlias({ params: { name: 'helper', alias: 'production' }, body: { version: '2' } });
  await admin.createModel({ body: { name: 'scholar', publisher: 'Campus' } });
  await admin.registerVersion({ params: { name: 'scholar' }, body: { version: '1', license: 'cc-by-nc-4.0' } });
  await admin.createModel({ body: { name: 'spare', publisher: 'Acme' } });
  await admin.registerVersion({ params: { name: 'spare' }, body: { version: '1', license: 'mit' } });
  const backend = { kind: 'openai', baseUrl: 'https://models.example/v1', upstreamModel: 'm' } as const;
  await admin.createDeployment({ params: { name: 'helper' }, body: { version: '2', hostedIn: 'DE', backend } });
  await admin.createDeployment({ params: { name: 'scholar' }, body: { version: '1', backend } });
  const spare = await admin.createDeployment({ params: { name: 'spare' }, body: { version: '1', backend } });
  await admin.setDeploymentStatus({ params: { id: spare.id }, body: { status: 'paused' } });
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await database.close();
});

const helper = { name: 'helper', version: '2' };
const lines = async (response: Promise<Response>) => (await (await response).text()).split('\n');
const notice = 'Llama 3.3 is licensed under the Llama 3.3 Community License, Copyright © Meta Platforms, Inc. All Rights Reserved.';

describe('the notice', () => {
  test('of a version has the exact lines that its lineage asks for, where it was made from, and what its files say of their authors', async () => {
    const response = await ours.as.viewer.getVersionNotice({ params: helper });
    const text = await response.text();

    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe('inline; filename="NOTICE.txt"');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    for (const line of ['NOTICE for helper@2', 'Built with Llama', notice, '    fine-tuned from llama-3.3-70b@instruct', '    Copyright (c) Meta Platforms, Inc.', '    Source: Model card, https://example.org/llama']) expect(text.split('\n')).toContain(line);
    expect(await (await ours.as.viewer.getVersionNotice({ params: helper })).text()).toBe(text);
  });

  test('of an alias is that of the version that it points at', async () => {
    expect(await lines(ours.as.viewer.getAliasNotice({ params: { name: 'helper', alias: 'production' } }))).toEqual(await lines(ours.as.viewer.getVersionNotice({ params: helper })));
  });

  test('for a use has only what that use asks for', async () => {
    const served = await lines(ours.as.viewer.getVersionNotice({ params: helper, query: { useCase: ours.useCaseId } }));

    expect(served).toContain('Narrowed to what the use "support" asks for.');
    expect(served).toContain('Built with Llama');
    expect(served).not.toContain(notice);
  });

  test('of a project has all that its use cases may call, and nothing that they may not, or that is paused', async () => {
    const text = await lines(ours.as.viewer.getProjectNotice({ params: { id: ours.id } }));

    expect(text[0]).toBe('NOTICE for Support & co');
    expect(text.filter((line) => /^\S+@\S+, by /.test(line)).map((line) => line.split(',')[0])).toEqual(['helper@2', 'llama-3.3-70b@instruct']);
  });
});

interface Bom {
  readonly specVersion: string;
  readonly serialNumber: string;
  readonly metadata: { readonly timestamp?: string; readonly component: { readonly 'bom-ref': string; readonly name: string } };
  readonly components: readonly { readonly 'bom-ref': string }[];
  readonly services?: readonly { readonly endpoints: readonly string[]; readonly properties: readonly { readonly name: string; readonly value: string }[] }[];
}
const bom = async (response: Promise<Response>) => (await (await response).json()) as Bom;

describe('the bill of materials', () => {
  test('of a version is CycloneDX 1.7, the same for the same content, and named as tools look for it', async () => {
    const response = await ours.as.viewer.getVersionBom({ params: helper });
    const text = await response.text();
    const made = JSON.parse(text) as Bom;

    expect(response.headers.get('content-type')).toBe('application/vnd.cyclonedx+json; version=1.7');
    expect(response.headers.get('content-disposition')).toBe('inline; filename="helper-2.cdx.json"');
    expect(made).toMatchObject({ specVersion: '1.7', metadata: { component: { 'bom-ref': 'helper@2', description: 'Answers customers.' } } });
    expect(made.components.map((one) => one['bom-ref'])).toEqual(['llama-3.3-70b@instruct']);
    expect(await (await ours.as.viewer.getVersionBom({ params: helper })).text()).toBe(text);
    expect((await bom(ours.as.viewer.getAliasBom({ params: { name: 'helper', alias: 'production' }, query: { at: '2026-01-01T00:00:00Z' } })))).toMatchObject({ serialNumber: made.serialNumber, metadata: { timestamp: '2026-01-01T00:00:00.000Z' } });
  });

  test('of a project has the services that run its models, and where', async () => {
    const made = await bom(ours.as.viewer.getProjectBom({ params: { id: ours.id } }));

    expect(made.metadata.component).toMatchObject({ type: 'application', name: 'Support & co' });
    expect(made.components.map((one) => one['bom-ref'])).toEqual(['helper@2', 'llama-3.3-70b@instruct']);
    expect(made.services).toMatchObject([{ endpoints: ['https://models.example/v1'], properties: expect.arrayContaining([{ name: 'weighbridge:hosted-in', value: 'DE' }]) }]);
  });

  test('is SPDX 3 as JSON-LD where that is asked for, dated by its newest part', async () => {
    const response = await ours.as.viewer.getVersionBom({ params: helper, query: { format: 'spdx3' } });
    const made = (await response.json()) as { '@context': string; '@graph': { type: string; name?: string; created?: string }[] };

    expect(response.headers.get('content-type')).toBe('application/spdx+json; version=3.0.1');
    expect(made['@context']).toBe('https://spdx.org/rdf/3.0.1/spdx-context.jsonld');
    expect(made['@graph'].filter(({ type }) => type === 'ai_AIPackage').map(({ name }) => name)).toEqual(['helper', llama]);
    const { createdAt } = await ours.as.viewer.getVersion({ params: helper });
    expect(made['@graph'][0]?.created).toBe(`${createdAt.slice(0, 19)}Z`);
  });

  test('of a long lineage has every link of it', async () => {
    const { admin } = service;
    await admin.createModel({ body: { name: 'chain', publisher: 'Acme' } });
    for (let link = 0; link < 40; link += 1) await admin.registerVersion({ params: { name: 'chain' }, body: { version: `v${link}`, license: 'mit', baseModels: link === 0 ? [] : [{ model: 'chain', version: `v${link - 1}`, relation: 'finetune' }] } });

    const made = await bom(ours.as.viewer.getVersionBom({ params: { name: 'chain', version: 'v39' } }));

    expect(made.components).toHaveLength(39);
  });

  test('of what would fill the memory is refused', async () => {
    const { admin } = service;
    await admin.createModel({ body: { name: 'shards', publisher: 'Acme' } });
    const artifacts = Array.from({ length: 1_000 }, (_, n) => ({ fileName: `${n}.safetensors`, format: 'safetensors' as const, bytes: 1, sha256 }));
    for (let link = 0; link <= 10; link += 1) await admin.registerVersion({ params: { name: 'shards' }, body: { version: `v${link}`, license: 'mit', artifacts, baseModels: link === 0 ? [] : [{ model: 'shards', version: `v${link - 1}`, relation: 'finetune' }] } });

    expect((await bom(ours.as.viewer.getVersionBom({ params: { name: 'shards', version: 'v9' } }))).components).toHaveLength(9);
    await expect(ours.as.viewer.getVersionBom({ params: { name: 'shards', version: 'v10' } })).rejects.toMatchObject({ code: 'request.unsupported' });
    await expect(ours.as.viewer.getVersionNotice({ params: { name: 'shards', version: 'v10' } })).rejects.toMatchObject({ code: 'request.unsupported' });
  }, 30_000);

  test('of a project is no decision on a use: nothing of it is kept', async () => {
    const pool = new pg.Pool({ connectionString: database.adminUrl });
    const kept = async () => (await pool.query<{ count: string }>('select count(*) from registry.decision')).rows[0]?.count;
    const before = await kept();
    const project = await service.addProject('looked at');

    await ours.as.viewer.getProjectBom({ params: { id: ours.id } });
    await project.as.viewer.getProjectNotice({ params: { id: project.id } });

    expect(await kept()).toBe(before);
    await pool.end();
  });
});

describe('documents refuse', () => {
  test.each([
    ['a model that is not there', () => ours.as.viewer.getVersionNotice({ params: { name: 'absent', version: '1' } }), 404, 'model.not_found'],
    ['a version that is not there', () => ours.as.viewer.getVersionBom({ params: { name: 'helper', version: '9' } }), 404, 'model.not_found'],
    ['an alias that is not there', () => ours.as.viewer.getAliasNotice({ params: { name: 'helper', alias: 'absent' } }), 404, 'model.not_found'],
    ['an alias of no model', () => ours.as.viewer.getAliasBom({ params: { name: 'absent', alias: 'production' } }), 404, 'model.not_found'],
    ['a format that is none', () => ours.as.viewer.getVersionBom({ params: helper, query: { format: 'spdx2' as 'spdx3' } }), 400, 'request.invalid'],
    ['another project', () => ours.as.viewer.getProjectBom({ params: { id: theirs.id } }), 404, 'resource.not_found'],
    ['another project’s notice', () => ours.as.viewer.getProjectNotice({ params: { id: theirs.id } }), 404, 'resource.not_found'],
    ['another project’s use case', () => ours.as.viewer.getVersionNotice({ params: helper, query: { useCase: theirs.useCaseId } }), 404, 'resource.not_found'],
  ])('%s', async (_, call, status, code) => {
    await expect(call()).rejects.toMatchObject({ status, code });
  });

  test('nothing of a project that the platform’s key asks for', async () => {
    expect((await lines(service.admin.getProjectNotice({ params: { id: theirs.id } })))[0]).toBe('NOTICE for theirs');
  });
});
