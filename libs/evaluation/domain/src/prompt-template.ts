import { AppError } from '@weighbridge/shared-domain';

export type TemplatePart = { readonly text: string } | { readonly placeholder: string };

const mark = /\\\{\{|\{\{([^{}]*)\}\}|\{\{/g;
const placeholderName = /^[A-Za-z_][A-Za-z0-9_.-]*$/;

/**
 * Takes a template apart: `{{name}}` is a placeholder, `\{{` a literal `{{`, everything else is text.
 * Throws a SyntaxError on a `{{` that opens no placeholder.
 */
export function parseTemplate(template: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let position = 0;
  for (const match of template.matchAll(mark)) {
    if (match.index > position) parts.push({ text: template.slice(position, match.index) });
    position = match.index + match[0].length;
    if (match[0].startsWith('\\')) {
      parts.push({ text: '{{' });
      continue;
    }
    const placeholder = match[1]?.trim() ?? '';
    if (!placeholderName.test(placeholder)) throw new SyntaxError(`"{{" at character ${match.index + 1} opens no placeholder like {{name}}; write \\{{ for the braces themselves`);
    parts.push({ placeholder });
  }
  if (position < template.length) parts.push({ text: template.slice(position) });
  return parts;
}

/** The names of a template's placeholders, each once, in order of appearance. Throws a SyntaxError when it is no template. */
export const templatePlaceholders = (template: string): string[] => [
  ...new Set(parseTemplate(template).flatMap((part) => ('placeholder' in part ? [part.placeholder] : []))),
];

/** Those placeholders that an input has no variable for. */
export const missingPlaceholders = (placeholders: readonly string[], input: Readonly<Record<string, string>>): string[] =>
  placeholders.filter((name) => !Object.hasOwn(input, name));

/**
 * Puts the variables into the template, once: braces inside a value stay what they are.
 * Throws `request.invalid` when the template is none, or uses variables that the input does not have; the detail lists all their names.
 */
export function renderPrompt(template: string, input: Readonly<Record<string, string>>): string {
  let parts: TemplatePart[];
  try {
    parts = parseTemplate(template);
  } catch (cause) {
    const detail = cause instanceof Error ? `The prompt template is not valid: ${cause.message}.` : 'The prompt template is not valid.';
    throw new AppError('request.invalid', 'prompt template does not parse', { detail, cause });
  }
  const missing = missingPlaceholders(
    [...new Set(parts.flatMap((part) => ('placeholder' in part ? [part.placeholder] : [])))],
    input,
  );
  if (missing.length > 0) {
    throw new AppError('request.invalid', `prompt template uses unknown variables: ${missing.join(', ')}`, {
      detail: `The prompt template uses variables that the input does not have: ${missing.join(', ')}.`,
    });
  }
  return parts.map((part) => ('text' in part ? part.text : input[part.placeholder])).join('');
}
