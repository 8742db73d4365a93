// Everything that has to hold, in the order in which a fault is cheapest to find. `npm test` and CI call exactly this.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(fileURLToPath(import.meta.url), '..', '..', '..');
const env = { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}:${process.env['PATH'] ?? ''}`, CI: 'true', NX_DAEMON: 'false', NX_TUI: 'false', NX_NO_CLOUD: 'true', NODE_NO_WARNINGS: '1' };

function run(title: string, command: string, args: readonly string[]): void {
  const startedAt = Date.now();
  process.stdout.write(`\n── ${title}\n`);
  const { status } = spawnSync(command, args, { cwd: root, env, stdio: 'inherit' });
  if (status !== 0) {
    process.stderr.write(`\nfailed: ${title}\n`);
    process.exit(1);
  }
  process.stdout.write(`── ${title}: ${((Date.now() - startedAt) / 1000).toFixed(0)} s\n`);
}

/** What tests need of the system and npm cannot bring: installed where that may be done, else asked for in one line. */
function requireSystemPackages(): void {
  const missing = [
    { name: 'chromium', found: existsSync(process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium') },
    { name: 'redis-server', found: ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'].some((folder) => existsSync(join(folder, 'redis-server'))) },
  ].filter((tool) => !tool.found);
  if (missing.length === 0) return;
  const names = missing.map((tool) => tool.name);
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    run(`installing ${names.join(' and ')} for the tests`, 'sh', ['-c', `apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends ${names.join(' ')}`]);
    return;
  }
  process.stderr.write(`The tests need ${names.join(' and ')}: install ${missing.length === 1 ? 'it' : 'them'} with your system's package manager (Debian: sudo apt-get install ${names.join(' ')}).\n`);
  process.exit(1);
}

requireSystemPackages();
run('lock file', process.execPath, ['infra/build/check-lock-file.ts']);
run('lint', 'nx', ['run', 'weighbridge:lint']);
run('types', 'nx', ['run-many', '-t', 'typecheck', '--output-style=static', '--parallel=2']);
run('unit and integration tests', 'nx', ['run-many', '-t', 'test', '--output-style=static', '--parallel=2']);
run('end-to-end tests on the built platform', 'nx', ['run-many', '-t', 'e2e', '--output-style=static', '--parallel=1']);
