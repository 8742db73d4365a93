import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createClients } from '../src/tour/clients.ts';
import { adminKey, isFree, place, processesNaming, root, runCli } from './launcher.ts';

describe('the embedded platform', () => {
  let at: Awaited<ReturnType<typeof place>>;
  beforeEach(async () => {
    at = await place();
  });
  afterEach(() => at.remove());

  const nothingIsLeft = async () => {
    expect(processesNaming(at.folder)).toEqual([]);
    for (let offset = 0; offset < 7; offset += 1) expect(await isFree(at.port + offset)).toBe(true);
  };
  const failedStart = async () => {
    const run = runCli(['start'], at.env);
    const code = await run.exit;
    return { code, lines: run.errors().trim().split('\n') };
  };

  test('starts, says so once every service is ready, stops on Ctrl-C, and finds everything again at the second start', async () => {
    const first = runCli(['start'], at.env);
    const [, origin = ''] = await first.line(/weighbridge ready on (\S+)/);
    for (let offset = 0; offset < 6; offset += 1) expect((await fetch(`http://127.0.0.1:${at.port + offset}/readyz`)).status).toBe(200);
    const project = await createClients(origin, adminKey).registry.createProject({ body: { name: 'kept' } });
    expect(await first.interrupt()).toBe(0);
    await nothingIsLeft();

    const second = runCli(['start'], at.env);
    await second.line(/weighbridge ready on/);
    const projects = await createClients(origin, adminKey).registry.listProjects();
    expect(projects.data.map(({ id }) => id)).toContain(project.id);
    const audit = runCli(['audit', 'verify'], at.env);
    expect(await audit.exit).toBe(0);
    expect(audit.output()).toMatch(/^intact: (\d+) entries, head ([0-9a-f]{64}); write down \1:\2 /m);
    expect(await second.interrupt()).toBe(0);
    await nothingIsLeft();
  });

  test('a port that is taken ends the start with one line and exit code 1, and leaves nothing behind', async () => {
    const squatter = createServer().listen(at.port + 3, '127.0.0.1');
    const { code, lines } = await failedStart();
    squatter.close();

    expect(code).toBe(1);
    expect(lines).toEqual([`weighbridge: port ${at.port + 3} (evaluation) is taken: stop what listens there, or set WEIGHBRIDGE_PORT to the first of seven free ports.`]);
    await nothingIsLeft();
  });

  test.each([
    ['a database whose files are not one', (data: string) => mkdirSync(join(data, 'postgres'), { recursive: true })],
    [
      'secrets that cannot be read',
      (data: string) => {
        mkdirSync(data, { recursive: true });
        writeFileSync(join(data, 'secrets.json'), '{"secretKey":');
      },
    ],
  ])('a damaged data directory (%s) ends the start with one line and exit code 1', async (_, damage) => {
    damage(at.env['WEIGHBRIDGE_DATA_DIR'] ?? '');
    const { code, lines } = await failedStart();

    expect(code).toBe(1);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('is damaged');
    await nothingIsLeft();
  });

  test('a data directory that lost a file of its database ends the start with one line and exit code 1', async () => {
    const first = runCli(['start'], at.env);
    await first.line(/weighbridge ready on/);
    await first.interrupt();
    rmSync(join(at.env['WEIGHBRIDGE_DATA_DIR'] ?? '', 'postgres', 'global', 'pg_control'));

    const { code, lines } = await failedStart();

    expect(code).toBe(1);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('is damaged or cannot be started');
    await nothingIsLeft();
  });

  test('a missing model file ends the start with one line and exit code 1', async () => {
    const file = join(root, 'models', 'abacus-nano.gguf');
    renameSync(file, `${file}.away`);
    try {
      const { code, lines } = await failedStart();

      expect(code).toBe(1);
      expect(lines).toEqual(['weighbridge: the model file models/abacus-nano.gguf is missing: get it back with git checkout models/abacus-nano.gguf.']);
    } finally {
      renameSync(`${file}.away`, file);
    }
    expect(existsSync(file)).toBe(true);
    await nothingIsLeft();
  });

  test('a second platform on the same folder is refused, and the first goes on', async () => {
    const first = runCli(['start'], at.env);
    await first.line(/weighbridge ready on/);

    const { code, lines } = await failedStart();

    expect(code).toBe(1);
    expect(lines[0]).toContain('is in use by process');
    expect((await fetch(`http://127.0.0.1:${at.port}/readyz`)).status).toBe(200);
    expect(await first.interrupt()).toBe(0);
  });

  test('a launcher that is killed leaves services that end by themselves, and the next start works', async () => {
    const first = runCli(['start'], at.env);
    await first.line(/weighbridge ready on/);
    first.process.kill('SIGKILL');
    await first.exit;

    await expect.poll(() => processesNaming(at.folder).filter((line) => line.includes('/dist/main.js')), { timeout: 40_000, interval: 200 }).toEqual([]);
    const second = runCli(['start'], at.env);
    await second.line(/weighbridge ready on/);
    // As when its terminal is closed.
    second.process.kill('SIGHUP');
    expect(await second.exit).toBe(0);
    await nothingIsLeft();
  });
});
