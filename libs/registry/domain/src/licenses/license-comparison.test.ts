import { describe, expect, test } from 'vitest';
import { licenseCatalogue } from './license-catalogue.ts';
import { compareLicenses } from './license-comparison.ts';
import type { ComparisonTopic } from './license-comparison.ts';
import type { License } from './license.ts';

const entry = (id: string) => licenseCatalogue.get(id) as License;
const rowsOf = (left: string, right: string, topic: ComparisonTopic) => compareLicenses(entry(left), entry(right)).topics.find((each) => each.topic === topic)?.rows ?? [];
const row = (left: string, right: string, topic: ComparisonTopic, subject: string) => rowsOf(left, right, topic).find((each) => each.subject === subject);

describe('two licences side by side', () => {
  test.each([...licenseCatalogue.keys()])('%s is equal to itself, in every topic', (id) => {
    const { topics } = compareLicenses(entry(id), entry(id));

    expect(topics.map(({ topic }) => topic)).toEqual(['permissions', 'limits', 'obligations', 'field-of-use', 'regions', 'outputs', 'propagation']);
    for (const { rows } of topics) for (const each of rows) expect(each, each.subject).toMatchObject({ relation: 'equal', left: each.right });
  });

  test('a limit that one of them has', () => {
    expect(row('LicenseRef-Llama-3.1', 'MIT', 'limits', 'monthly-active-users')).toMatchObject({ relation: 'left-only', right: null, left: { clauses: ['2'], words: expect.stringContaining('Bites above 700,000,000.') } });
    expect(row('MIT', 'LicenseRef-Llama-3.1', 'limits', 'monthly-active-users')).toMatchObject({ relation: 'right-only', left: null });
  });

  test('the same limit with another number', () => {
    expect(row('LicenseRef-Llama-3.1', 'LicenseRef-Qwen-2024', 'limits', 'monthly-active-users')).toMatchObject({
      relation: 'differs',
      left: { words: expect.stringContaining('700,000,000') },
      right: { words: expect.stringContaining('100,000,000') },
    });
  });

  test('the same meaning under other clause numbers is equal, and both numbers are shown', () => {
    expect(row('Apache-2.0', 'MIT', 'obligations', 'include-license')).toMatchObject({ relation: 'equal', left: { clauses: ['4(a)'] }, right: { clauses: [expect.stringMatching(/^~2/)] } });
  });

  test('field of use in words, with who names it', () => {
    const military = row('LicenseRef-DeepSeek-Model-1.0', 'LicenseRef-Gemma', 'field-of-use', 'military');

    expect(military).toMatchObject({ label: 'Military purposes', relation: 'left-only', left: { clauses: ['Attachment A ~2'], words: expect.stringMatching(/^Prohibited\./) } });
  });

  test('outputs and propagation', () => {
    expect(row('LicenseRef-Llama-3', 'LicenseRef-Llama-3.1', 'outputs', 'other-llm')).toMatchObject({ relation: 'differs', left: { words: 'No.' }, right: { words: 'Yes.' } });
    expect(row('LicenseRef-Llama-2', 'MIT', 'propagation', 'distilled')).toMatchObject({ relation: 'differs', left: { words: 'There is no right to make it.' }, right: { words: 'Nothing travels.' } });
  });

  test('mirrored, it says the same with the sides exchanged', () => {
    const mirror = { 'left-only': 'right-only', 'right-only': 'left-only', equal: 'equal', differs: 'differs' } as const;
    const all = [...licenseCatalogue.values()];
    for (const [index, one] of all.entries()) {
      const other = all[(index * 7 + 3) % all.length] as License;
      const there = compareLicenses(one, other).topics.flatMap(({ topic, rows }) => rows.map(({ subject, relation }) => `${topic} ${subject} ${relation}`));
      const back = compareLicenses(other, one).topics.flatMap(({ topic, rows }) => rows.map(({ subject, relation }) => `${topic} ${subject} ${mirror[relation]}`));
      expect(back.toSorted()).toEqual(there.toSorted());
    }
  });
});
