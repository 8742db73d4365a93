import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { costEndpoints } from '@weighbridge/cost-contracts';
import { createClient } from '@weighbridge/shared-contracts';
import { freePort, waitFor } from '@weighbridge/shared-testing';
import { describe, expect, test } from 'vitest';
import { secretKey, startCostHarness } from './test-harness.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

function start(env: Record<string, string>) {
  const service = spawn(process.execPath, [main], { env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  service.stdout.on('data', (chunk) => (output.stdout += String(chunk)));
  service.stderr.on('data', (chunk) => (output.stderr += String(chunk)));
  const exited = once(service, 'exit').then(([code]) => code as number | null);
  return { service, output, exited };
}

describe('the process', () => {
  test.each(['postgres', 'redis'] as const)('starts on a provisioned database with the queue in %s, serves, and stops with 0 when told to', async (kind) => {
    await using harness = await startCostHarness({ kind });
    const port = await freePort();
    const { service, output, exited } = start({
      PORT: String(port),
      DATABASE_URL: harness.databaseUrl,
      QUEUE_URL: harness.queueUrl,
      WEIGHBRIDGE_SECRET_KEY: secretKey,
      REGISTRY_URL: harness.registry.url,
    });
    const url = `http://127.0.0.1:${port}`;
    await waitFor(async () => (await fetch(`${url}/readyz`)).status === 200, { timeoutMs: 20_000, what: `readiness (${output.stderr})` });

    const facts = await createClient(costEndpoints, { baseUrl: url, token: harness.tokens.service, fetch }).getAdmissionFacts();
    expect(facts.prices).toHaveLength(1);
    service.kill('SIGTERM');

    expect(await exited).toBe(0);
    expect(output.stdout).not.toContain(secretKey);
    expect(output.stderr).toBe('');
  }, 40_000);

  test('a bad setting ends the start with one line a fault', async () => {
    const { output, exited } = start({ PORT: 'many', DATABASE_URL: 'mysql://x', WEIGHBRIDGE_SECRET_KEY: 'short', QUEUE_URL: 'redis://127.0.0.1:1' });

    expect(await exited).toBe(1);
    expect(output.stderr.trim().split('\n').map((line) => line.split(':')[1]?.trim())).toEqual(['PORT', 'DATABASE_URL', 'WEIGHBRIDGE_SECRET_KEY', 'REGISTRY_URL']);
  });

  test('a database that is not there ends the start with one line', async () => {
    const port = await freePort();
    const { output, exited } = start({ PORT: '0', DATABASE_URL: `postgres://cost:x@127.0.0.1:${port}/x`, QUEUE_URL: 'redis://127.0.0.1:1', WEIGHBRIDGE_SECRET_KEY: secretKey, REGISTRY_URL: 'http://127.0.0.1:1' });

    expect(await exited).toBe(1);
    expect(output.stderr.trim().split('\n')).toEqual(['cost-dashboard: cannot start: the database does not answer']);
  });
});
