import { readConfig, sharedVariables } from '@weighbridge/shared-adapters/config';
import { z } from 'zod';

const { PORT, HOST, LOG_LEVEL, WEIGHBRIDGE_SECRET_KEY, REGISTRY_URL, GATEWAY_URL, EVALUATION_URL, COST_URL, DRAIN_TIMEOUT_MS } = sharedVariables;

const Environment = z.object({ PORT, HOST, LOG_LEVEL, WEIGHBRIDGE_SECRET_KEY, REGISTRY_URL, GATEWAY_URL, EVALUATION_URL, COST_URL, DRAIN_TIMEOUT_MS });

export type WebConfig = ReturnType<typeof readWebConfig>;

export function readWebConfig(env: Readonly<Record<string, string | undefined>>) {
  const config = readConfig(Environment, env);
  return {
    port: config.PORT,
    host: config.HOST,
    logLevel: config.LOG_LEVEL,
    secretKey: config.WEIGHBRIDGE_SECRET_KEY,
    services: { registry: config.REGISTRY_URL, gateway: config.GATEWAY_URL, evaluation: config.EVALUATION_URL, cost: config.COST_URL },
    drainTimeoutMs: config.DRAIN_TIMEOUT_MS,
  };
}
