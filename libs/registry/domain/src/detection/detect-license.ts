import { compareText } from './compare-text.ts';
import type { TextComparison } from './compare-text.ts';
import { createFingerprintIndex } from './fingerprint-index.ts';
import type { FingerprintIndex } from './fingerprint-index.ts';
import { titleWordsOf } from './license-asides.ts';
import { catalogueBook } from '../licenses/license-book.ts';
import type { LicenseBook } from '../licenses/license-book.ts';
import type { LicenseFingerprint, Sha256Hex } from './license-fingerprint.ts';
import { licenseFingerprints } from './license-fingerprints.ts';
import { findMarkers } from './license-markers.ts';
import { maxLicenseTextCharacters } from './license-recognition.ts';
import type { LicenseMatch, LicenseRecognition } from './license-recognition.ts';
import { listedLicense } from './license-tags.ts';
import type { FindListed } from './license-tags.ts';
import { readWords } from './license-words.ts';

export interface DetectLicenseOptions {
  readonly sha256Hex: Sha256Hex;
  /** The licences in force; absent: the catalogue as it ships. */
  readonly licenses?: LicenseBook;
  /** The texts to compare with; absent: those that ship. */
  readonly fingerprints?: readonly LicenseFingerprint[];
  readonly findListed?: FindListed;
}

/** Markers alone: a likeness, of which the worst is known (no marker beyond the required) and the best. */
const byMarkers = { least: 0.5, most: 0.85 } as const;

/**
 * Which licences a text is, and which it nearly is. Sure is only a text of which every word was compared (`by: 'text'`). A licence without a fingerprint is
 * recognised by telling sentences, with less confidence, and is then never the answer: a clause may differ unseen. Texts are looked at up to a million
 * characters; whoever takes longer ones refuses them.
 */
export function detectLicense(text: string, { sha256Hex, licenses = catalogueBook, fingerprints = licenseFingerprints, findListed = () => undefined }: DetectLicenseOptions): LicenseRecognition {
  const looked = text.slice(0, maxLicenseTextCharacters);
  const index = indexOf(fingerprints);
  const compared = compareText(readWords(looked), index, titlesOf(licenses, findListed), sha256Hex);
  const fingerprinted = new Set(fingerprints.map(({ license }) => license));
  const isExplained = compared.matches.length > 0 && compared.nearMisses.length === 0;
  const likenesses = isExplained ? [] : findMarkers(looked, licenses, (license) => !fingerprinted.has(license)).map(({ license, share, evidence }): LicenseMatch => ({
    license,
    confidence: Math.round((byMarkers.least + (byMarkers.most - byMarkers.least) * share) * 100) / 100,
    evidence: [...evidence],
    by: 'markers',
  }));
  const uncatalogued = compared.matches.filter(({ license }) => licenses.get(license) === undefined).flatMap(({ license }) => listedLicense(license, 'text', findListed));
  const isSure = compared.matches.length === 1 && compared.nearMisses.length === 0 && likenesses.length === 0 && text.length <= maxLicenseTextCharacters;
  return {
    license: isSure ? (compared.matches[0]?.license ?? null) : null,
    matches: [...compared.matches.filter(({ license }) => !uncatalogued.some((one) => one.license === license)), ...likenesses],
    nearMisses: [...compared.nearMisses],
    uncatalogued,
    explanation: [explain(compared, likenesses), ...uncatalogued.map(({ message }) => message)].join(' '),
  };
}

const indexes = new WeakMap<readonly LicenseFingerprint[], FingerprintIndex>();
function indexOf(fingerprints: readonly LicenseFingerprint[]): FingerprintIndex {
  let index = indexes.get(fingerprints);
  if (index === undefined) indexes.set(fingerprints, (index = createFingerprintIndex(fingerprints)));
  return index;
}

/** Words by which each licence is called, worked out once. */
function titlesOf(licenses: LicenseBook, findListed: FindListed): (license: string) => ReadonlySet<string> {
  const known = new Map<string, ReadonlySet<string>>();
  return (license) => {
    let words = known.get(license);
    if (words === undefined) {
      const entry = licenses.get(license);
      known.set(license, (words = entry === undefined ? titleWordsOf(license, findListed(license)?.name ?? '') : titleWordsOf(entry.id, entry.name, entry.title, entry.family)));
    }
    return words;
  };
}

const listed = (licenses: readonly { readonly license: string }[]): string => licenses.map(({ license }) => license).join(', ');

function explain({ matches, nearMisses }: TextComparison, likenesses: readonly LicenseMatch[]): string {
  const sentences: string[] = [];
  if (matches.length === 1) sentences.push(nearMisses.length === 0 ? `The text is ${listed(matches)}: every word was compared.` : `The text holds ${listed(matches)}, whole.`);
  if (matches.length > 1) sentences.push(`The text holds several licences, each whole: ${listed(matches)}. Which of them was granted for what has to be read.`);
  if (nearMisses.length > 0) sentences.push(`It is nearly ${listed(nearMisses)}, and not the same: the differing passages have to be read.`);
  if (likenesses.length > 0) sentences.push(`It has the telling sentences of ${listed(likenesses)}, of which no fingerprint is known here: whether the rest is the same has to be read.`);
  return sentences.length === 0 ? 'The text is none that is known here.' : sentences.join(' ');
}
