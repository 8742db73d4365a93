import { ConfigError } from '@weighbridge/shared-adapters/config';
import { describe, expect, test } from 'vitest';
import { readRunnerConfig } from './config.ts';

const environment = {
  PORT: '4303',
  DATABASE_URL: 'postgres://evaluation:x@127.0.0.1:5432/weighbridge',
  QUEUE_URL: 'redis://127.0.0.1:6379',
  WEIGHBRIDGE_SECRET_KEY: 'x'.repeat(32),
  REGISTRY_URL: 'http://127.0.0.1:4301/',
  GATEWAY_URL: 'http://127.0.0.1:4302',
};

describe('readRunnerConfig', () => {
  test('reads what it needs, with defaults for the rest', () => {
    expect(readRunnerConfig(environment)).toMatchObject({ port: 4303, host: '127.0.0.1', logLevel: 'info', registryUrl: 'http://127.0.0.1:4301', drainTimeoutMs: 20_000 });
  });

  test('names every fault at once', () => {
    const { GATEWAY_URL: _, ...rest } = environment;

    expect(() => readRunnerConfig({ ...rest, PORT: 'x', WEIGHBRIDGE_SECRET_KEY: 'short' })).toThrow(ConfigError);
    expect(() => readRunnerConfig({ ...rest, PORT: 'x', WEIGHBRIDGE_SECRET_KEY: 'short' })).toThrow(/PORT: .*\nWEIGHBRIDGE_SECRET_KEY: .*\nGATEWAY_URL: is not set/);
  });
});
