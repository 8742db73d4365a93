import { z } from 'zod';

/** A setting that is wrong ends the start: one line per fault, exit code 1. */
export class ConfigError extends Error {
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'ConfigError';
    this.lines = lines;
  }
}

/** Reads a service's settings once, at start. Reports every fault at once; an empty variable counts as absent. */
export function readConfig<S extends z.ZodObject>(schema: S, env: Readonly<Record<string, string | undefined>>): Readonly<z.output<S>> {
  const given = Object.fromEntries(Object.entries(env).filter(([name, value]) => value !== undefined && value !== '' && name in schema.shape));
  const parsed = schema.safeParse(given);
  if (parsed.success) return Object.freeze(parsed.data);
  throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code !== 'custom' && !(String(issue.path[0]) in given) ? 'is not set' : issue.message}`));
}

/** Variables that several services know by the same names. Each service picks those it needs. */
export const sharedVariables = {
  PORT: z.coerce.number().int().min(0).max(65_535),
  HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a URL like postgres://user:password@host:5432/database' }),
  QUEUE_URL: z.url({ protocol: /^(redis|rediss|redis\+cluster|postgres|postgresql)$/, error: 'must be a URL that begins with redis://, rediss://, redis+cluster:// or postgres://' }),
  WEIGHBRIDGE_SECRET_KEY: z.string().min(32, 'must have at least 32 characters; make one with: openssl rand -base64 32'),
  REGISTRY_URL: z.url({ protocol: /^https?$/, error: 'must be the http URL of the model registry' }),
  GATEWAY_URL: z.url({ protocol: /^https?$/, error: 'must be the http URL of the inference gateway' }),
  EVALUATION_URL: z.url({ protocol: /^https?$/, error: 'must be the http URL of the evaluation runner' }),
  COST_URL: z.url({ protocol: /^https?$/, error: 'must be the http URL of the cost service' }),
  /** How long a stopping service may finish what is in flight. */
  DRAIN_TIMEOUT_MS: z.coerce.number().int().min(0).max(600_000).default(20_000),
};
