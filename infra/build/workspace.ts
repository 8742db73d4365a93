// What the guards of the workspace look at: its files and its projects.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const workspaceRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const bin = join(workspaceRoot, 'node_modules', '.bin');

/** Runs a tool of the project where npm and Nx would, with its Node first. Gives its output, whatever its exit code. */
export function runTool(name: string, args: readonly string[]): { readonly status: number; readonly output: string } {
  const env = { ...process.env, PATH: `${bin}:${process.env['PATH'] ?? ''}`, NX_DAEMON: 'false', NX_TUI: 'false', NX_NO_CLOUD: 'true', NODE_NO_WARNINGS: '1' };
  try {
    return { status: 0, output: execFileSync(name, args, { cwd: workspaceRoot, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 * 1_048_576 }) };
  } catch (error) {
    const { status, stdout, stderr } = error as { status?: number | null; stdout?: string; stderr?: string };
    if (typeof status !== 'number') throw error;
    return { status, output: `${stdout ?? ''}${stderr ?? ''}` };
  }
}

/** Files in git and new ones that it does not ignore, by their path from the root. */
export const workspaceFiles: readonly string[] = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: workspaceRoot, encoding: 'utf8', maxBuffer: 64 * 1_048_576 })
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(workspaceRoot, path)));

export const readText = (path: string): string => readFileSync(join(workspaceRoot, path), 'utf8');

export interface Manifest {
  readonly name: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, string>>;
  readonly nx?: { readonly name: string; readonly tags: readonly string[] };
}

export const readManifest = (folder: string): Manifest => JSON.parse(readText(join(folder, 'package.json'))) as Manifest;

export interface Project {
  /** `libs/cost/data`, `apps/cli`. */
  readonly folder: string;
  readonly manifest: Manifest;
}

export const projects: readonly Project[] = workspaceFiles
  .filter((path) => /^(apps\/[^/]+|libs\/[^/]+\/[^/]+)\/package\.json$/.test(path))
  .map((path) => ({ folder: dirname(path), manifest: readManifest(dirname(path)) }));

/** TypeScript sources, tests included, of apps, libraries and the build. */
export const sources: readonly string[] = workspaceFiles.filter((path) => /^(apps|libs|infra)\/.*\.tsx?$/.test(path));
