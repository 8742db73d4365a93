import { describe, expect, test } from 'vitest';
import { jsonFault } from './json-fault.ts';

const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

describe('jsonFault', () => {
  test.each(['null', '1', '"ü 🙂"', '"\\ud83d\\ude42"', '{"a":[1,{"b":"c"}]}', nested(100)])('has nothing against %s', (json) => {
    expect(jsonFault(JSON.parse(json))).toBeNull();
  });

  test.each(['"\\u0000"', '{"a":[{"b":"x\\u0000"}]}', '{"\\u0000":1}', '"\\ud83d"', '{"a":"\\ude42\\ud83d"}'])('names a text that cannot be stored: %s', (json) => {
    expect(jsonFault(JSON.parse(json))).toContain('U+0000');
  });

  test.each([101, 200_000])('answers for %d levels', (levels) => {
    expect(jsonFault(JSON.parse(nested(levels)))).toContain('100 levels');
  });
});
