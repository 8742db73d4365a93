import type { MlflowComparator, MlflowCondition, MlflowSearch } from '@weighbridge/registry-data';
import { AppError } from '@weighbridge/shared-domain';

type Over = 'models' | 'versions';

/** What MLflow hangs on prompts, which are models to its registry. Its clients leave prompts out of every search by `!= 'true'`, and mean "or has no such tag". */
const promptTag = 'mlflow.prompt.is_prompt';

/**
 * The conditions of a filter string: comparisons joined by AND. Names and tags with =, !=, LIKE and ILIKE; of versions also `version_number`,
 * `run_id` and `source_path`. Throws `request.invalid` with what is wrong and where.
 */
export function parseFilter(filter: string | undefined, over: Over): MlflowCondition[] {
  if (filter === undefined || filter.trim() === '') return [];
  const words = tokens(filter);
  const conditions: MlflowCondition[] = [];
  let next = 0;
  const take = () => words[next++];
  for (;;) {
    const left = take();
    const comparator = take();
    const right = take();
    if (left?.kind !== 'word' || comparator === undefined || (comparator.kind !== 'sign' && comparator.kind !== 'word') || right === undefined) throw invalid(`"${filter}" is not a comparison such as name = 'x', or several joined by AND`);
    if (comparator.text.toUpperCase() === 'IN') {
      if (right.text !== '(') throw invalid(`IN wants a list such as ('a', 'b')`);
      conditions.push(conditionOf(left.text, 'IN', takeList(take), over));
    } else {
      if (right.kind !== 'text' && right.kind !== 'number') throw invalid(`${left.text} is compared with ${right.text}: write text in quotes`);
      conditions.push(conditionOf(left.text, comparator.text.toUpperCase(), right.kind === 'number' ? Number(right.text) : right.text, over));
    }
    const joint = take();
    if (joint === undefined) return conditions;
    if (joint.kind !== 'word' || joint.text.toUpperCase() !== 'AND') throw invalid(`conditions can only be joined by AND, not by "${joint.text}"`);
  }
}

interface Token {
  readonly kind: 'word' | 'sign' | 'text' | 'number' | 'mark';
  readonly text: string;
}

const grammar = /\s*(?:((?:[A-Za-z_][\w]*\.)?(?:`(?:[^`])*`|"[^"]*"(?=\s*(?:=|!|<|>|like|ilike|in\b))|[A-Za-z_][\w./-]*))|(>=|<=|!=|=|<|>)|'([^']*)'|"([^"]*)"|(-?\d+)|([(),]))/iy;

function tokens(filter: string): Token[] {
  const found: Token[] = [];
  grammar.lastIndex = 0;
  while (grammar.lastIndex < filter.trimEnd().length) {
    const at = grammar.lastIndex;
    const match = grammar.exec(filter);
    if (match === null) throw invalid(`cannot be read from "${filter.slice(at, at + 20).trim()}" on`);
    const [, word, sign, single, double, number, mark] = match;
    if (word !== undefined) found.push({ kind: 'word', text: word });
    else if (sign !== undefined) found.push({ kind: 'sign', text: sign });
    else if (number !== undefined) found.push({ kind: 'number', text: number });
    else if (mark !== undefined) found.push({ kind: 'mark', text: mark });
    else found.push({ kind: 'text', text: single ?? double ?? '' });
  }
  return found;
}

function takeList(take: () => Token | undefined): string[] {
  const values: string[] = [];
  for (;;) {
    const value = take();
    if (value?.kind !== 'text') throw invalid('a list holds text in quotes');
    values.push(value.text);
    const mark = take();
    if (mark?.text === ')') return values;
    if (mark?.text !== ',') throw invalid('a list ends with ")"');
  }
}

const comparators: Readonly<Record<string, MlflowComparator>> = { '=': '=', '!=': '!=', LIKE: 'like', ILIKE: 'ilike' };

function conditionOf(left: string, sign: string, value: string | number | readonly string[], over: Over): MlflowCondition {
  const [, scope, rawKey = ''] = /^(?:([A-Za-z_]\w*)\.)?(.+)$/s.exec(left) ?? [];
  const key = rawKey.replaceAll(/^[`"]|[`"]$/g, '');
  const kind = scope?.toLowerCase();
  if (kind === 'tag' || kind === 'tags') return tagCondition(key, sign, value);
  if (kind !== undefined && !['attribute', 'attributes', 'attr'].includes(kind)) return unknownField(left, over);
  if (key === 'name') return { field: 'name', ...compared(key, sign, value) };
  if (over === 'models') return unknownField(left, over);
  if (key === 'version_number') {
    const number = Number(value);
    if (!['=', '!=', '>', '>=', '<', '<='].includes(sign) || !Number.isSafeInteger(number)) throw invalid('version_number takes =, !=, <, <=, > and >= with a whole number');
    return { field: 'number', comparator: sign as '=', value: number };
  }
  if (key === 'run_id' && sign === 'IN' && typeof value === 'object') return { field: 'runId', comparator: 'in', value };
  if (key === 'run_id' || key === 'source_path') return { field: key === 'run_id' ? 'runId' : 'source', ...compared(key, sign, value) };
  return unknownField(left, over);
}

function tagCondition(key: string, sign: string, value: string | number | readonly string[]): MlflowCondition {
  const { comparator, value: text } = compared(key, sign, value);
  return { field: 'tag', key, comparator: key === promptTag && comparator === '!=' ? 'absentOr' : comparator, value: text };
}

function compared(key: string, sign: string, value: string | number | readonly string[]): { readonly comparator: MlflowComparator; readonly value: string } {
  const comparator = comparators[sign];
  if (comparator === undefined || typeof value !== 'string') throw invalid(`${key} takes =, !=, LIKE and ILIKE with text in quotes`);
  return { comparator, value };
}

const searchable = { models: 'name and tags', versions: 'name, version_number, run_id, source_path and tags' } as const;

function unknownField(left: string, over: Over): never {
  throw invalid(`"${left}" cannot be searched by; ${searchable[over]} can`);
}

const orderable: Readonly<Record<string, MlflowSearch['order'][number]['by']>> = { name: 'name', version_number: 'number', creation_timestamp: 'createdAt', timestamp: 'createdAt', last_updated_timestamp: 'createdAt' };

/** `name DESC`; what a thing was updated by does not move it: it stands where it was registered. */
export function parseOrder(orderBy: readonly string[] | undefined, over: Over): MlflowSearch['order'] {
  return (orderBy ?? []).map((clause) => {
    const [, key = '', direction = 'ASC'] = /^\s*(?:attributes?\.)?[`"]?(\w+)[`"]?(?:\s+(ASC|DESC))?\s*$/i.exec(clause) ?? [];
    const by = orderable[key];
    if (by === undefined || (over === 'models' && by === 'number')) throw invalid(`cannot be ordered by "${clause}"; name, creation_timestamp, last_updated_timestamp${over === 'versions' ? ' and version_number' : ''} can, each with ASC or DESC`, '/query/order_by');
    return { by, descending: direction.toUpperCase() === 'DESC' };
  });
}

const invalid = (message: string, pointer = '/query/filter'): AppError => new AppError('request.invalid', `${pointer} ${message}`, { detail: `Not valid: ${pointer.slice('/query/'.length)}: ${message}.`, faults: [{ pointer, message }] });
