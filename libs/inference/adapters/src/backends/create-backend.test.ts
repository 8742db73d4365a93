import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { AppError } from '@weighbridge/shared-domain';
import { afterAll, describe, expect, test } from 'vitest';
import type { BackendSettings } from './create-backend.ts';
import { createBackend, createBackendHost } from './create-backend.ts';

const publicHost = createBackendHost({ allowPrivate: false });
const privateHost = createBackendHost({ allowPrivate: true });
afterAll(async () => {
  await publicHost.close();
  await privateHost.close();
});

const openai = { kind: 'openai', baseUrl: 'http://127.0.0.1:8000/v1', upstreamModel: 'm', apiKeySealed: 'sealed' } as const;
const create = (backend: BackendSettings, host = privateHost, openSecret = (sealed: string) => sealed) =>
  createBackend({ id: 'dep_1', concurrency: 2, contextLength: null, backend }, { host, openSecret, resolveModelFile: async () => '/nowhere' });
const codeOf = (step: () => unknown): string => {
  try {
    step();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  return 'created';
};

describe('createBackend', () => {
  test('chooses by kind, and touches neither network nor files', () => {
    expect(create(openai).kind).toBe('openai');
    expect(create({ ...openai, kind: 'anthropic' }).kind).toBe('anthropic');
    expect(create({ kind: 'llama-cpp', artifact: 'a.gguf', sha256: 'x' }).kind).toBe('llama-cpp');
  });

  test('opens the sealed key once', () => {
    const opened: string[] = [];

    create(openai, privateHost, (sealed) => {
      opened.push(sealed);
      return 'sk';
    });

    expect(opened).toEqual(['sealed']);
  });

  test('refuses an address that may not be called, whatever the kind', () => {
    expect(codeOf(() => create({ ...openai, kind: 'anthropic' }, publicHost))).toBe('request.invalid');
    expect(codeOf(() => create(openai, publicHost))).toBe('request.invalid');
    expect(codeOf(() => create({ ...openai, baseUrl: 'http://169.254.169.254/v1' }, privateHost))).toBe('request.invalid');
  });

  test('of a process without local models never loads the engine', async () => {
    const script = `
      import { registerHooks } from 'node:module';
      const imported = [];
      registerHooks({ resolve: (specifier, context, next) => { imported.push(specifier); return next(specifier, context); } });
      await import(${JSON.stringify(new URL('./index.ts', import.meta.url).href)});
      console.log(JSON.stringify(['undici', 'node-llama-cpp'].map((name) => imported.includes(name))));`;

    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);

    expect(JSON.parse(stdout)).toEqual([true, false]);
  });
});
