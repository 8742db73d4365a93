import { expect, test } from 'vitest';
import { runTool, workspaceFiles } from './workspace.ts';

test('the lock file names no download host and lacks no optional package', () => {
  expect(runTool('node', ['infra/build/check-lock-file.ts'])).toEqual({ status: 0, output: '' });
});

test('there is one lock file, and no packages are in git', () => {
  expect(workspaceFiles.filter((path) => /(^|\/)(package-lock\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?)$/.test(path))).toEqual(['package-lock.json']);
  expect(workspaceFiles.filter((path) => path.includes('node_modules/'))).toEqual([]);
});
