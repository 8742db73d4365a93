import { describe, expect, test } from 'vitest';
import { MAX_LINE_FAULTS, samplesFromJsonl } from './samples-jsonl.ts';
import { MAX_SAMPLES } from './suite.ts';

const line = (fields: object) => JSON.stringify({ id: 'add-1', family: 'add', prompt: 'What is 1 + 1?', answer: '2', ...fields });

describe('samplesFromJsonl', () => {
  test('the family becomes the slice, the answer the target, the rest input variables', () =>
    expect(samplesFromJsonl(line({ level: 'easy' }))).toEqual({
      errors: [],
      samples: [{ id: 'add-1', input: { prompt: 'What is 1 + 1?', family: 'add', level: 'easy' }, target: '2', slice: 'add' }],
    }));

  test('several answers may be right, and a family is not needed', () =>
    expect(samplesFromJsonl('{"id":"1","prompt":"p","answer":["a","b"]}').samples).toEqual([{ id: '1', input: { prompt: 'p' }, target: ['a', 'b'] }]));

  test.each([
    ['a byte order mark', `\uFEFF${line({})}`],
    ['a line end at the end', `${line({})}\n`],
    ['carriage returns', `${line({})}\r\n`],
  ])('%s is no fault', (_what, text) => expect(samplesFromJsonl(text)).toMatchObject({ errors: [], samples: [{ id: 'add-1' }] }));

  test('every bad line is reported by its number, and the good ones are read', () => {
    const result = samplesFromJsonl(
      [
        line({}),
        '{"id": 1',
        '',
        line({ id: 'add-1' }),
        line({ id: 'b', prompt: undefined }),
        line({ id: 'c', answer: [] }),
        line({ id: 'd', level: 3 }),
        '[]',
        line({ id: '' }),
        line({ id: 'e' }),
      ].join('\n'),
    );
    expect(result.samples.map(({ id }) => id)).toEqual(['add-1', 'e']);
    expect(result.errors.map(({ line: number }) => number)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect(result.errors.map(({ message }) => message)).toEqual([
      'the line is not valid JSON',
      'the line is blank',
      'the id "add-1" is used on line 1 already',
      expect.stringContaining('prompt'),
      expect.stringContaining('target'),
      expect.stringContaining('level'),
      expect.stringContaining('object'),
      expect.stringContaining('id'),
    ]);
  });

  test('an empty text has no sample', () => expect(samplesFromJsonl('')).toEqual({ samples: [], errors: [{ line: 1, message: 'there is no sample' }] }));

  test('too many lines are an error at the first that is too many', () => {
    const text = Array.from({ length: MAX_SAMPLES + 2 }, (_, index) => line({ id: `s${index}` })).join('\n');
    expect(samplesFromJsonl(text)).toMatchObject({ errors: [{ line: MAX_SAMPLES + 1, message: 'a suite has at most 20000 samples, not 20002' }] });
  });

  test('the list of faults ends somewhere', () => expect(samplesFromJsonl('x\n'.repeat(500)).errors).toHaveLength(MAX_LINE_FAULTS));
});
