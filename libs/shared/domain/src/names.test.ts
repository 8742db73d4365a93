import { describe, expect, test } from 'vitest';
import { ModelName, ModelReference, ProjectName, Tags, VersionName, parseModelReference } from './names.ts';

describe('names that stand in paths and references', () => {
  test.each(['deepseek-v3', 'Qwen2.5-72B', 'gpt_4o', '7b', 'a', 'x'.repeat(100)])('%s is one', (name) => {
    expect(ModelName.parse(name)).toBe(name);
    expect(VersionName.parse(name)).toBe(name);
  });

  test.each(['', '.', '..', '-x', '_x', 'a/b', 'a b', 'a@b', 'a:b', 'a%2fb', 'ä', 'x\n', 'x'.repeat(101)])('%j is none', (name) => {
    expect(ModelName.safeParse(name).success).toBe(false);
  });
});

describe('parseModelReference', () => {
  test.each([
    { reference: 'abacus', parsed: { model: 'abacus', kind: 'default' } },
    { reference: 'abacus@1.0', parsed: { model: 'abacus', kind: 'version', version: '1.0' } },
    { reference: 'abacus:production', parsed: { model: 'abacus', kind: 'alias', alias: 'production' } },
    { reference: 'Qwen2.5-72B@2024-09-19', parsed: { model: 'Qwen2.5-72B', kind: 'version', version: '2024-09-19' } },
  ])('$reference', ({ reference, parsed }) => {
    expect(parseModelReference(reference)).toEqual(parsed);
  });

  test.each(['', 'a@', 'a:', '@1', ':x', 'a@1@2', 'a:b:c', 'a@1:x', 'a b', 'a/b', '../etc', 'x'.repeat(221)])('%j is none', (reference) => {
    expect(parseModelReference(reference)).toBeNull();
    expect(ModelReference.safeParse(reference).success).toBe(false);
  });
});

describe('ProjectName', () => {
  test('is trimmed, and then may not be empty', () => {
    expect(ProjectName.parse('  Claims desk ')).toBe('Claims desk');
    expect(ProjectName.safeParse('   ').success).toBe(false);
    expect(ProjectName.safeParse('x'.repeat(101)).success).toBe(false);
  });
});

describe('Tags', () => {
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag${index}`, 'x']));

  test.each([
    { what: 'none', tags: {}, valid: true },
    { what: '16', tags: many(16), valid: true },
    { what: '17', tags: many(17), valid: false },
    { what: 'the longest key', tags: { ['k'.repeat(64)]: '' }, valid: true },
    { what: 'a longer key', tags: { ['k'.repeat(65)]: '' }, valid: false },
    { what: 'an empty key', tags: { '': 'x' }, valid: false },
    { what: 'the longest value', tags: { k: 'v'.repeat(512) }, valid: true },
    { what: 'a longer value', tags: { k: 'v'.repeat(513) }, valid: false },
    { what: 'a number as value', tags: { k: 1 }, valid: false },
  ])('$what: $valid', ({ tags, valid }) => {
    expect(Tags.safeParse(tags).success).toBe(valid);
  });
});
