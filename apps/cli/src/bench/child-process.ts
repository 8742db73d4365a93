import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export const moduleFile = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** Starts a module as a process and waits for the first message that it sends. */
export async function forkUntilReady<T>(file: string): Promise<{ readonly message: T; readonly stop: () => Promise<void> }> {
  const child = fork(file, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [message] = (await Promise.race([once(child, 'message'), once(child, 'exit').then(() => Promise.reject(new Error(`${file} ended at once`)))])) as [T];
  return { message, stop: () => stopProcess(child) };
}

export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
