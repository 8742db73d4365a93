import type { LicenseBook } from '../licenses/license-book.ts';
import type { License } from '../licenses/license.ts';
import { unified } from './license-words.ts';

export interface MarkerMatch {
  readonly license: string;
  /** 0 to 1, of the sentences that are looked for; it says nothing of the rest of the text. */
  readonly share: number;
  /** The sentences that were found. */
  readonly evidence: readonly string[];
}

/** Letters, digits and `+` (OpenRAIL is not OpenRAIL++) in one case: layout, quotes, Markdown and line breaks do not change which licence it is. */
const squeezed = (text: string): string => unified(text).toLowerCase().replaceAll(/[^\p{Letter}\p{Number}+]+/gu, '');

interface Detector {
  readonly license: string;
  readonly markers: License['markers'];
  readonly required: readonly string[];
  readonly supporting: readonly string[];
  readonly absent: readonly string[];
  readonly body: { readonly begins: string; readonly ends: string; readonly appendix: string | null } | null;
}

const detectorsOf = new WeakMap<LicenseBook, readonly Detector[]>();

function detectors(book: LicenseBook): readonly Detector[] {
  let known = detectorsOf.get(book);
  if (known === undefined) detectorsOf.set(book, (known = [...book.values()].filter(({ markers }) => markers.required.length > 0).map(detectorOf)));
  return known;
}

const detectorOf = ({ id, markers }: License): Detector => ({
  license: id,
  markers,
  required: markers.required.map(squeezed),
  supporting: markers.supporting.map(squeezed),
  absent: markers.absent.map(squeezed),
  body: markers.body === undefined ? null : { begins: squeezed(markers.body.begins), ends: squeezed(markers.body.ends), appendix: markers.body.appendix === undefined ? null : squeezed(markers.body.appendix.begins) },
});

/** Licences of a book, among those that are asked for, whose telling sentences a text has. That is a likeness, and no proof: the rest of the text may be another. */
export function findMarkers(text: string, book: LicenseBook, isAsked: (license: string) => boolean): MarkerMatch[] {
  const asked = detectors(book).filter(({ license }) => isAsked(license));
  if (asked.length === 0) return [];
  const searched = squeezed(text);
  if (searched === '') return [];
  return asked.flatMap((detector) => detect(detector, searched) ?? []).toSorted((a, b) => b.share - a.share || (a.license < b.license ? -1 : 1));
}

function detect({ license, markers, required, supporting, absent, body }: Detector, text: string): MarkerMatch | null {
  if (!required.every((marker) => text.includes(marker)) || absent.some((marker) => text.includes(marker))) return null;
  if (body !== null && !isWhole(body, markers, text)) return null;
  const found = markers.supporting.filter((_, index) => text.includes(supporting[index] ?? ''));
  return { license, share: (required.length + found.length) / (required.length + supporting.length), evidence: [...markers.required, ...found] };
}

/** A text is itself only if nothing was put before, into or after it. */
function isWhole({ begins, ends, appendix }: NonNullable<Detector['body']>, { body: shape }: License['markers'], text: string): boolean {
  if (shape === undefined) return true;
  const begin = text.indexOf(begins);
  const end = text.indexOf(ends, begin);
  if (begin < 0 || end < 0) return false;
  const finish = end + ends.length;
  const rest = text.length - finish;
  const onlyAppendix = rest === 0 || (appendix !== null && text.startsWith(appendix, finish) && rest <= (shape.appendix?.characters ?? 0));
  return onlyAppendix && begin <= shape.before && Math.abs(finish - begin - shape.characters) <= shape.tolerance;
}
