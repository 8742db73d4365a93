import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiError } from '@weighbridge/shared-contracts';
import { createTestDatabase } from '@weighbridge/shared-testing';
import type { TestDatabase } from '@weighbridge/shared-testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestService } from './start-test-service.ts';
import type { RegistryClient, TestService } from './start-test-service.ts';

let database: TestDatabase;
let service: TestService;
let editor: RegistryClient;

beforeAll(async () => {
  database = await createTestDatabase({ scopes: ['registry'] });
  service = await startTestService({ databaseUrl: database.urlFor('registry') });
  editor = (await service.addProject('detection')).as.editor;
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await database.close();
});

const apache = readFileSync(join(import.meta.dirname, '../../../LICENSE'), 'utf8');
const amended = apache.replace('2. Grant of Copyright License.', '2. Field of use. The Work shall not be used at sea.\n\n   2. Grant of Copyright License.');
const problemOf = (call: Promise<unknown>) => call.then(() => undefined, (error: unknown) => (error instanceof ApiError ? error.problem : Promise.reject(error)));

describe('POST /v1/licenses/detect', () => {
  test('recognises a text, and says how', async () => {
    expect(await editor.detectLicense({ body: { text: apache } })).toMatchObject({ license: 'Apache-2.0', matches: [{ license: 'Apache-2.0', confidence: 1, by: 'text' }], nearMisses: [], uncatalogued: [] });
  });

  test('tells a near miss with the passage', async () => {
    const found = await editor.detectLicense({ body: { text: amended } });

    expect(found).toMatchObject({ license: null, matches: [], nearMisses: [{ license: 'Apache-2.0', differences: [{ kind: 'added', passage: expect.stringContaining('shall not be used at sea.'), words: { license: 0 } }] }] });
    expect(found.nearMisses[0]?.similarity).toBeLessThan(1);
  });

  test('reads tags and expressions', async () => {
    expect(await editor.detectLicense({ body: { tags: { license: 'other', licenseName: 'deepseek' } } })).toMatchObject({ license: 'LicenseRef-DeepSeek-Model-1.0', matches: [{ by: 'name' }] });
    expect(await editor.detectLicense({ body: { tags: { license: 'mit', licenseName: 'llama3.1' } } })).toMatchObject({ license: null, explanation: expect.stringContaining('contradict') });
    expect(await editor.detectLicense({ body: { expression: 'MIT OR EUPL-1.2' } })).toMatchObject({ license: 'MIT OR EUPL-1.2', matches: [{ license: 'MIT', by: 'expression' }], uncatalogued: [{ license: 'EUPL-1.2' }] });
  });

  test.each([
    { what: 'nothing', body: {} },
    { what: 'two signs', body: { text: apache, expression: 'MIT' } },
  ])('with $what is 400', async ({ body }) => {
    expect(await problemOf(editor.detectLicense({ body }))).toMatchObject({ status: 400, errors: [{ message: 'give exactly one of text, tags and expression' }] });
  });

  test('of five megabytes is refused with the field and its limit', async () => {
    expect(await problemOf(editor.detectLicense({ body: { text: 'a'.repeat(5_000_000) } }))).toMatchObject({ status: 400, errors: [{ pointer: '/body/text', message: expect.stringMatching(/1,?000,?000/) }] });
  });
});

describe('a version', () => {
  const register = async (name: string, body: { license?: string; licenseText?: string }) => {
    await editor.createModel({ body: { name, publisher: 'Acme' } });
    return editor.registerVersion({ params: { name }, body: { version: '1', ...body } });
  };

  test('with a near miss has no licence, keeps why, and is reviewed', async () => {
    const version = await register('near', { licenseText: amended });
    const useCase = { purposes: ['coding'], commercial: true, monthlyActiveUsers: 10, annualRevenueUsd: 10, regions: ['US'], distribution: 'service' as const, trainOnOutputs: false };

    expect(version).toMatchObject({ license: null, licenseFinding: { nearMisses: [{ license: 'Apache-2.0', differences: [{ kind: 'added' }] }], explanation: expect.stringContaining('nearly Apache-2.0') } });
    expect((await editor.getVersion({ params: { name: 'near', version: '1' } })).licenseFinding).toEqual(version.licenseFinding);
    expect(await editor.decide({ body: { model: 'near@1', useCase } })).toMatchObject({ decision: 'review', reasons: [{ code: 'unknown-license' }] });
  });

  test.each([
    { name: 'whole', body: { licenseText: apache } },
    { name: 'tagged', body: { license: 'mit' } },
    { name: 'silent', body: {} },
  ])('that is $name has nothing to keep', async ({ name, body }) => {
    expect((await register(name, body)).licenseFinding).toBeNull();
  });
});
