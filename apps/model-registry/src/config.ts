import { readConfig, sharedVariables } from '@weighbridge/shared-adapters/config';
import { z } from 'zod';

const variables = z.object({
  PORT: sharedVariables.PORT.default(4301),
  HOST: sharedVariables.HOST,
  LOG_LEVEL: sharedVariables.LOG_LEVEL,
  DATABASE_URL: sharedVariables.DATABASE_URL,
  QUEUE_URL: sharedVariables.QUEUE_URL,
  EVALUATION_URL: sharedVariables.EVALUATION_URL,
  WEIGHBRIDGE_SECRET_KEY: sharedVariables.WEIGHBRIDGE_SECRET_KEY,
  DRAIN_TIMEOUT_MS: sharedVariables.DRAIN_TIMEOUT_MS,
  /** The key of the platform's administrator. Only its digest is kept; another value at the next start revokes the earlier one. */
  WEIGHBRIDGE_ADMIN_KEY: z.string().regex(/^wb_[\w-]{16,200}$/, 'must begin with "wb_" and have at least 16 more letters, digits, "-" or "_"; make one with: echo wb_$(openssl rand -hex 32)'),
  /** The folder that imports may read. Absent: imports are refused. */
  IMPORT_DIR: z.string().min(1).optional(),
  /** The folder that downloads from the Hub go to; the same that workers see as theirs. Absent: downloads are refused. */
  DOWNLOAD_DIR: z.string().min(1).optional(),
  /** Where models are fetched from: the Hugging Face Hub, or a mirror that speaks its protocol. May be a private address. */
  HUB_URL: z.url({ protocol: /^https?$/ }).default('https://huggingface.co'),
  /** For private and gated repositories. Goes to HUB_URL only, never into a log. */
  HUB_TOKEN: z.string().min(1).max(500).regex(/^[\x21-\x7e]+$/, 'must be a token, without spaces').optional(),
  /** Largest archive that may be sent to be read. */
  IMPORT_ARCHIVE_MAX_BYTES: z.coerce.number().int().min(1_048_576).max(1_099_511_627_776).default(4_294_967_296),
  /** Whether deployments may name model servers at loopback and private addresses; link-local and metadata addresses never. */
  ALLOW_PRIVATE_ADDRESSES: z.stringbool().default(false),
  /** How long the evaluation runner may take to give evidence for a gate. */
  EVALUATION_TIMEOUT_MS: z.coerce.number().int().min(100).max(120_000).default(15_000),
});

export type Config = ReturnType<typeof readServiceConfig>;

export function readServiceConfig(env: Readonly<Record<string, string | undefined>>) {
  const config = readConfig(variables, env);
  return Object.freeze({
    http: Object.freeze({ port: config.PORT, host: config.HOST }),
    logLevel: config.LOG_LEVEL,
    databaseUrl: config.DATABASE_URL,
    queueUrl: config.QUEUE_URL,
    secretKey: config.WEIGHBRIDGE_SECRET_KEY,
    adminKey: config.WEIGHBRIDGE_ADMIN_KEY,
    importDir: config.IMPORT_DIR ?? null,
    downloadDir: config.DOWNLOAD_DIR ?? null,
    hub: Object.freeze({ baseUrl: config.HUB_URL.replace(/\/+$/, ''), token: config.HUB_TOKEN ?? null }),
    importArchiveMaxBytes: config.IMPORT_ARCHIVE_MAX_BYTES,
    allowPrivateAddresses: config.ALLOW_PRIVATE_ADDRESSES,
    evaluation: Object.freeze({ url: config.EVALUATION_URL, timeoutMs: config.EVALUATION_TIMEOUT_MS }),
    drainTimeoutMs: config.DRAIN_TIMEOUT_MS,
  });
}
