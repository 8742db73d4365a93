// npm run bench: ratios against peers and the raw limit, all measured in the same run. What was found is kept in docs/benchmarks.md.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { startTestRedis } from '@weighbridge/shared-testing/test-redis';
import { startPlatform } from '../embedded/start-platform.ts';
import { readSettings } from '../settings.ts';
import { createClients } from '../tour/clients.ts';
import { createReport } from '../tour/report.ts';
import { forkUntilReady, moduleFile } from './child-process.ts';
import { measureDecisionRate } from './decision-rate.ts';
import { measureDetectionTimes } from './detection-time.ts';
import { compare, medianLatencyMs } from './load.ts';
import type { Candidate } from './load.ts';
import { startPortkey } from './portkey.ts';
import { prepareStubModel } from './prepare-stub-model.ts';
import { measureRegistryScale, registryScaleRows } from './registry-scale.ts';

const seconds = Number(process.env['BENCH_SECONDS'] ?? 6);
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3);
const versions = Number(process.env['BENCH_VERSIONS'] ?? 100_000);
const connections = 50;
const port = Number(process.env['BENCH_PORT'] ?? 14_300);

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const report = createReport(say);
const settings = readSettings(process.env);
const opened: (() => Promise<unknown>)[] = [];

say(`${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`);
try {
  report.step('Licence decisions');
  const rate = measureDecisionRate(3);
  report.table(['what', 'decisions/s', 'aim'], [['one process, lineage of ten versions', Math.round(rate).toLocaleString('en'), 'over 200,000']]);

  report.step('Licence texts against all fingerprints of the catalogue');
  report.table(['what', 'characters', 'median ms', 'slowest ms', 'aim ms'], measureDetectionTimes().map(({ what, characters, medianMs, slowestMs, aimMs }) => [what, characters.toLocaleString('en'), medianMs.toFixed(1), slowestMs.toFixed(1), `under ${aimMs}`]));

  report.step(`Registry with ${versions.toLocaleString('en')} versions`);
  report.table(['what', 'median ms', 'worst ms', 'aim', 'note'], registryScaleRows(await measureRegistryScale(versions)));

  report.step('Cold start of the embedded platform');
  const redis = await startTestRedis();
  opened.push(() => redis.stop());
  const dataDirectory = mkdtempSync(join(tmpdir(), 'weighbridge-bench-'));
  opened.push(() => Promise.resolve(rmSync(dataDirectory, { recursive: true, force: true })));
  const first = await timed(() => startPlatform({ ...settings, port, dataDirectory, logLevel: 'info', say }));
  await first.value.stop();
  const second = await timed(() => startPlatform({ ...settings, port, dataDirectory, queueUrl: redis.url, logLevel: 'info', say }));
  const platform = second.value;
  opened.push(() => platform.stop());
  report.table(['what', 'seconds', 'aim'], [
    ['first start, with a new database', (first.ms / 1_000).toFixed(1), 'under 10'],
    ['start on an existing database', (second.ms / 1_000).toFixed(1), 'under 10'],
  ]);

  report.step(`Chat completion, ${connections} connections, instant stub backend (Redis mode)`);
  const stub = await forkUntilReady<{ url: string }>(moduleFile('./stub-server.ts'));
  opened.push(() => stub.stop());
  const portkey = await startPortkey(port + 90);
  opened.push(() => portkey.stop());
  const { key } = await prepareStubModel(createClients(platform.origin, platform.adminKey), stub.message.url);
  const body = JSON.stringify({ model: 'stub', messages: [{ role: 'user', content: 'How much does this load weigh, and may it pass?' }], max_completion_tokens: 64 });
  const direct: Candidate = { name: 'stub, called directly', url: `${stub.message.url}/chat/completions`, headers: {}, body };
  const peer: Candidate = { name: '@portkey-ai/gateway, plain proxy', url: portkey.url, headers: portkey.headersFor(stub.message.url), body };
  const ours: Candidate = { name: 'weighbridge: admission, budget hold, queue, worker, ledger', url: `http://127.0.0.1:${platform.ports.gateway}/v1/chat/completions`, headers: { authorization: `Bearer ${key}` }, body };
  const measured = await compare([direct, peer, ours], { connections, seconds, rounds });
  const base = measured.get(peer.name)?.requestsPerSecond ?? Number.NaN;
  report.table(
    ['candidate', 'requests/s', 'ratio to the peer', 'p50 ms', 'p99 ms', 'failures'],
    [...measured].map(([name, m]) => [name, Math.round(m.requestsPerSecond).toLocaleString('en'), (m.requestsPerSecond / base).toFixed(2), m.p50Ms.toFixed(1), m.p99Ms.toFixed(1), String(m.failures)]),
  );
  report.line('aim: 3 times the peer (2 at the very least), p99 no worse');

  report.step('Latency that is added, one request at a time');
  const alone = { direct: await medianLatencyMs(direct, 400), peer: await medianLatencyMs(peer, 400), ours: await medianLatencyMs(ours, 400) };
  report.table(['candidate', 'median ms', 'added ms', 'aim'], [
    ['direct', alone.direct.toFixed(2), '', ''],
    ['peer', alone.peer.toFixed(2), (alone.peer - alone.direct).toFixed(2), ''],
    ['weighbridge', alone.ours.toFixed(2), (alone.ours - alone.direct).toFixed(2), 'under 3'],
  ]);
} finally {
  for (const close of opened.toReversed()) await close();
}
process.exit(0);

async function timed<T>(action: () => Promise<T>): Promise<{ readonly value: T; readonly ms: number }> {
  const startedAt = performance.now();
  const value = await action();
  return { value, ms: performance.now() - startedAt };
}
