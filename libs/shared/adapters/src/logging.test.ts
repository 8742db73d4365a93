import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { silentLogger } from './logging.ts';

/** What a process of its own writes to its standard output. */
async function printed(program: string): Promise<Record<string, unknown>[]> {
  const url = new URL('logging.ts', import.meta.url).href;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', `import { createLogger } from ${JSON.stringify(url)};\n${program}`]);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await once(child, 'close');
  return output.trim().split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('createLogger', () => {
  test('writes one JSON line an event: level by name, UTC time, whose it is', async () => {
    expect(await printed(`createLogger('model-registry', 'info').info({ event: 'started', port: 4301 });`)).toEqual([
      { level: 'info', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/), service: 'model-registry', event: 'started', port: 4301 },
    ]);
  });

  test('leaves out what is below its level', async () => {
    const lines = await printed(`const log = createLogger('s', 'warn'); log.info({ event: 'no' }); log.warn({ event: 'yes' }); log.debug({ event: 'no' });`);

    expect(lines.map(({ event }) => event)).toEqual(['yes']);
  });

  test('has written every line, in order, when a flush calls back', async () => {
    const lines = await printed(`const log = createLogger('s', 'info'); for (let n = 0; n < 2_000; n += 1) log.info({ n }); log.flush(() => process.exit(0));`);

    expect(lines.map(({ n }) => n)).toEqual(Array.from({ length: 2_000 }, (_, n) => n));
  });
});

test('silentLogger writes nothing', () => {
  expect(silentLogger().isLevelEnabled('fatal')).toBe(false);
});
