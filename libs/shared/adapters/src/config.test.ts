import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ConfigError, readConfig, sharedVariables } from './config.ts';

const schema = z.object({
  PORT: sharedVariables.PORT,
  DATABASE_URL: sharedVariables.DATABASE_URL,
  LOG_LEVEL: sharedVariables.LOG_LEVEL,
  WEIGHBRIDGE_SECRET_KEY: sharedVariables.WEIGHBRIDGE_SECRET_KEY,
  MODE: z.enum(['a', 'b']),
});
const good = { PORT: '4301', DATABASE_URL: 'postgres://u:p@localhost/db', WEIGHBRIDGE_SECRET_KEY: 'x'.repeat(32), MODE: 'a' };

function faultsOf(env: Record<string, string | undefined>, of: z.ZodObject = schema): readonly string[] {
  try {
    readConfig(of, env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.lines;
    throw error;
  }
}

describe('readConfig', () => {
  test('converts, fills in defaults, leaves out what is not its own, and freezes', () => {
    const config = readConfig(schema, { ...good, HOME: '/root' });

    expect(config).toEqual({ PORT: 4301, DATABASE_URL: good.DATABASE_URL, LOG_LEVEL: 'info', WEIGHBRIDGE_SECRET_KEY: good.WEIGHBRIDGE_SECRET_KEY, MODE: 'a' });
    expect(Object.isFrozen(config)).toBe(true);
  });

  test('reports every fault at once, one line each', () => {
    const faults = faultsOf({ PORT: '70000', DATABASE_URL: 'mysql://x', LOG_LEVEL: 'loud', WEIGHBRIDGE_SECRET_KEY: 'short' });

    expect(faults.map((line) => line.split(':')[0])).toEqual(['PORT', 'DATABASE_URL', 'LOG_LEVEL', 'WEIGHBRIDGE_SECRET_KEY', 'MODE']);
    expect(faults[1]).toBe('DATABASE_URL: must be a URL like postgres://user:password@host:5432/database');
    expect(faults[4]).toBe('MODE: is not set');
  });

  test.each(Object.keys(good))('%s missing or empty: is not set', (name) => {
    expect(faultsOf({ ...good, [name]: undefined })).toEqual([`${name}: is not set`]);
    expect(faultsOf({ ...good, [name]: '' })).toEqual([`${name}: is not set`]);
  });

  test('a rule over several variables keeps its own words', () => {
    const both = z.object({ A: z.string().optional(), B: z.string().optional() }).refine(({ A, B }) => A === undefined || B !== undefined, { path: ['B'], message: 'is needed when A is set' });

    expect(faultsOf({ A: 'x' }, both)).toEqual(['B: is needed when A is set']);
  });

  test('never repeats a value: it may be a secret', () => {
    expect(faultsOf({ ...good, WEIGHBRIDGE_SECRET_KEY: 'hunter2', DATABASE_URL: 'hunter2', MODE: 'hunter2', PORT: 'hunter2' }).join()).not.toContain('hunter2');
  });
});

describe('shared variables', () => {
  test.each([
    ['QUEUE_URL', ['redis://h:6379', 'rediss://h', 'redis+cluster://a:1', 'postgres://u:p@h/db', 'postgresql://h/db'], ['amqp://h', 'http://h', 'localhost:6379']],
    ['DATABASE_URL', ['postgres://u:p@h:5432/db', 'postgresql://h/db'], ['redis://h', 'file.db']],
    ['REGISTRY_URL', ['http://127.0.0.1:4301', 'https://registry.internal'], ['127.0.0.1:4301', 'ftp://h']],
    ['PORT', ['0', '65535'], ['-1', '65536', '1.5', 'http']],
    ['LOG_LEVEL', ['silent', 'debug'], ['INFO', 'verbose']],
    ['DRAIN_TIMEOUT_MS', ['0', '600000'], ['-1', '600001', 'soon']],
  ] as const)('%s', (name, accepted, refused) => {
    for (const value of accepted) expect(sharedVariables[name].safeParse(value).success, value).toBe(true);
    for (const value of refused) expect(sharedVariables[name].safeParse(value).success, value).toBe(false);
  });
});
