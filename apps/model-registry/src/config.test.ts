import { ConfigError } from '@weighbridge/shared-adapters/config';
import { describe, expect, test } from 'vitest';
import { readServiceConfig } from './config.ts';

const env = {
  DATABASE_URL: 'postgres://registry:x@127.0.0.1:5432/weighbridge',
  QUEUE_URL: 'redis://127.0.0.1:6379',
  EVALUATION_URL: 'http://127.0.0.1:4303',
  WEIGHBRIDGE_SECRET_KEY: 's'.repeat(32),
  WEIGHBRIDGE_ADMIN_KEY: `wb_${'a'.repeat(43)}`,
};

const faultsOf = (changed: Record<string, string | undefined>): readonly string[] => {
  try {
    readServiceConfig({ ...env, ...changed });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.lines;
    throw error;
  }
};

describe('the settings', () => {
  test('have safe defaults', () => {
    expect(readServiceConfig(env)).toMatchObject({ http: { port: 4301, host: '127.0.0.1' }, importDir: null, allowPrivateAddresses: false, evaluation: { timeoutMs: 15_000 } });
  });

  test('name every fault at once; no secret has a default', () => {
    const faults = faultsOf({ WEIGHBRIDGE_ADMIN_KEY: undefined, WEIGHBRIDGE_SECRET_KEY: '', DATABASE_URL: 'mysql://x', PORT: 'x' });

    expect(faults.map((line) => line.replace(/:.*/, '')).toSorted()).toEqual(['DATABASE_URL', 'PORT', 'WEIGHBRIDGE_ADMIN_KEY', 'WEIGHBRIDGE_SECRET_KEY']);
  });

  test.each(['admin', 'wb_short', `wbs_${'a'.repeat(43)}`, `wb_${'a'.repeat(20)} `])('refuse %j as the administrator’s key', (WEIGHBRIDGE_ADMIN_KEY) => {
    expect(faultsOf({ WEIGHBRIDGE_ADMIN_KEY })).toHaveLength(1);
  });
});
