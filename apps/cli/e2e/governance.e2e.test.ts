import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApprovalId, DeploymentId } from '@weighbridge/shared-domain';
import { startStubModelServer, waitFor } from '@weighbridge/shared-testing';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPlatform } from '../src/embedded/start-platform.ts';
import type { Platform } from '../src/embedded/start-platform.ts';
import { createClients } from '../src/tour/clients.ts';
import type { Clients } from '../src/tour/clients.ts';
import { adminKey, place, root } from './launcher.ts';

/** What a moved alias, a revoked key or an ended approval may take to be obeyed everywhere (DESIGN section 3). */
const obeyedWithinMs = 5_000;
const file = 'abacus-nano.gguf';

let at: Awaited<ReturnType<typeof place>>;
let modelsDir: string;
let platform: Platform;
let admin: Clients;
let projectAdmin: Clients;
let editor: Clients;
let useCaseId: string;

beforeAll(async () => {
  at = await place();
  modelsDir = join(at.folder, 'models');
  mkdirSync(modelsDir);
  for (const name of ['abacus-nano.gguf', 'abacus-mini.gguf']) copyFileSync(join(root, 'models', name), join(modelsDir, name));
  platform = await startPlatform({ root, dataDirectory: join(at.folder, 'data'), port: at.port, adminKey, env: { MODELS_DIR: modelsDir, ALLOW_PRIVATE_ADDRESSES: 'true' }, say: () => {} });
  admin = createClients(platform.origin, adminKey);
  const { id } = await admin.registry.createProject({ body: { name: 'governed', unknownPricePolicy: 'flag' } });
  const facts = { purposes: ['customer-support'], commercial: true, monthlyActiveUsers: 20_000, annualRevenueUsd: 8_000_000, regions: ['EU' as const], distribution: 'service' as const, trainOnOutputs: false };
  const useCase = await admin.registry.createUseCase({ body: { project: id, name: 'support', facts } });
  useCaseId = useCase.id;
  const keyOf = async (role: 'admin' | 'editor') => createClients(platform.origin, (await admin.registry.createKey({ params: { id }, body: { name: role, role, useCaseId: useCase.id } })).token);
  [projectAdmin, editor] = [await keyOf('admin'), await keyOf('editor')];
});

afterAll(async () => {
  await platform.stop();
  at.remove();
});

/** What a chat call is answered with: `ok`, or the code of its refusal. */
async function ask(model: string): Promise<string> {
  try {
    await editor.openai.chat.completions.create({ model, messages: [{ role: 'user', content: 'What is 2 + 3?' }], temperature: 0, max_completion_tokens: 16 });
    return 'ok';
  } catch (error) {
    if (error instanceof OpenAI.APIError) return String(error.code);
    throw error;
  }
}
/** Asks until it is answered with that; how long it took. */
async function untilAsked(model: string, answer: string): Promise<number> {
  const startedAt = performance.now();
  await waitFor(async () => (await ask(model)) === answer, { timeoutMs: 2 * obeyedWithinMs });
  return performance.now() - startedAt;
}
const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
async function register(model: string, fileName: string, more: { license?: string; licenseText?: string }): Promise<DeploymentId> {
  await editor.registry.createModel({ body: { name: model, publisher: 'Acme' } });
  const artifact = { fileName, format: 'gguf' as const, bytes: statSync(join(root, 'models', fileName)).size, sha256: sha256(join(root, 'models', fileName)) };
  await editor.registry.registerVersion({ params: { name: model }, body: { version: '1', artifacts: [artifact], ...more } });
  const { id } = await editor.registry.createDeployment({ params: { name: model }, body: { version: '1', pool: 'local', contextLength: 256, defaultMaxOutputTokens: 32, backend: { kind: 'llama-cpp', artifact: fileName } } });
  return id;
}

describe('a use that needs a review', () => {
  const model = 'reviewed';
  async function approve(expiresAt: string): Promise<ApprovalId> {
    const { id } = await editor.registry.createChangeRequest({ body: { kind: 'use', model: `${model}@1`, useCase: useCaseId as never, reason: 'Acme answered by letter' } });
    const approved = await projectAdmin.registry.approveChangeRequest({ params: { id }, body: { reason: 'I have read the letter', expiresAt } });
    if (approved.kind !== 'use' || approved.approvalId === null) throw new Error('nothing was approved');
    return approved.approvalId;
  }

  test('is refused, answered once a second person has approved it, and refused again within 5 seconds of the revocation and of the end', async () => {
    await register(model, file, { licenseText: 'Ask Acme before you do anything with it.' });
    await untilAsked(model, 'approval_required');

    const approvalId = await approve(new Date(Date.now() + 3_600_000).toISOString());
    expect(await untilAsked(model, 'ok')).toBeLessThan(obeyedWithinMs);
    await projectAdmin.registry.revokeApproval({ params: { id: approvalId } });
    expect(await untilAsked(model, 'approval_required')).toBeLessThan(obeyedWithinMs);

    const end = Date.now() + 4_000;
    await approve(new Date(end).toISOString());
    await untilAsked(model, 'ok');
    await untilAsked(model, 'approval_required');
    expect(Date.now()).toBeGreaterThanOrEqual(end);
    expect(Date.now() - end).toBeLessThan(obeyedWithinMs);
  });
});

describe('a model file with one byte flipped', () => {
  const model = 'flipped';
  const path = () => join(modelsDir, 'abacus-mini.gguf');
  const statusOf = async () => (await editor.registry.listDeployments({ params: { name: model } })).data.find(({ backend }) => backend.kind === 'llama-cpp');

  test('is never run: its deployment is blocked with what was found, requests are refused with a code of their own, and go on once it was put right', async () => {
    const right = readFileSync(path());
    const wrong = Buffer.from(right);
    const middle = Math.floor(wrong.length / 2);
    wrong[middle] = (wrong[middle] ?? 0) ^ 1;
    writeFileSync(path(), wrong);
    const id = await register(model, 'abacus-mini.gguf', { license: 'apache-2.0' });

    await waitFor(async () => (await ask(model)) === 'model_file_mismatch', { timeoutMs: obeyedWithinMs });
    await waitFor(async () => (await statusOf())?.status === 'blocked', { timeoutMs: obeyedWithinMs });
    expect(await statusOf()).toMatchObject({ id, block: { reason: 'artifact_mismatch', artifact: 'abacus-mini.gguf', registeredSha256: sha256(join(root, 'models', 'abacus-mini.gguf')), foundSha256: sha256(path()) } });
    // By now the gateway refuses it at the door, a background job too.
    await waitFor(async () => {
      const refused: unknown = await editor.inference.createJob({ body: { model, input: { messages: [{ role: 'user', content: 'hi' }] } } } as never).then(() => undefined, (error: unknown) => error);
      return (refused as { code?: string } | undefined)?.code === 'artifact.mismatch';
    }, { timeoutMs: obeyedWithinMs });

    // Lifted without mending, it is blocked again.
    await admin.registry.unblockDeployment({ params: { id } });
    await waitFor(async () => (await ask(model)) === 'model_file_mismatch' && (await statusOf())?.status === 'blocked', { timeoutMs: 2 * obeyedWithinMs });

    writeFileSync(path(), right);
    await admin.registry.unblockDeployment({ params: { id } });
    expect(await untilAsked(model, 'ok')).toBeLessThan(obeyedWithinMs);
    const audit = (await admin.registry.listAudit({ query: { subject: id } })).data.map(({ action }) => action);
    expect(audit).toEqual(['deployment.unblocked', 'deployment.blocked', 'deployment.unblocked', 'deployment.blocked', 'deployment.created']);
    expect(await admin.registry.verifyAudit()).toMatchObject({ intact: true });
  });

  test('is passed over where another deployment can answer', async () => {
    await using server = await stub();
    writeFileSync(join(modelsDir, 'abacus-base.gguf'), Buffer.concat([readFileSync(join(root, 'models', 'abacus-base.gguf')), Buffer.from([0])]));
    const id = await register('doubled', 'abacus-base.gguf', { license: 'apache-2.0' });
    await admin.registry.createDeployment({ params: { name: 'doubled' }, body: { version: '1', pool: 'local', weight: 0, backend: { kind: 'openai', baseUrl: server.url, upstreamModel: 'stub' } } });

    const deployments = async () => (await editor.registry.listDeployments({ params: { name: 'doubled' } })).data;
    await waitFor(async () => (await deployments()).find((deployment) => deployment.id === id)?.status === 'blocked' || (await ask('doubled'), false), { timeoutMs: obeyedWithinMs });

    expect(await ask('doubled')).toBe('ok');
  });
});

async function stub(): Promise<AsyncDisposable & { readonly url: string }> {
  const server = await startStubModelServer();
  return { url: server.url, [Symbol.asyncDispose]: () => server.stop() };
}
