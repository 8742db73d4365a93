import { z } from 'zod';
import parseSpdx from 'spdx-expression-parse';
import spdxIds from 'spdx-license-ids' with { type: 'json' };
import spdxDeprecatedIds from 'spdx-license-ids/deprecated.json' with { type: 'json' };
import { catalogueBook, findInBook } from './license-book.ts';
import type { LicenseBook } from './license-book.ts';
import type { License } from './license.ts';

/** A licence by id, or an SPDX expression of several, in canonical form: `MIT OR Apache-2.0`, `GPL-2.0-only WITH Classpath-exception-2.0`. */
export const LicenseExpression = z
  .string()
  .max(500)
  .regex(/^[A-Za-z0-9(][A-Za-z0-9.+:() -]*$/, 'must be an SPDX id, "LicenseRef-…", or an SPDX expression');
export type LicenseExpression = z.infer<typeof LicenseExpression>;

interface Operand {
  readonly id: string;
  /** `+`: this or any later version. */
  readonly orLater: boolean;
  readonly exception: string | null;
}
type Tree = { readonly operand: Operand } | { readonly operator: 'AND' | 'OR'; readonly parts: readonly Tree[] };

/** More than that nobody grants, and every way through them has to be weighed. */
const mostOperands = 20;
const mostAlternatives = 64;

const knownIds = new Map([...spdxDeprecatedIds, ...spdxIds].map((id) => [id.toLowerCase(), id]));
/** Ids that SPDX has replaced since they did not say whether later versions are included. */
const replaced = /^((?:A|L)?GPL-\d(?:\.\d)?|GFDL-\d(?:\.\d)?)$/;

/**
 * The canonical form of a declared licence: ids as SPDX or the book write them (tags of model cards are understood), operators in capitals, brackets
 * where the operator changes, each operand of an operator once. Null: it is neither a licence of the book nor a valid expression, or too long to weigh.
 */
export function canonicalLicense(declared: string, book: LicenseBook = catalogueBook): string | null {
  const entry = findInBook(declared, book);
  if (entry !== undefined) return entry.id;
  const tree = parseExpression(declared, book);
  return tree === null || alternativesOf(tree).length > mostAlternatives ? null : write(tree);
}

/** One licence that a way of reading an expression names. */
export interface NamedLicense {
  readonly id: string;
  /** Null: the book has none of that id. */
  readonly entry: License | null;
  readonly exception: string | null;
}

/** Licences that apply together; a licensee may choose among the alternatives of an expression. */
export interface LicenseAlternative {
  readonly words: string;
  readonly licenses: readonly NamedLicense[];
}

const kept = new WeakMap<LicenseBook, Map<string, readonly LicenseAlternative[]>>();

/** What a licensee may choose among, in the order in which it is written. A licence that the book lacks, and what is no expression, is one alternative without an entry. */
export function licenseAlternatives(expression: string, book: LicenseBook): readonly LicenseAlternative[] {
  let known = kept.get(book);
  if (known === undefined) kept.set(book, (known = new Map()));
  let alternatives = known.get(expression);
  if (alternatives === undefined) {
    alternatives = readAlternatives(expression, book);
    if (known.size >= 10_000) known.clear();
    known.set(expression, alternatives);
  }
  return alternatives;
}

function readAlternatives(expression: string, book: LicenseBook): readonly LicenseAlternative[] {
  const tree = parseExpression(expression, book);
  const ways = tree === null ? [] : alternativesOf(tree);
  if (ways.length === 0 || ways.length > mostAlternatives) return [{ words: expression, licenses: [{ id: expression, entry: null, exception: null }] }];
  const alternatives = ways.flatMap((operands) => withVersions(operands, book));
  return alternatives.filter(({ words }, index) => alternatives.findIndex((other) => other.words === words) === index).slice(0, mostAlternatives);
}

/** Each way of choosing one version for every operand that allows later ones. */
function withVersions(operands: readonly Operand[], book: LicenseBook): LicenseAlternative[] {
  let ways: (readonly NamedLicense[])[] = [[]];
  for (const operand of operands) {
    const versions = versionsOf(operand, book);
    ways = ways.flatMap((way) => versions.map((version) => [...way, version])).slice(0, mostAlternatives);
  }
  return ways.map((licenses) => ({ words: licenses.map(({ id, exception }) => (exception === null ? id : `${id} WITH ${exception}`)).join(' AND '), licenses }));
}

/** The licences that an operand stands for: itself, or with `+` that version and every later one that the book has. */
function versionsOf({ id, orLater, exception }: Operand, book: LicenseBook): NamedLicense[] {
  const { base, openEnded } = splitId(id);
  const entry = book.get(id) ?? (orLater ? book.get(`${base}-or-later`) : undefined) ?? book.get(base) ?? book.get(`${base}-only`) ?? (orLater || openEnded ? book.get(`${base}-or-later`) : undefined) ?? findInBook(id, book);
  const named: NamedLicense[] = [{ id: entry?.id ?? id, entry: entry ?? null, exception }];
  if (!orLater && !openEnded) return named;
  const own = versionOf(base);
  if (own === null) return named;
  const later = [...book.values()].flatMap((other) => {
    const version = versionOf(splitId(other.id).base);
    return version !== null && version.stem === own.stem && isLater(version.numbers, own.numbers) ? [{ numbers: version.numbers, entry: other }] : [];
  });
  later.sort((a, b) => (isLater(a.numbers, b.numbers) ? 1 : isLater(b.numbers, a.numbers) ? -1 : 0));
  const bases = new Set([base]);
  const unnamed = later.filter(({ entry: { id: other } }) => !bases.has(splitId(other).base) && bases.add(splitId(other).base));
  return [...named, ...unnamed.map(({ entry: other }) => ({ id: other.id, entry: other, exception }))];
}

const splitId = (id: string) => ({ base: id.replace(/-(only|or-later)$/, ''), openEnded: id.endsWith('-or-later') });

function versionOf(base: string): { readonly stem: string; readonly numbers: readonly number[] } | null {
  const [, stem, digits] = /^(.+)-(\d+(?:\.\d+)*)$/.exec(base) ?? [];
  return stem === undefined || digits === undefined || stem.startsWith('LicenseRef-') ? null : { stem, numbers: digits.split('.').map(Number) };
}

function isLater(one: readonly number[], than: readonly number[]): boolean {
  for (let index = 0; index < Math.max(one.length, than.length); index++) {
    const difference = (one[index] ?? 0) - (than[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

/** Every way to satisfy an expression, as the operands that then apply together. */
function alternativesOf(tree: Tree): (readonly Operand[])[] {
  if ('operand' in tree) return [[tree.operand]];
  if (tree.operator === 'OR') return tree.parts.flatMap(alternativesOf).slice(0, mostAlternatives + 1);
  let ways: (readonly Operand[])[] = [[]];
  for (const part of tree.parts) {
    const more = alternativesOf(part);
    ways = ways.flatMap((way) => more.map((other) => [...way, ...other.filter((operand) => !way.some((known) => writeOperand(known) === writeOperand(operand)))])).slice(0, mostAlternatives + 1);
  }
  return ways;
}

const operandsOf = (tree: Tree): Operand[] => ('operand' in tree ? [tree.operand] : tree.parts.flatMap(operandsOf));

function parseExpression(declared: string, book: LicenseBook): Tree | null {
  if (declared.length > 500) return null;
  const spelled = spell(declared, book);
  if (spelled === null) return null;
  try {
    const tree = treeOf(parseSpdx(spelled), book);
    return operandsOf(tree).length > mostOperands ? null : tree;
  } catch {
    // The parser knows no other way to say that it is no expression.
    return null;
  }
}

/** With every word as the parser wants it: ids in the letters of SPDX, tags as the ids that they mean, operators in capitals. */
function spell(declared: string, book: LicenseBook): string | null {
  const words = declared.match(/[()]|[^\s()]+/g);
  if (words === null || words.length > 4 * mostOperands) return null;
  let afterWith = false;
  return words
    .map((word) => {
      const isException = afterWith;
      afterWith = /^with$/i.test(word);
      if (/^(and|or|with)$/i.test(word)) return word.toUpperCase();
      return isException || word === '(' || word === ')' ? word : spellId(word, book);
    })
    .join(' ');
}

function spellId(word: string, book: LicenseBook): string {
  const plus = word.endsWith('+') && !knownIds.has(word.toLowerCase());
  const bare = word.endsWith('+') ? word.slice(0, -1) : word;
  const id = book.get(bare)?.id ?? findInBook(bare, book)?.id ?? knownIds.get(bare.toLowerCase()) ?? bare;
  if (word.endsWith('+') && replaced.test(id)) return `${id}-or-later`;
  if (word.endsWith('+') && id.endsWith('-only')) return id.replace(/-only$/, '-or-later');
  if (book.get(id) !== undefined && !knownIds.has(id.toLowerCase()) && !id.startsWith('LicenseRef-')) return `${newerThanSpdx}${id}`;
  return `${replaced.test(id) && book.get(id) === undefined ? `${id}-only` : id}${plus && !id.endsWith('-or-later') ? '+' : ''}`;
}

/** The book may have a licence that the SPDX list at hand has not yet: the parser takes it for a reference of somebody's own. */
const newerThanSpdx = 'LicenseRef-newer-than-spdx.';

function unmask(id: string, book: LicenseBook): string {
  const masked = id.startsWith(newerThanSpdx) ? id.slice(newerThanSpdx.length) : null;
  return masked !== null && book.get(masked) !== undefined ? masked : id;
}

/** Nested operators of one kind are one, and the same operand twice is one. */
function treeOf(parsed: ReturnType<typeof parseSpdx>, book: LicenseBook): Tree {
  if ('license' in parsed) return { operand: { id: unmask(parsed.license, book), orLater: parsed.plus === true, exception: parsed.exception ?? null } };
  const operator = parsed.conjunction === 'and' ? 'AND' : 'OR';
  const parts = [treeOf(parsed.left, book), treeOf(parsed.right, book)].flatMap((part) => ('operator' in part && part.operator === operator ? part.parts : [part]));
  const unique = parts.filter((part, index) => parts.findIndex((other) => write(other) === write(part)) === index);
  const [only] = unique;
  return unique.length === 1 && only !== undefined ? only : { operator, parts: unique };
}

const writeOperand = ({ id, orLater, exception }: Operand): string => `${id}${orLater ? '+' : ''}${exception === null ? '' : ` WITH ${exception}`}`;

/** With brackets around each change of operator, so that nobody has to know which binds tighter. */
function write(tree: Tree): string {
  if ('operand' in tree) return writeOperand(tree.operand);
  return tree.parts.map((part) => ('operator' in part ? `(${write(part)})` : write(part))).join(` ${tree.operator} `);
}
