// Builds what is not built yet, then becomes the command line of the project: `start`, `demo`, `bench` …
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(fileURLToPath(import.meta.url), '..', '..', '..');
const bin = (name: string): string => join(root, 'node_modules', '.bin', name);

if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write('weighbridge: Node 24 is needed. It comes with "npm ci" on Linux; elsewhere install it and use "npm run", which finds it on the PATH.\n');
  process.exit(1);
}

const build = spawnSync(bin('nx'), ['run-many', '-t', 'build', '--output-style=static'], {
  cwd: root,
  env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', NX_NO_CLOUD: 'true' },
  encoding: 'utf8',
});
if (build.status !== 0) {
  process.stderr.write(`${build.stdout ?? ''}${build.stderr ?? ''}\nweighbridge: the build failed, see above.\n`);
  process.exit(1);
}

const [command, ...rest] = process.argv.slice(2);
// The benchmark starts peers from the development dependencies, so it is no part of the bundle.
const entry = command === 'bench' ? [join(root, 'apps', 'cli', 'src', 'bench', 'main.ts'), ...rest] : [join(root, 'apps', 'cli', 'dist', 'main.js'), ...process.argv.slice(2)];
const child = spawn(process.execPath, entry, { cwd: process.cwd(), stdio: 'inherit' });
// A terminal's Ctrl-C reaches the child by itself; a signal sent to this process alone is handed on.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.once('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
