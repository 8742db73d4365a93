import { licenseCatalogue } from './license-catalogue.ts';
import type { License } from './license.ts';

export interface LicenseDetection {
  /** Id in the catalogue. */
  readonly license: string;
  /** 0 to 1; 1 would be a comparison of the whole text, which markers are not. */
  readonly confidence: number;
  /** The words of the text that led here. */
  readonly evidence: readonly string[];
}

/** Characters that are looked at. Longer texts are cut: no licence is a tenth as long. */
const maxCharacters = 1_000_000;
const surest = 0.99;
const requiredOnly = 0.8;

/** Letters, digits and `+` (OpenRAIL is not OpenRAIL++) in one case: layout, quotes, Markdown and line breaks do not change which licence it is. */
const normalized = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/[^\p{Letter}\p{Number}+]+/gu, '');

interface Detector {
  readonly license: string;
  readonly markers: License['markers'];
  readonly required: readonly string[];
  readonly supporting: readonly string[];
  readonly absent: readonly string[];
  readonly body: { readonly begins: string; readonly ends: string; readonly appendix: string | null } | null;
}

const detectors: readonly Detector[] = [...licenseCatalogue.values()].map(({ id, markers }) => ({
  license: id,
  markers,
  required: markers.required.map(normalized),
  supporting: markers.supporting.map(normalized),
  absent: markers.absent.map(normalized),
  body: markers.body === undefined ? null : { begins: normalized(markers.body.begins), ends: normalized(markers.body.ends), appendix: markers.body.appendix === undefined ? null : normalized(markers.body.appendix.begins) },
}));

/**
 * Which licences of the catalogue a text is, surest first; empty when it is none that is known. A text that only begins like a known one (a modified MIT)
 * is not taken for it. Several results mean that the file holds several texts, or that one quotes another.
 */
export function detectLicense(text: string): LicenseDetection[] {
  const searched = normalized(text.length > maxCharacters ? text.slice(0, maxCharacters) : text);
  if (searched === '') return [];
  return detectors.flatMap((detector) => detect(detector, searched) ?? []).toSorted((a, b) => b.confidence - a.confidence || (a.license < b.license ? -1 : 1));
}

function detect({ license, markers, required, supporting, absent, body }: Detector, text: string): LicenseDetection | null {
  if (required.length === 0 || !required.every((marker) => text.includes(marker)) || absent.some((marker) => text.includes(marker))) return null;
  if (body !== null && !isWhole(body, markers, text)) return null;
  const found = markers.supporting.filter((_, index) => text.includes(supporting[index] ?? ''));
  const share = supporting.length === 0 ? 1 : found.length / supporting.length;
  return { license, confidence: Math.round((requiredOnly + (surest - requiredOnly) * share) * 100) / 100, evidence: [...markers.required, ...found] };
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
