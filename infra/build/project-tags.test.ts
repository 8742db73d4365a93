import { describe, expect, test } from 'vitest';
import { projects, readText, runTool } from './workspace.ts';

/** Whose an app is; libraries say it by their folder. */
const scopeOfApp: Readonly<Record<string, string>> = {
  'model-registry': 'registry',
  'inference-gateway': 'inference',
  'inference-worker': 'inference',
  'evaluation-runner': 'evaluation',
  'cost-dashboard': 'cost',
  'web-dashboard': 'web',
  cli: 'cli',
};

interface Constraint {
  readonly sourceTag?: string;
  readonly allSourceTags?: readonly string[];
  readonly onlyDependOnLibsWithTags?: readonly string[];
  readonly notDependOnLibsWithTags?: readonly string[];
}

const lint = JSON.parse(readText('.oxlintrc.json')) as { readonly rules: { readonly 'nx/enforce-module-boundaries': readonly [string, { readonly depConstraints: readonly Constraint[] }] } };
const [severity, { depConstraints }] = lint.rules['nx/enforce-module-boundaries'];

/** The tags that a folder stands for. `data-of` marks what only its own scope may use. */
function tagsOf(folder: string): readonly string[] {
  const [kind, first = '', type = ''] = folder.split('/');
  if (kind === 'apps') return [`scope:${scopeOfApp[first]}`, 'type:app'];
  return [`scope:${first}`, `type:${type}`, ...(first !== 'shared' && ['data', 'adapters'].includes(type) ? [`data-of:${first}`] : [])];
}

describe('a project', () => {
  test.each(projects.map(({ folder, manifest }) => [folder, manifest] as const))('%s is named and tagged as its path says', (folder, { name, nx }) => {
    const expected = folder.startsWith('apps/') ? folder.slice('apps/'.length) : folder.slice('libs/'.length).replace('/', '-');

    expect(name).toBe(`@weighbridge/${expected}`);
    expect(nx?.name).toBe(expected);
    expect(nx?.tags.toSorted()).toEqual(tagsOf(folder).toSorted());
  });

  test('is known to Nx, and no other is', () => {
    const { status, output } = runTool('nx', ['show', 'projects', '--json']);

    expect(status).toBe(0);
    expect((JSON.parse(output) as string[]).toSorted()).toEqual(['weighbridge', ...projects.map(({ manifest }) => manifest.nx?.name ?? '')].toSorted());
  });
});

describe('a tag', () => {
  const tags = [...new Set(projects.flatMap(({ manifest }) => manifest.nx?.tags ?? []))].toSorted();
  const restrictors = new Set(depConstraints.flatMap(({ sourceTag, allSourceTags = [] }) => [sourceTag, ...allSourceTags]));
  const restricted = new Set(depConstraints.flatMap(({ notDependOnLibsWithTags = [] }) => notDependOnLibsWithTags));
  const allowed = new Set(depConstraints.flatMap(({ onlyDependOnLibsWithTags = [] }) => onlyDependOnLibsWithTags));

  test.each(tags)('%s has a constraint', (tag) => {
    expect(tag.startsWith('data-of:') ? restricted : restrictors).toContain(tag);
  });

  test('in a constraint is one that a project has', () => {
    expect([...restrictors, ...restricted, ...allowed].filter((tag) => tag !== undefined && !tags.includes(tag))).toEqual([]);
  });

  test('is enforced, and never by a star', () => {
    expect(severity).toBe('error');
    expect(JSON.stringify(depConstraints)).not.toContain('"*"');
  });
});
