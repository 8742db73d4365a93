// A consumer in a process of its own, for tests that kill it. It says "ready" and works until it dies.
import { createEvaluationStore } from '@weighbridge/evaluation-data';
import { silentLogger } from '@weighbridge/shared-adapters/logging';
import { createProducer, openQueueHome } from '@weighbridge/shared-adapters/queue';
import { serviceToken } from '@weighbridge/shared-adapters/secrets';
import { createPool } from '@weighbridge/shared-data';
import { createGatewayClient } from '../gateway-client.ts';
import { createWorker, runnerQueues } from '../worker.ts';

const [databaseUrl = '', gatewayUrl = '', secretKey = ''] = process.argv.slice(2);
const home = openQueueHome(databaseUrl, { name: 'doomed' });
const worker = createWorker({
  store: createEvaluationStore(createPool({ connectionString: databaseUrl, schema: 'evaluation', applicationName: 'doomed' })),
  gateway: createGatewayClient(gatewayUrl, serviceToken(secretKey)),
  producer: createProducer(home, runnerQueues),
  home,
  logger: silentLogger(),
  now: () => new Date(),
  limits: { pageSamples: 20, window: 60, waitMs: 500 },
  lockMs: 1_000,
});
await worker.ready();
process.stdout.write('ready\n');
