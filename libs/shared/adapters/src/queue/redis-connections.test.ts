import { describe, expect, test } from 'vitest';
import { parseClusterUrl } from './redis-connections.ts';

describe('parseClusterUrl', () => {
  test.each([
    ['redis+cluster://a:7000,b:7001,c', { nodes: [{ host: 'a', port: 7000 }, { host: 'b', port: 7001 }, { host: 'c', port: 6379 }] }],
    ['redis+cluster://user:p%40ss@a:7000', { nodes: [{ host: 'a', port: 7000 }], username: 'user', password: 'p@ss' }],
    ['redis+cluster://:secret@a:7000/', { nodes: [{ host: 'a', port: 7000 }], password: 'secret' }],
    ['rediss+cluster://[::1]:7000', { nodes: [{ host: '::1', port: 7000 }], tls: {} }],
  ])('%s', (url, expected) => {
    expect(parseClusterUrl(url)).toEqual(expected);
  });

  test.each(['redis://a:1,b:2', 'redis+cluster://', 'redis+cluster://a:1?x=1'])('refuses %s', (url) => {
    expect(() => parseClusterUrl(url)).toThrow(TypeError);
  });
});
