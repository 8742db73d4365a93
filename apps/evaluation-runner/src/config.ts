import { readConfig, sharedVariables } from '@weighbridge/shared-adapters/config';
import { z } from 'zod';

const { PORT, HOST, LOG_LEVEL, DATABASE_URL, QUEUE_URL, WEIGHBRIDGE_SECRET_KEY, REGISTRY_URL, GATEWAY_URL, DRAIN_TIMEOUT_MS } = sharedVariables;

const Environment = z.object({ PORT, HOST, LOG_LEVEL, DATABASE_URL, QUEUE_URL, WEIGHBRIDGE_SECRET_KEY, REGISTRY_URL, GATEWAY_URL, DRAIN_TIMEOUT_MS });

export type RunnerConfig = ReturnType<typeof readRunnerConfig>;

export function readRunnerConfig(env: Readonly<Record<string, string | undefined>>) {
  const config = readConfig(Environment, env);
  return {
    port: config.PORT,
    host: config.HOST,
    logLevel: config.LOG_LEVEL,
    databaseUrl: config.DATABASE_URL,
    queueUrl: config.QUEUE_URL,
    secretKey: config.WEIGHBRIDGE_SECRET_KEY,
    registryUrl: config.REGISTRY_URL.replace(/\/$/, ''),
    gatewayUrl: config.GATEWAY_URL.replace(/\/$/, ''),
    drainTimeoutMs: config.DRAIN_TIMEOUT_MS,
  };
}
