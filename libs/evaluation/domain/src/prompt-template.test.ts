import { AppError } from '@weighbridge/shared-domain';
import { describe, expect, test } from 'vitest';
import { renderPrompt, templatePlaceholders } from './prompt-template.ts';

const refusalOf = (template: string, input: Record<string, string>): AppError => {
  try {
    renderPrompt(template, input);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('renderPrompt', () => {
  test.each([
    ['{{prompt}}', { prompt: 'What is 2 + 2?' }, 'What is 2 + 2?'],
    ['Q: {{ q }}\nA:', { q: 'x' }, 'Q: x\nA:'],
    ['{{a}}{{b}}{{a}}', { a: '1', b: '2' }, '121'],
    ['{{user.name}} {{x-1}} {{_y}}', { 'user.name': 'n', 'x-1': 'm', _y: 'o' }, 'n m o'],
    ['no variable', {}, 'no variable'],
    ['{"a":{"b":1}}', {}, '{"a":{"b":1}}'],
    ['\\{{not}} {{a}}', { a: 'x' }, '{{not}} x'],
    ['{{a}}', { a: '{{b}} $& \\{{' }, '{{b}} $& \\{{'],
    ['{{a}}', { a: '' }, ''],
    ['', {}, ''],
  ])('%j with %j is %j', (template, input, expected) => expect(renderPrompt(template, input as Record<string, string>)).toBe(expected));

  test('names all the variables that the input lacks, each once', () => {
    const refusal = refusalOf('{{a}} {{b}} {{c}} {{b}}', { a: 'x' });
    expect(refusal).toMatchObject({ code: 'request.invalid', detail: 'The prompt template uses variables that the input does not have: b, c.' });
  });

  test.each(['constructor', 'toString', '__proto__'])('an inherited property is no variable: %s', (name) => expect(refusalOf(`{{${name}}}`, {}).code).toBe('request.invalid'));

  test.each(['{{', '{{}}', '{{ }}', '{{1a}}', '{{a b}}', '{{a', '{{a}', '{{#if a}}', 'x {{{a}}}'])('%j is no template', (template) => {
    expect(refusalOf(template, { a: 'x' }).detail).toContain('opens no placeholder');
    expect(() => templatePlaceholders(template)).toThrow(SyntaxError);
  });
});

describe('templatePlaceholders', () => {
  test.each([
    ['{{a}} {{b}} {{ a }}', ['a', 'b']],
    ['none \\{{a}}', []],
  ])('%j has %j', (template, names) => expect(templatePlaceholders(template)).toEqual(names));
});
