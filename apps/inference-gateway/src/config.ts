import { readConfig, sharedVariables } from '@weighbridge/shared-adapters/config';
import { z } from 'zod';

const { PORT, HOST, LOG_LEVEL, DATABASE_URL, QUEUE_URL, WEIGHBRIDGE_SECRET_KEY, REGISTRY_URL, COST_URL, DRAIN_TIMEOUT_MS } = sharedVariables;

const Environment = z.object({
  PORT,
  HOST,
  LOG_LEVEL,
  DATABASE_URL,
  QUEUE_URL,
  WEIGHBRIDGE_SECRET_KEY,
  REGISTRY_URL,
  COST_URL,
  DRAIN_TIMEOUT_MS,
  /** Whether webhooks and callbacks may go to loopback and private addresses, and over plain http. Apart from model servers, since whoever has a key may name a callback. */
  WEBHOOK_ALLOW_PRIVATE_ADDRESSES: z.stringbool().default(false),
  /** Longest that a waiting call may take; clients that name a shorter timeout get that one. Ten minutes, as OpenAI's clients wait. */
  GATEWAY_REQUEST_TIMEOUT_MS: z.coerce.number().int().min(1_000).max(3_600_000).default(600_000),
});

export type GatewayConfig = ReturnType<typeof readGatewayConfig>;

export function readGatewayConfig(env: Readonly<Record<string, string | undefined>>) {
  const config = readConfig(Environment, env);
  return {
    port: config.PORT,
    host: config.HOST,
    logLevel: config.LOG_LEVEL,
    databaseUrl: config.DATABASE_URL,
    queueUrl: config.QUEUE_URL,
    secretKey: config.WEIGHBRIDGE_SECRET_KEY,
    registryUrl: config.REGISTRY_URL,
    costUrl: config.COST_URL,
    drainTimeoutMs: config.DRAIN_TIMEOUT_MS,
    webhookAllowPrivateAddresses: config.WEBHOOK_ALLOW_PRIVATE_ADDRESSES,
    requestTimeoutMs: config.GATEWAY_REQUEST_TIMEOUT_MS,
  };
}
