import { readConfig, sharedVariables } from '@weighbridge/shared-adapters/config';
import { z } from 'zod';

const { PORT, HOST, LOG_LEVEL, DATABASE_URL, QUEUE_URL, WEIGHBRIDGE_SECRET_KEY, REGISTRY_URL, DRAIN_TIMEOUT_MS } = sharedVariables;

const Environment = z.object({
  PORT,
  HOST,
  LOG_LEVEL,
  DATABASE_URL,
  QUEUE_URL,
  WEIGHBRIDGE_SECRET_KEY,
  REGISTRY_URL,
  DRAIN_TIMEOUT_MS,
  /** Folder with the model files of the llama-cpp deployments. */
  MODELS_DIR: z.string().min(1),
  /** Pools that this process serves, comma-separated. */
  POOLS: z
    .string()
    .default('default')
    .transform((text) => text.split(',').map((pool) => pool.trim()).filter(Boolean))
    .pipe(z.array(z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be names of pools, comma-separated')).min(1)),
  /** Messages at once per pool. Deployments have limits of their own below it. */
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(10_000).default(64),
  /** How long a worker that is not heard of keeps its jobs. */
  WORKER_LOCK_MS: z.coerce.number().int().min(1_000).max(300_000).default(15_000),
  /** Webhooks told at once by this process; 0 leaves them to others. */
  WEBHOOK_CONCURRENCY: z.coerce.number().int().min(0).max(1_000).default(32),
  /** Whether webhooks and callbacks may go to loopback and private addresses, and over plain http. */
  WEBHOOK_ALLOW_PRIVATE_ADDRESSES: z.stringbool().default(false),
  /** Whether model servers may have private addresses (loopback and private ranges; link-local and metadata never). */
  ALLOW_PRIVATE_ADDRESSES: z.stringbool().default(false),
});

export type WorkerConfig = ReturnType<typeof readWorkerConfig>;

export function readWorkerConfig(env: Readonly<Record<string, string | undefined>>) {
  const config = readConfig(Environment, env);
  return {
    port: config.PORT,
    host: config.HOST,
    logLevel: config.LOG_LEVEL,
    databaseUrl: config.DATABASE_URL,
    queueUrl: config.QUEUE_URL,
    secretKey: config.WEIGHBRIDGE_SECRET_KEY,
    registryUrl: config.REGISTRY_URL,
    drainTimeoutMs: config.DRAIN_TIMEOUT_MS,
    modelsDir: config.MODELS_DIR,
    pools: config.POOLS,
    concurrency: config.WORKER_CONCURRENCY,
    lockMs: config.WORKER_LOCK_MS,
    webhookConcurrency: config.WEBHOOK_CONCURRENCY,
    webhookAllowPrivateAddresses: config.WEBHOOK_ALLOW_PRIVATE_ADDRESSES,
    allowPrivateAddresses: config.ALLOW_PRIVATE_ADDRESSES,
  };
}
