import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../failure.ts';

export interface ServiceSpec {
  /** Folder below apps/. */
  readonly app: string;
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
}

export interface RunningService {
  readonly spec: ServiceSpec;
  /** Resolves when /readyz is green; rejects when the process ends before. */
  readonly ready: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly kill: (signal: NodeJS.Signals) => void;
}

export interface StartOptions {
  readonly root: string;
  readonly logsPath: string;
  /** Called when a service ends that nobody stopped. */
  readonly onCrash: (app: string, exitCode: number | null) => void;
}

const readyTimeoutMs = 60_000;
const stopTimeoutMs = 30_000;

/** Starts a service as a child process. Its lines go to a file; it ends by itself when this process goes away. */
export function startService(spec: ServiceSpec, options: StartOptions): RunningService {
  const entry = join(options.root, 'apps', spec.app, 'dist', 'main.js');
  if (!existsSync(entry)) throw new Failure(`${spec.app} is not built: run npm run build first.`);
  const logFile = join(options.logsPath, `${spec.app}.log`);
  const log = openSync(logFile, 'a', 0o600);
  // Without source maps: reading them takes each service a second of its start. The bundles keep the names of functions.
  const child = spawn(process.execPath, [entry], {
    cwd: options.root,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', NODE_ENV: 'production', ...spec.env },
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  let stopping = false;
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      resolve(code);
      if (!stopping) options.onCrash(spec.app, code);
    });
  });
  return {
    spec,
    ready: () => untilReady(spec, exited, logFile),
    stop: async () => {
      stopping = true;
      await stopChild(child, exited);
    },
    kill: (signal) => void child.kill(signal),
  };
}

async function untilReady(spec: ServiceSpec, exited: Promise<number | null>, logFile: string): Promise<void> {
  let over = false;
  void exited.then(() => (over = true));
  const deadline = Date.now() + readyTimeoutMs;
  for (;;) {
    if (over) throw new Failure(`${spec.app} did not start: ${lastWords(logFile)}`);
    if (await isReady(spec.port)) return;
    if (Date.now() > deadline) throw new Failure(`${spec.app} was not ready within ${readyTimeoutMs / 1000} s: see ${logFile}`);
    await new Promise((wake) => setTimeout(wake, 40));
  }
}

async function isReady(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(3_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** The last line of a service that died: one that is no JSON is what it wanted a person to read. */
function lastWords(logFile: string): string {
  const lines = readFileSync(logFile, 'utf8').trim().split('\n');
  return lines.findLast((line) => line !== '' && !line.startsWith('{')) ?? lines.at(-1) ?? `see ${logFile}`;
}

async function stopChild(child: ChildProcess, exited: Promise<number | null>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
  await exited;
  clearTimeout(timer);
}
