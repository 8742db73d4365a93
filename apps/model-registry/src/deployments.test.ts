import { ApiError } from '@weighbridge/shared-contracts';
import type { DeploymentId } from '@weighbridge/shared-domain';
import { createTestDatabase } from '@weighbridge/shared-testing';
import type { TestDatabase } from '@weighbridge/shared-testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestService } from './start-test-service.ts';
import type { RegistryClient, TestProject, TestService } from './start-test-service.ts';

let database: TestDatabase;
let service: TestService;
let project: TestProject;
let editor: RegistryClient;
/** A key of the platform that stays when another service on this database installs its own. */
let platform: RegistryClient;

beforeAll(async () => {
  database = await createTestDatabase({ scopes: ['registry'] });
  service = await startTestService({ databaseUrl: database.urlFor('registry') });
  project = await service.addProject('deployments');
  ({ editor } = project.as);
  platform = service.client((await service.admin.createPlatformKey({ body: { name: 'platform' } })).token);
  await editor.createModel({ body: { name: 'run', publisher: 'Acme' } });
  const artifacts = [
    { fileName: 'run.gguf', format: 'gguf' as const, bytes: 5, sha256: 'ab'.repeat(32) },
    { fileName: 'run.safetensors', format: 'safetensors' as const, bytes: 5, sha256: 'cd'.repeat(32) },
  ];
  await editor.registerVersion({ params: { name: 'run' }, body: { version: '1', license: 'mit', artifacts } });
  await editor.registerVersion({ params: { name: 'run' }, body: { version: '2', license: 'mit' } });
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await database.close();
});

const problemOf = (call: Promise<unknown>) => call.then(() => undefined, (error: unknown) => (error instanceof ApiError ? error.problem : Promise.reject(error)));
const openai = (baseUrl: string, more: { apiKey?: string } = {}) => ({ kind: 'openai' as const, baseUrl, upstreamModel: 'm', ...more });
const deploy = (backend: Parameters<RegistryClient['createDeployment']>[0]['body']['backend'], version = '1') => service.services.createDeployment({ params: { name: 'run' }, body: { version, backend } });

describe('a deployment', () => {
  test('never gives its provider’s key back, and hands it to the services sealed', async () => {
    const deployment = await deploy(openai('https://models.example/v1', { apiKey: 'sk-very-secret' }));
    const sealed = (await service.services.getSnapshot()).deployments.find(({ id }) => id === deployment.id)?.backend;

    expect(deployment).toMatchObject({ status: 'active', pool: 'default', concurrency: 8, backend: { kind: 'openai', hasApiKey: true } });
    expect(JSON.stringify([deployment, await editor.listDeployments({ params: { name: 'run' } }), await service.admin.listAudit({ query: { limit: 200 } })])).not.toContain('very-secret');
    expect(sealed?.kind === 'openai' && sealed.apiKeySealed !== null && !sealed.apiKeySealed.includes('very-secret') && service.secrets.open(sealed.apiKeySealed)).toBe('sk-very-secret');
  });

  test('of the Messages API keeps its kind, and its address is checked like any other', async () => {
    const anthropic = { kind: 'anthropic' as const, baseUrl: 'https://api.anthropic.com', upstreamModel: 'claude-x', apiKey: 'sk-ant-very-secret' };
    const deployment = await deploy(anthropic);
    const sealed = (await service.services.getSnapshot()).deployments.find(({ id }) => id === deployment.id)?.backend;

    expect(deployment.backend).toEqual({ kind: 'anthropic', baseUrl: 'https://api.anthropic.com', upstreamModel: 'claude-x', hasApiKey: true });
    expect(sealed?.kind === 'anthropic' && sealed.apiKeySealed !== null && service.secrets.open(sealed.apiKeySealed)).toBe('sk-ant-very-secret');
    expect(await problemOf(deploy({ ...anthropic, baseUrl: 'http://169.254.169.254/v1' }))).toMatchObject({ status: 400, errors: [{ pointer: '/body/backend/baseUrl' }] });
  });

  test('of a local model takes a GGUF artifact of its version, and its digest with it', async () => {
    const deployment = await editor.createDeployment({ params: { name: 'run' }, body: { version: '1', backend: { kind: 'llama-cpp', artifact: 'run.gguf' } } });

    expect(deployment.backend).toEqual({ kind: 'llama-cpp', artifact: 'run.gguf', sha256: 'ab'.repeat(32) });
  });

  test.each([
    { what: 'a file that is no GGUF', backend: { kind: 'llama-cpp' as const, artifact: 'run.safetensors' }, pointer: '/body/backend/artifact' },
    { what: 'a file that is not there', backend: { kind: 'llama-cpp' as const, artifact: 'other.gguf' }, pointer: '/body/backend/artifact' },
    { what: 'another scheme', backend: openai('file:///etc/passwd'), pointer: '/body/backend/baseUrl' },
    { what: 'a password in the URL', backend: openai('https://user:secret@models.example/v1'), pointer: '/body/backend/baseUrl' },
    { what: 'a query in the URL', backend: openai('https://models.example/v1?key=x'), pointer: '/body/backend/baseUrl' },
    { what: 'a loopback address', backend: openai('http://127.0.0.1:8000/v1'), pointer: '/body/backend/baseUrl' },
    { what: 'a private address', backend: openai('http://10.1.2.3/v1'), pointer: '/body/backend/baseUrl' },
    { what: 'the metadata service', backend: openai('http://169.254.169.254/latest'), pointer: '/body/backend/baseUrl' },
    { what: 'a loopback address in disguise', backend: openai('http://[::ffff:127.0.0.1]/v1'), pointer: '/body/backend/baseUrl' },
    { what: 'a number that is an address', backend: openai('http://2130706433/v1'), pointer: '/body/backend/baseUrl' },
  ])('with $what is 400', async ({ backend, pointer }) => {
    const problem = await problemOf(deploy(backend));

    expect(problem).toMatchObject({ status: 400, code: 'request.invalid', errors: [{ pointer }] });
    expect(JSON.stringify(problem)).not.toContain('secret');
  });

  test('may have a private address where the operator allows that, and a metadata service never', async () => {
    await using allowing = await startTestService({ databaseUrl: database.urlFor('registry'), allowPrivateAddresses: true });
    const at = (baseUrl: string) => problemOf(allowing.admin.createDeployment({ params: { name: 'run' }, body: { version: '1', backend: openai(baseUrl) } }));

    expect(await at('http://127.0.0.1:8000/v1')).toBeUndefined();
    expect(await at('http://169.254.169.254/v1')).toMatchObject({ status: 400 });
  });

  test('of a version that is not there is 404; one that is paused stays in the snapshot and says so', async () => {
    expect(await problemOf(deploy(openai('https://models.example/v1'), '9'))).toMatchObject({ status: 404, code: 'model.not_found' });
    const { id } = await deploy(openai('https://models.example/v1'));
    const revision = await service.registry.revision();

    const paused = await editor.setDeploymentStatus({ params: { id }, body: { status: 'paused' } });
    await editor.setDeploymentStatus({ params: { id }, body: { status: 'paused' } });

    expect(paused.status).toBe('paused');
    expect(await service.registry.revision()).toBe(revision + 1);
    expect((await service.services.getSnapshot()).deployments.find((deployment) => deployment.id === id)?.status).toBe('paused');
  });

  test('may name any whole number of tokens as its context', async () => {
    const { contextLength } = await service.services.createDeployment({ params: { name: 'run' }, body: { version: '1', contextLength: 10_000_000_000, backend: openai('https://models.example/v1') } });

    expect(contextLength).toBe(10_000_000_000);
  });
});

describe('a deployment whose model file is not the registered one', () => {
  const found = 'f'.repeat(64);
  const registered = 'a'.repeat(64);
  const block = (id: DeploymentId, more: { registeredSha256?: string; foundSha256?: string } = {}) =>
    service.services.blockDeployment({ params: { id }, body: { reason: 'artifact_mismatch', artifact: 'm.gguf', registeredSha256: registered, foundSha256: found, ...more } });
  const statusInSnapshot = async (id: DeploymentId) => (await service.services.getSnapshot()).deployments.find((deployment) => deployment.id === id)?.status;
  let files = 0;
  async function deployedFile(): Promise<DeploymentId> {
    const version = `file${++files}`;
    if (files === 1) await editor.createModel({ body: { name: 'files', publisher: 'Acme' } });
    await editor.registerVersion({ params: { name: 'files' }, body: { version, license: 'mit', artifacts: [{ fileName: 'm.gguf', format: 'gguf', bytes: 1, sha256: registered }] } });
    return (await editor.createDeployment({ params: { name: 'files' }, body: { version, backend: { kind: 'llama-cpp', artifact: 'm.gguf' } } })).id;
  }

  test('is blocked everywhere by the worker that found it, with what it found; only the platform lifts that', async () => {
    const id = await deployedFile();

    expect(await block(id)).toMatchObject({ status: 'blocked', block: { reason: 'artifact_mismatch', artifact: 'm.gguf', foundSha256: found } });
    const revision = await service.registry.revision();
    await block(id, { foundSha256: 'e'.repeat(64) });

    expect(await service.registry.revision()).toBe(revision);
    expect((await editor.listDeployments({ params: { name: 'files' } })).data[0]).toMatchObject({ id, status: 'blocked', block: { foundSha256: found } });
    expect(await statusInSnapshot(id)).toBe('blocked');
    for (const status of ['active', 'paused'] as const) expect(await problemOf(editor.setDeploymentStatus({ params: { id }, body: { status } }))).toMatchObject({ status: 409, code: 'resource.wrong_state' });
    expect(await problemOf(project.as.admin.unblockDeployment({ params: { id } }))).toMatchObject({ status: 403, code: 'auth.forbidden' });

    expect(await platform.unblockDeployment({ params: { id } })).toMatchObject({ status: 'active', block: null });
    expect(await statusInSnapshot(id)).toBe('active');
    const audit = (await platform.listAudit({ query: { subject: id } })).data.map(({ action, actorKeyId }) => [action, actorKeyId === null]);
    expect(audit).toEqual([['deployment.unblocked', false], ['deployment.blocked', true], ['deployment.created', false]]);
  });

  test('that was paused before is paused again when the block is lifted', async () => {
    const id = await deployedFile();
    await editor.setDeploymentStatus({ params: { id }, body: { status: 'paused' } });
    await block(id);

    expect(await platform.unblockDeployment({ params: { id } })).toMatchObject({ status: 'paused', block: null });
  });

  test.each([
    { what: 'a file that the deployment does not run', more: { registeredSha256: 'b'.repeat(64) } },
    { what: 'no difference', more: { foundSha256: registered } },
  ])('is not blocked for $what', async ({ more }) => {
    const id = await deployedFile();

    expect(await problemOf(block(id, more))).toMatchObject({ status: 409, code: 'resource.conflict' });
    expect(await statusInSnapshot(id)).toBe('active');
  });

  test('is blocked by services alone', async () => {
    const id = await deployedFile();

    for (const as of [project.as.admin, platform])
      expect(await problemOf(as.blockDeployment({ params: { id }, body: { reason: 'artifact_mismatch', artifact: 'm.gguf', registeredSha256: registered, foundSha256: found } }))).toMatchObject({ status: 403 });
  });
});

describe('an alias', () => {
  const point = (version: string, alias = 'candidate') => editor.setAlias({ params: { name: 'run', alias }, body: { version } });

  test('moves; the same place again is no change', async () => {
    await point('1');
    await point('2');
    const revision = await service.registry.revision();
    const again = await point('2');

    expect(again).toMatchObject({ alias: { model: 'run', name: 'candidate', version: '2', protection: null }, changeRequest: null });
    expect(await service.registry.revision()).toBe(revision);
    expect((await editor.getModel({ params: { name: 'run' } })).aliases).toEqual([{ name: 'candidate', version: '2', updatedAt: again.alias.updatedAt, protection: null }]);
    expect(await problemOf(point('9'))).toMatchObject({ status: 404, code: 'model.not_found' });
  });

  test('"default" is what the bare name means, else the version registered last', async () => {
    const defaultVersion = async () => (await service.services.getSnapshot()).models.find(({ name }) => name === 'run')?.defaultVersion;

    expect(await defaultVersion()).toBe('2');
    await point('1', 'default');
    expect(await defaultVersion()).toBe('1');
  });
});
