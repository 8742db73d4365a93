import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { UseCaseFacts } from '@weighbridge/registry-domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClients } from '../src/tour/clients.ts';
import { adminKey, place, root, runCli } from './launcher.ts';
import type { Run } from './launcher.ts';

let at: Awaited<ReturnType<typeof place>>;
let platform: Run;
let origin: string;
let viewerKey: string;
let projectId: string;
let useCaseId: string;

const facts: UseCaseFacts = { purposes: ['customer-support'], commercial: true, monthlyActiveUsers: 20_000, annualRevenueUsd: 8_000_000, regions: ['US'], distribution: 'service', trainOnOutputs: false };

beforeAll(async () => {
  at = await place();
  platform = runCli(['start'], at.env);
  [, origin = ''] = await platform.line(/weighbridge ready on (\S+)/);
  const { registry } = createClients(origin, adminKey);
  await registry.registerFromCatalogue({ body: { models: ['deepseek-v3', 'llama-3.1-405b'] } });
  await registry.setAlias({ params: { name: 'deepseek-v3', alias: 'production' }, body: { version: '2024-12-26' } });
  const project = await registry.createProject({ body: { name: 'pipeline' } });
  projectId = project.id;
  viewerKey = (await registry.createKey({ params: { id: project.id }, body: { name: 'ci', role: 'viewer' } })).token;
  useCaseId = (await registry.createUseCase({ body: { project: project.id, name: 'support', facts } })).id;
});

afterAll(async () => {
  await platform.interrupt();
  at.remove();
});

async function weighbridge(args: readonly string[], env: Record<string, string> = {}) {
  const run = runCli(args, { ...at.env, ...env });
  const code = await run.exit;
  return { code, output: run.output(), errors: run.errors() };
}

const file = (name: string, content: string): string => {
  const path = join(at.folder, name);
  writeFileSync(path, content);
  return path;
};

describe('weighbridge check', () => {
  test.each([
    { what: 'what is allowed', use: facts, code: 0, says: /^ALLOWED, with obligations: deepseek-v3@2024-12-26 for/ },
    { what: 'what is forbidden', use: { ...facts, purposes: ['military'] }, code: 1, says: /^DENIED:[^]*\(field-of-use:military/ },
  ])('answers $what with exit code $code, and explains it', async ({ use, code, says }) => {
    const answer = await weighbridge(['check', 'deepseek-v3:production', '--use-case', file('use.json', JSON.stringify(use))]);

    expect(answer).toMatchObject({ code, errors: '' });
    expect(answer.output).toMatch(says);
    expect(answer.output).toMatch(/LicenseRef-DeepSeek-Model-1\.0|DeepSeek Model License/);
  });

  test('answers what nobody knows enough about with exit code 2, as YAML from a pipe, and as JSON', async () => {
    const yaml = ['name: assistant', 'facts:', '  purposes: [customer-support]', '  commercial: true', '  monthlyActiveUsers: null', '  annualRevenueUsd: null', '  regions: [US]', '  distribution: service', '  trainOnOutputs: false', ''].join('\n');
    const child = spawn(process.execPath, [join(root, 'apps/cli/dist/main.js'), 'check', 'llama-3.1-405b', '--use-case', '-', '--json'], { cwd: root, env: { ...process.env, ...at.env, WEIGHBRIDGE_ADMIN_KEY: adminKey }, stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.end(yaml);
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));

    expect(code).toBe(2);
    expect(JSON.parse(output)).toMatchObject({ decision: 'review', reasons: expect.arrayContaining([expect.objectContaining({ code: 'missing-fact:monthlyActiveUsers' })]) });
  });

  test('with a key of a project answers for its declared use cases, from an address of its own', async () => {
    const env = { WEIGHBRIDGE_URL: origin, WEIGHBRIDGE_KEY: viewerKey, WEIGHBRIDGE_DATA_DIR: join(at.folder, 'nowhere') };

    expect(await weighbridge(['check', 'deepseek-v3@2024-12-26', '--use-case', useCaseId], env)).toMatchObject({ code: 0 });
  });

  test.each([
    { what: 'a model that is not there', args: ['check', 'absent', '--use-case', 'FACTS'], says: /There is no model "absent"/ },
    { what: 'an alias that is not there', args: ['check', 'deepseek-v3:absent', '--use-case', 'FACTS'], says: /has no alias "absent"/ },
    { what: 'a file that is not there', args: ['check', 'deepseek-v3', '--use-case', '/absent.yaml'], says: /\/absent\.yaml cannot be read/ },
    { what: 'facts that are none', args: ['check', 'deepseek-v3', '--use-case', 'WRONG'], says: /is no use case: .*purposes.*users/ },
    { what: 'no use case', args: ['check', 'deepseek-v3'], says: /required option/ },
    { what: 'a platform that is not there', args: ['check', 'deepseek-v3', '--use-case', 'FACTS', '--url', 'http://127.0.0.1:9'], says: /nothing answers on/ },
  ])('says 3, and not no, for $what', async ({ args, says }) => {
    const facts3 = file('facts.json', JSON.stringify(facts));
    const wrong = file('wrong.yaml', 'purposes: []\nusers: many\n');
    const answer = await weighbridge(args.map((arg) => (arg === 'FACTS' ? facts3 : arg === 'WRONG' ? wrong : arg)));

    expect(answer).toMatchObject({ code: 3, output: '' });
    expect(answer.errors).toMatch(says);
  });
});

describe('weighbridge notice and bom', () => {
  test('write the documents of a model, to standard output or a file', async () => {
    const notice = await weighbridge(['notice', 'llama-3.1-405b']);
    expect(notice.code).toBe(0);
    expect(notice.output.split('\n')).toContain('Built with Llama');

    const path = join(at.folder, 'bom.json');
    expect(await weighbridge(['bom', 'deepseek-v3:production', '-o', path])).toMatchObject({ code: 0, output: '' });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.7', metadata: { component: { type: 'machine-learning-model', name: 'deepseek-v3' } } });
    expect(JSON.parse((await weighbridge(['bom', 'deepseek-v3', '--format', 'spdx3'])).output)).toMatchObject({ '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld' });
  });

  test('write those of all that a project runs', async () => {
    expect((await weighbridge(['notice', '--project', projectId])).output).toMatch(/^NOTICE for pipeline\n/);
    expect(JSON.parse((await weighbridge(['bom', '--project', projectId])).output)).toMatchObject({ metadata: { component: { type: 'application', name: 'pipeline' } } });
  });

  test.each([[['notice']], [['bom', 'a', '--project', 'b']], [['notice', 'absent']], [['bom', 'deepseek-v3', '--at', 'soon']], [['notice', '--project', 'x']]])('%j says in one line what is wrong', async (args) => {
    const answer = await weighbridge(args);
    expect(answer.code).toBe(1);
    expect(answer.errors.trim().split('\n')).toHaveLength(1);
  });
});

describe('weighbridge import', () => {
  test('reads a folder that the registry cannot see, sends no weights, and registers it', async () => {
    const folder = join(at.folder, 'my-model');
    mkdirSync(folder);
    cpSync(join(root, 'models', 'abacus-nano.gguf'), join(folder, 'abacus-nano.gguf'));

    const shown = await weighbridge(['import', folder, '--model', 'my-abacus', '--version', '1']);
    expect(shown).toMatchObject({ code: 0 });
    expect(shown.output).toMatch(/^model +my-abacus@1$/m);
    expect(shown.output).toMatch(/^read as +gguf$/m);

    const registered = await weighbridge(['import', folder, '--model', 'my-abacus', '--version', '1', '--publisher', 'Acme', '--register', '--force', '--json']);
    expect(registered).toMatchObject({ code: 0 });
    const version = await createClients(origin, adminKey).registry.getVersion({ params: { name: 'my-abacus', version: '1' } });
    const bundled = readFileSync(join(root, 'models', 'abacus-nano.gguf'));
    expect(version.artifacts).toMatchObject([{ fileName: 'abacus-nano.gguf', bytes: bundled.byteLength }]);
  });

  test('refuses what is no model, in one line', async () => {
    const folder = join(at.folder, 'nothing');
    mkdirSync(folder);
    const answer = await weighbridge(['import', folder]);

    expect(answer).toMatchObject({ code: 1 });
    expect(answer.errors).toMatch(/no file that says what model it is/);
  });
});

test('weighbridge models search finds by name', async () => {
  const found = await weighbridge(['models', 'search', 'llama', '--json']);
  expect((JSON.parse(found.output) as { name: string }[]).map(({ name }) => name)).toContain('llama-3.1-405b');
  expect((await weighbridge(['models', 'search', 'llama'])).output).toContain('llama-3.1-405b');
});

test('MLflow’s clients reach the registry through the one origin, with a key as their tracking token', async () => {
  const response = await fetch(`${origin}/api/2.0/mlflow/registered-models/get?name=deepseek-v3`, { headers: { authorization: `Bearer ${viewerKey}` } });

  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ registered_model: { name: 'deepseek-v3', aliases: [{ alias: 'production', version: expect.any(String) }] } });
});
