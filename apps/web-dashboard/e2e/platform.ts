import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Platform {
  readonly origin: string;
  readonly adminKey: string;
  readonly stop: () => Promise<void>;
}

const root = join(import.meta.dirname, '..', '..', '..');
const portsNeeded = 7;
const startTimeoutMs = 90_000;

/** Starts the built platform in the embedded mode, on free ports and a data directory of its own. */
export async function startPlatform(): Promise<Platform> {
  const adminKey = 'wb_browser_tests_admin_key_0123456789';
  const dataDirectory = mkdtempSync(join(tmpdir(), 'weighbridge-web-e2e-'));
  // As root, PostgreSQL runs under a user of its own, which has to pass through it.
  chmodSync(dataDirectory, 0o755);
  const port = await freePorts();
  const child = spawn(process.execPath, [join(root, 'apps', 'cli', 'dist', 'main.js'), 'start'], {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', WEIGHBRIDGE_PORT: String(port), WEIGHBRIDGE_DATA_DIR: dataDirectory, WEIGHBRIDGE_ADMIN_KEY: adminKey },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<number | null>((resolve) => void child.once('exit', resolve));
  let said = '';
  const ready = new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes(`weighbridge ready on http://127.0.0.1:${port}`)) resolve();
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    void exited.then((code) => reject(new Error(`the platform ended with ${code}: ${said}`)));
    setTimeout(() => reject(new Error(`the platform was not ready in time: ${said}`)), startTimeoutMs).unref();
  });
  const stop = async () => {
    if (child.exitCode === null) child.kill('SIGTERM');
    await exited;
    rmSync(dataDirectory, { recursive: true, force: true });
  };
  try {
    await ready;
  } catch (error) {
    await stop();
    throw error;
  }
  return { origin: `http://127.0.0.1:${port}`, adminKey, stop };
}

/** The first of seven ports in a row on which nobody listens. */
async function freePorts(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const first = 20_000 + Math.floor(Math.random() * 12_000);
    const free = await Promise.all(Array.from({ length: portsNeeded }, (_, offset) => isFree(first + offset)));
    if (free.every(Boolean)) return first;
  }
  throw new Error('there are no seven free ports in a row');
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
