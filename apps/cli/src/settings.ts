import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readConfig } from '@weighbridge/shared-adapters/config';

const Environment = z.object({
  WEIGHBRIDGE_DATA_DIR: z.string().default('./.weighbridge'),
  WEIGHBRIDGE_PORT: z.coerce.number().int().min(1).max(65_528).default(4300),
  WEIGHBRIDGE_ADMIN_KEY: z.string().regex(/^wb_[\w-]{20,}$/, 'must begin with "wb_" and go on with at least 20 letters, digits, "-" or "_"').optional(),
  /** The public origin of a platform elsewhere, for the commands that ask one. */
  WEIGHBRIDGE_URL: z.url({ protocol: /^https?$/, error: 'must be the public origin of a platform, like https://weighbridge.example' }).optional(),
  /** The key that those commands send; where it is not set, the administrator's. */
  WEIGHBRIDGE_KEY: z.string().regex(/^wb_[\w-]{16,}$/, 'must be an API key of Weighbridge, "wb_…"').optional(),
  QUEUE_URL: z.url({ protocol: /^(redis|rediss|redis\+cluster)$/, error: 'must be the URL of a Redis: redis://, rediss:// or redis+cluster://' }).optional(),
  LOG_LEVEL: z.string().optional(),
  /** Lets deployments point at model servers on this machine or in the private network. */
  ALLOW_PRIVATE_ADDRESSES: z.string().default('true'),
  /** Lets webhooks and callbacks of jobs go to this machine and the private network. */
  WEBHOOK_ALLOW_PRIVATE_ADDRESSES: z.string().default('true'),
  /** Where models are fetched from, and as whom; handed on as they are. */
  HUB_URL: z.string().optional(),
  HUB_TOKEN: z.string().optional(),
});

export interface CliSettings {
  readonly root: string;
  readonly dataDirectory: string;
  readonly port: number;
  readonly adminKey: string | undefined;
  readonly url: string | undefined;
  readonly key: string | undefined;
  readonly queueUrl: string | undefined;
  readonly logLevel: string | undefined;
  readonly env: Readonly<Record<string, string>>;
}

/** The launcher needs no setting at all; these it honours. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): CliSettings {
  const config = readConfig(Environment, env);
  return {
    root: projectRoot(dirname(fileURLToPath(import.meta.url))),
    dataDirectory: resolve(config.WEIGHBRIDGE_DATA_DIR),
    port: config.WEIGHBRIDGE_PORT,
    adminKey: config.WEIGHBRIDGE_ADMIN_KEY,
    url: config.WEIGHBRIDGE_URL,
    key: config.WEIGHBRIDGE_KEY,
    queueUrl: config.QUEUE_URL,
    logLevel: config.LOG_LEVEL,
    env: { ALLOW_PRIVATE_ADDRESSES: config.ALLOW_PRIVATE_ADDRESSES, WEBHOOK_ALLOW_PRIVATE_ADDRESSES: config.WEBHOOK_ALLOW_PRIVATE_ADDRESSES, ...(config.HUB_URL !== undefined && { HUB_URL: config.HUB_URL }), ...(config.HUB_TOKEN !== undefined && { HUB_TOKEN: config.HUB_TOKEN }) },
  };
}

/** The folder above this file that is the project: its package.json says so. */
function projectRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string }).name === 'weighbridge') return folder;
    if (dirname(folder) === folder) throw new Error('not inside the weighbridge project');
  }
}
