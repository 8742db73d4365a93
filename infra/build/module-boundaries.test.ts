import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readText, runTool, sources, workspaceRoot } from './workspace.ts';

interface Planted {
  readonly what: string;
  readonly folder: string;
  readonly code: string;
  /** The rule that must say no, or undefined where nothing may. */
  readonly rule: string | undefined;
}

const boundaries = 'nx(enforce-module-boundaries)';
const imports = 'eslint(no-restricted-imports)';
const globals = 'eslint(no-restricted-globals)';

const planted: readonly Planted[] = [
  { what: 'a domain that imports adapters', folder: 'libs/cost/domain/src', code: `import { newId } from '@weighbridge/shared-adapters/ids';\nexport const planted = newId;\n`, rule: boundaries },
  { what: 'a domain that imports contracts', folder: 'libs/cost/domain/src', code: `import { createClient } from '@weighbridge/shared-contracts';\nexport const planted = createClient;\n`, rule: boundaries },
  { what: 'a domain that imports another scope’s rules', folder: 'libs/cost/domain/src', code: `import { decideLicense } from '@weighbridge/registry-domain';\nexport const planted = decideLicense;\n`, rule: boundaries },
  { what: 'shared rules that import a scope’s', folder: 'libs/shared/domain/src', code: `import { attemptCost } from '@weighbridge/cost-domain';\nexport const planted = attemptCost;\n`, rule: boundaries },
  { what: 'contracts that import data', folder: 'libs/cost/contracts/src', code: `import { openPool } from '@weighbridge/shared-data';\nexport const planted = openPool;\n`, rule: boundaries },
  { what: 'data that imports adapters', folder: 'libs/inference/data/src', code: `import { newId } from '@weighbridge/shared-adapters/ids';\nexport const planted = newId;\n`, rule: boundaries },
  { what: 'an app that imports another scope’s data', folder: 'apps/inference-gateway/src', code: `import { openCost } from '@weighbridge/cost-data';\nexport const planted = openCost;\n`, rule: boundaries },
  { what: 'an app that imports another scope’s adapters', folder: 'apps/cost-dashboard/src', code: `import { createOpenAiBackend } from '@weighbridge/inference-adapters/backends';\nexport const planted = createOpenAiBackend;\n`, rule: boundaries },
  { what: 'a path into another library', folder: 'apps/inference-gateway/src', code: `import { newId } from '../../../libs/shared/adapters/src/ids.ts';\nexport const planted = newId;\n`, rule: boundaries },
  { what: 'a domain that reads files', folder: 'libs/cost/domain/src', code: `import { readFileSync } from 'node:fs';\nexport const planted = readFileSync;\n`, rule: imports },
  { what: 'a domain that reads the environment', folder: 'libs/cost/domain/src', code: `export const planted = process.env['HOME'];\n`, rule: globals },
  { what: 'contracts that fetch', folder: 'libs/cost/contracts/src', code: `export const planted = () => fetch('http://127.0.0.1');\n`, rule: globals },
  { what: 'the browser half that imports Node', folder: 'apps/web-dashboard/src/client', code: `import { readFileSync } from 'node:fs';\nexport const planted = readFileSync;\n`, rule: imports },
  { what: 'the browser half that imports data', folder: 'apps/web-dashboard/src/client', code: `import { openPool } from '@weighbridge/shared-data';\nexport const planted = openPool;\n`, rule: boundaries },
  { what: 'the browser half that imports adapters', folder: 'apps/web-dashboard/src/client', code: `import { newId } from '@weighbridge/shared-adapters/ids';\nexport const planted = newId;\n`, rule: imports },
  { what: 'the browser half that imports the server half', folder: 'apps/web-dashboard/src/client', code: `import { createSessions } from '../server/session.ts';\nexport const planted = createSessions;\n`, rule: imports },
  { what: 'an app that imports its own scope’s data', folder: 'apps/cost-dashboard/src', code: `import { openCost } from '@weighbridge/cost-data';\nexport const planted = openCost;\n`, rule: undefined },
  { what: 'an app that imports another scope’s contracts and rules', folder: 'apps/inference-gateway/src', code: `import { costEndpoints } from '@weighbridge/cost-contracts';\nimport { attemptCost } from '@weighbridge/cost-domain';\nexport const planted = [costEndpoints, attemptCost];\n`, rule: undefined },
];

const fileOf = (index: number) => `${planted[index]?.folder}/planted-import-${index}.ts`;
const removeAll = () => planted.forEach((_, index) => rmSync(join(workspaceRoot, fileOf(index)), { force: true }));
const found = new Map<string, string[]>();

beforeAll(() => {
  // Without a project graph the boundary rule passes everything, silently: this writes one.
  expect(runTool('nx', ['show', 'projects']).status).toBe(0);
  try {
    planted.forEach(({ code }, index) => writeFileSync(join(workspaceRoot, fileOf(index)), code));
    const { output } = runTool('oxlint', ['--format', 'json', ...planted.map((_, index) => fileOf(index))]);
    const { diagnostics } = JSON.parse(output) as { diagnostics: { code: string; filename: string }[] };
    for (const { code, filename } of diagnostics) found.set(filename, [...(found.get(filename) ?? []), code]);
  } finally {
    removeAll();
  }
});
afterAll(removeAll);

describe('lint', () => {
  test.each(planted.map((plant, index) => [plant.what, plant.rule, fileOf(index)] as const))('%s: %s', (_what, rule, file) => {
    const rules = (found.get(file) ?? []).filter((code) => [boundaries, imports, globals].includes(code));

    if (rule === undefined) expect(rules).toEqual([]);
    else expect(rules).toContain(rule);
  });

  test('is switched off nowhere for these rules', () => {
    const disabled = sources.filter((path) => !path.endsWith('module-boundaries.test.ts') && /(ox|es)lint-disable.*(enforce-module-boundaries|no-restricted-)/.test(readText(path)));

    expect(disabled).toEqual([]);
  });
});

describe('what is for tests', () => {
  test('is imported by tests, their harnesses and the benchmark alone', () => {
    const importers = sources.filter((path) => !path.startsWith('libs/shared/testing/') && /from '@weighbridge\/shared-testing'/.test(readText(path)));

    expect(importers.filter((path) => !/(\.test\.tsx?|\/(start-)?test-[\w-]+\.ts|\/testing\/[\w-]+\.ts|\/e2e\/.*|^apps\/[\w-]+\/src\/bench\/.*)$/.test(path))).toEqual([]);
  });
});

describe('a library', () => {
  test('lists what it exports, never a star', () => {
    expect(sources.filter((path) => /^libs\/[^/]+\/[^/]+\/src\/(.*\/)?index\.ts$/.test(path) && /^export \*/m.test(readText(path)))).toEqual([]);
  });
});
