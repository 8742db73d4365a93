import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { stopProcess } from './child-process.ts';

/** The peer of the benchmark: the npm package `@portkey-ai/gateway` as a plain proxy, with nothing switched on. */
export async function startPortkey(port: number) {
  const manifest = createRequire(import.meta.url).resolve('@portkey-ai/gateway/package.json');
  const child = spawn(process.execPath, [join(dirname(manifest), 'build', 'start-server.js'), `--port=${port}`, '--headless'], {
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}/v1/chat/completions`;
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const response = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
    if (response !== undefined) break;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  return { url, headersFor: (stubUrl: string) => ({ 'x-portkey-provider': 'openai', 'x-portkey-custom-host': stubUrl, authorization: 'Bearer none' }), stop: () => stopProcess(child) };
}
