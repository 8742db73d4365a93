import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('../dist/main.js', import.meta.url));
export const root = fileURLToPath(new URL('../../../', import.meta.url));
export const adminKey = 'wb_end-to-end-tests-administrator-key';

export interface Run {
  readonly process: ChildProcess;
  readonly output: () => string;
  readonly errors: () => string;
  /** Resolves with the first line that matches, rejects when the process ends before. */
  readonly line: (pattern: RegExp) => Promise<RegExpMatchArray>;
  readonly exit: Promise<number | null>;
  /** Ctrl-C, and how it ended. */
  readonly interrupt: () => Promise<number | null>;
}

/** Runs the built command line, as a person would. */
export function runCli(args: readonly string[], env: Readonly<Record<string, string>>): Run {
  const child = spawn(process.execPath, [entry, ...args], { cwd: root, env: { ...process.env, WEIGHBRIDGE_ADMIN_KEY: adminKey, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  const listeners = new Set<() => void>();
  const heard = () => listeners.forEach((listener) => listener());
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    heard();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
    heard();
  });
  const exit = once(child, 'exit').then(([code]) => code as number | null);
  return {
    process: child,
    output: () => output,
    errors: () => errors,
    line: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(output);
          if (found === null) return;
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
        look();
        void exit.then((code) => reject(new Error(`ended with ${code} before ${pattern}: ${output}\n${errors}`)));
      }),
    exit,
    interrupt: () => {
      child.kill('SIGINT');
      return exit;
    },
  };
}

/** A folder and seven free ports in a row for one platform. */
export async function place(): Promise<{ readonly env: Record<string, string>; readonly port: number; readonly folder: string; readonly remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'weighbridge-e2e-'));
  // As root, PostgreSQL runs under a user of its own, which has to pass through it.
  chmodSync(folder, 0o755);
  const port = await freeRow(7);
  return { env: { WEIGHBRIDGE_DATA_DIR: join(folder, 'data'), WEIGHBRIDGE_PORT: String(port) }, port, folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Below 32,768, where the system takes the ports of outgoing connections from: a free one there may be taken a moment later. */
async function freeRow(length: number): Promise<number> {
  for (let first = 21_000 + Math.floor(Math.random() * 11_000); ; first += length) {
    const free = await Promise.all(Array.from({ length }, (_, index) => isFree(first + index)));
    if (free.every(Boolean)) return first;
  }
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/** Command lines of living processes that mention a text: what a start may not leave behind. */
export const processesNaming = (text: string): string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
        return line.includes(text) || environment.includes(text) ? [line] : [];
      } catch {
        return [];
      }
    });
