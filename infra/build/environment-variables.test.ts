import { describe, expect, test } from 'vitest';
import { entriesOfExample, variablesOfCompose, variablesOfSchema } from './environment-variables.ts';
import { readText, workspaceFiles } from './workspace.ts';

const schemas = workspaceFiles.filter((path) => /^apps\/[^/]+\/src\/(config|settings)\.ts$/.test(path));
const entries = entriesOfExample(readText('.env.example'));
const documented = new Set(entries.map(({ name }) => name));

/** What the migrate command reads: it has no schema, since each of its verbs needs other ones. */
const ofMigrate = ['DATABASE_ADMIN_URL', 'DATABASE_NAME', 'REGISTRY_DB_PASSWORD', 'INFERENCE_DB_PASSWORD', 'EVALUATION_DB_PASSWORD', 'COST_DB_PASSWORD', 'QUEUE_DB_PASSWORD'];
const ofCompose = variablesOfCompose(readText('docker-compose.yml'));

describe('variablesOfSchema', () => {
  test('sees members in every spelling, and nothing else', () => {
    const source = `const X = z.object({ PORT, 'HOST': s.HOST, LOG_LEVEL: z.enum(['A']).default('A'), nested: 1 }); const y = { OTHER: 1 }; z.strictObject({ MORE });`;

    expect(variablesOfSchema(source.replace("'HOST'", 'HOST'))).toEqual(['PORT', 'HOST', 'LOG_LEVEL', 'MORE']);
    expect(() => variablesOfSchema('z.object({ ...sharedVariables })')).toThrow(/not spread/);
  });
});

describe('.env.example', () => {
  test.each(schemas.map((path) => [path] as const))('lists every variable of %s', (path) => {
    const variables = variablesOfSchema(readText(path));

    expect(variables.length).toBeGreaterThan(4);
    expect(variables.filter((name) => !documented.has(name))).toEqual([]);
  });

  test('lists every variable of docker-compose.yml and of the migrate command', () => {
    expect(ofCompose).toContain('WEIGHBRIDGE_PORT');
    expect([...ofCompose, ...ofMigrate].filter((name) => !documented.has(name))).toEqual([]);
  });

  test('lists nothing that nobody reads, and nothing twice', () => {
    const read = new Set([...schemas.flatMap((path) => variablesOfSchema(readText(path))), ...ofCompose, ...ofMigrate]);

    expect(entries.map(({ name }) => name).filter((name) => !read.has(name))).toEqual([]);
    expect(entries.length).toBe(documented.size);
  });

  test('says in one line what each is for', () => {
    expect(entries.filter(({ comment }) => comment === undefined || comment.length < 10).map(({ name }) => name)).toEqual([]);
  });

  test('holds no secret', () => {
    const withValue = entries.filter(({ name, value }) => /PASSWORD|SECRET|_KEY$/.test(name) && value !== '');

    expect(withValue).toEqual([]);
    expect(entries.filter(({ value }) => /:\/\/[^/]*:[^/@]+@/.test(value) && !/:\/\/[^/]*:…@/.test(value))).toEqual([]);
  });
});

describe('docs/operations.md', () => {
  const rows = new Map([...readText('docs/operations.md').matchAll(/^\| `([A-Z_]+)` \| [^|]+((?:\|[^|\n]*){6})\|$/gm)].map(([, name = '', marks = '']) => [name, marks.split('|').slice(1).map((mark) => mark.trim() === '✓')]));
  const columns = ['model-registry', 'inference-gateway', 'inference-worker', 'evaluation-runner', 'cost-dashboard', 'web-dashboard'];

  test.each(columns.map((app, column) => [app, column] as const))('says which variables %s reads', (app, column) => {
    const told = [...rows].filter(([, marks]) => marks[column]).map(([name]) => name);

    expect(told.toSorted()).toEqual(variablesOfSchema(readText(`apps/${app}/src/config.ts`)).toSorted());
  });

  test('names those of the launcher and of the migrate command', () => {
    const text = readText('docs/operations.md');

    expect([...variablesOfSchema(readText('apps/cli/src/settings.ts')), ...ofMigrate].filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});

describe('infra/docker/make-env', () => {
  test('writes every secret that docker-compose.yml insists on', () => {
    const required = [...readText('docker-compose.yml').matchAll(/\$\{([A-Z0-9_]+):\?/g)].map(([, name = '']) => name);
    const script = readText('infra/docker/make-env');

    expect(required).toContain('WEIGHBRIDGE_SECRET_KEY');
    expect([...new Set(required)].filter((name) => !new RegExp(`\\b${name}\\b`).test(script))).toEqual([]);
  });
});
