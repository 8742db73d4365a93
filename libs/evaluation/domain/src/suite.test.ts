import { describe, expect, test } from 'vitest';
import { SuiteDefinition, sliceOf } from './suite.ts';

const sample = (fields: object = {}) => ({ id: 's1', input: { prompt: 'What is 1 + 1?' }, target: '2', ...fields });
const suite = (fields: object = {}) => ({ name: 'sums', dataset: { samples: [sample()] }, scorers: [{ kind: 'exact_match' }], ...fields });
const faultsOf = (value: unknown) => SuiteDefinition.safeParse(value).error?.issues.map(({ path, message }) => `${path.join('/')}: ${message}`) ?? [];

describe('SuiteDefinition', () => {
  test('what is left out has its default', () =>
    expect(SuiteDefinition.parse(suite())).toEqual({
      name: 'sums',
      dataset: { samples: [sample()] },
      prompt: '{{prompt}}',
      scorers: [{ kind: 'exact_match', profile: 'trim' }],
      metric: 'accuracy',
      maxOutputTokens: 64,
      temperature: 0,
      stripReasoning: false,
    }));

  test.each([
    ['no scorer', suite({ scorers: [] }), 'scorers: '],
    ['no sample', suite({ dataset: { samples: [] } }), 'dataset/samples: '],
    ['an unknown metric', suite({ metric: 'vibes' }), 'metric: '],
    ['an unknown field', suite({ promt: 'x' }), ': '],
    ['an empty list of targets', suite({ dataset: { samples: [sample({ target: [] })] } }), 'dataset/samples/0/target: '],
    ['a template that is none', suite({ prompt: '{{#each}}' }), 'prompt: "{{" at character 1'],
    ['variables that a sample lacks', suite({ prompt: '{{context}} {{question}} {{prompt}}' }), 'dataset/samples/0/input: the prompt uses variables that are not here: context, question'],
    ['an id used twice', suite({ dataset: { samples: [sample(), sample()] } }), 'dataset/samples/1/id: the id "s1" is used by sample 0 already'],
    ['a target that is no number', suite({ dataset: { samples: [sample({ target: 'two' })] }, scorers: [{ kind: 'numeric_answer' }] }), 'dataset/samples/0/target: numeric_answer cannot read this target'],
    ['a target that is no JSON', suite({ dataset: { samples: [sample({ target: '{' })] }, scorers: [{ kind: 'json_equal' }] }), 'dataset/samples/0/target: json_equal cannot read this target'],
    ['a target that is found everywhere', suite({ dataset: { samples: [sample({ target: ' ' })] }, scorers: [{ kind: 'includes' }] }), 'dataset/samples/0/target: a target is empty once normalised'],
    ['a pattern that is none', suite({ scorers: [{ kind: 'regex', pattern: '(a' }] }), 'scorers/0/pattern: a "(" is not closed'],
  ])('%s is refused, with the field', (_what, value, fault) => expect(faultsOf(value).join('\n')).toContain(fault));

  test('faults are listed all at once, and not without end', () => {
    const samples = Array.from({ length: 1_000 }, (_, index) => sample({ id: `s${index}` }));
    expect(faultsOf(suite({ dataset: { samples }, prompt: '{{other}}' }))).toHaveLength(100);
    expect(faultsOf(suite({ dataset: { samples: [sample(), sample({ target: 'x' })] }, scorers: [{ kind: 'numeric_answer' }], prompt: '{{other}}' }))).toHaveLength(4);
  });
});

describe('sliceOf', () => {
  const cases: [{ sliceBy?: string }, { slice?: string; input: Record<string, string> }, string | null][] = [
    [{ sliceBy: 'family' }, { slice: 'own', input: { family: 'add' } }, 'own'],
    [{ sliceBy: 'family' }, { input: { family: 'add' } }, 'add'],
    [{ sliceBy: 'family' }, { input: { family: '' } }, null],
    [{ sliceBy: 'family' }, { input: {} }, null],
    [{ sliceBy: 'constructor' }, { input: {} }, null],
    [{}, { input: { family: 'add' } }, null],
  ];
  test.each(cases)('%j of %j is %j', (given, sample, expected) => expect(sliceOf(given, sample)).toBe(expected));
});
