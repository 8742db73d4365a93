import { describe, expect, test } from 'vitest';
import { parseYaml } from './parse-yaml.ts';

describe('parseYaml', () => {
  test.each([
    ['in a map', 'license: mit\nlicense: llama3'],
    ['in a map inside', 'a:\n  - b: 1\n    b: 2'],
    ['in another spelling', '"license": mit\nlicense: llama3'],
  ])('a key that is there twice, %s, is a mistake', (_, text) => {
    expect(parseYaml(text, 'README.md')).toEqual({ value: undefined, valid: false });
  });

  test('the same key in two maps is none', () => {
    expect(parseYaml('a: {x: 1}\nb: {x: 2}', 'README.md')).toEqual({ value: { a: { x: 1 }, b: { x: 2 } }, valid: true });
  });

  // Each compared with each, these took minutes.
  test('sixty thousand keys are read in a time that grows with their number', () => {
    const keys = Array.from({ length: 60_000 }, (_, n) => `k${n}: ${n}`);

    expect(parseYaml(keys.join('\n'), 'README.md').valid).toBe(true);
    expect(parseYaml([...keys, 'k7: 1'].join('\n'), 'README.md').valid).toBe(false);
  }, 20_000);

  test('more than a million characters are refused before they are read', () => {
    expect(() => parseYaml('a'.repeat(1_000_001), 'README.md')).toThrow(/it has 1,000,001 characters of YAML/);
  });
});
