import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { place, processesNaming, runCli } from './launcher.ts';

describe('the tour', () => {
  let at: Awaited<ReturnType<typeof place>>;
  beforeAll(async () => {
    at = await place();
  });
  afterAll(() => at.remove());

  test('every expectation holds on a fresh platform, and again on the one that is left', async () => {
    for (const round of ['fresh', 'second']) {
      const run = runCli(['demo'], at.env);
      const code = await run.exit;

      expect(run.output(), round).toMatch(/\d+ expectations, all held/);
      expect(code, `${run.output()}\n${run.errors()}`).toBe(0);
      expect(processesNaming(at.folder)).toEqual([]);
    }
  });
});
