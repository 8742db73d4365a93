import { licenseFromTags } from '@weighbridge/registry-domain';
import type { LicenseNearMiss } from '@weighbridge/registry-domain';
import type { DraftNotes } from './draft.ts';
import { recognizeText } from './recognize-license.ts';

/** Every sign of a licence that a publication gives. */
export interface LicenseSigns {
  /** `license` of a model card, `general.license` of GGUF. */
  readonly tag: string | null;
  readonly name: string | null;
  readonly link: string | null;
  /** LICENSE files that speak of the weights. */
  readonly texts: readonly { readonly fileName: string; readonly text: string }[];
}

export interface DeclaredLicense {
  /** The licence that the signs agree on, as an id of the catalogue; null when there is none that is known, or when they disagree. */
  readonly id: string | null;
  /** What to register: the id, one of those that disagree, or the publisher's own word, but never a word that means a licence which a text puts in doubt. */
  readonly declared: string | null;
  /** What the signs claim beside `declared`: which of them was granted is for a person to say. */
  readonly conflicting: string[];
}

/** What the signs of a publication say together. Registering the answer as it is never gives more than they agree on. */
export function declaredLicense({ tag, name, link, texts }: LicenseSigns, notes: DraftNotes): DeclaredLicense {
  const byTag = licenseFromTags({ license: tag, licenseName: name, licenseLink: link });
  const words = [tag, name].filter((word) => word !== null).join(' / ');
  const declared = (tag === null || tag.toLowerCase() === 'other' ? name : tag) ?? tag;
  const found = texts.map(({ fileName, text }) => ({ fileName, ...recognizeText(text) }));
  for (const { fileName, matches, uncatalogued } of found) {
    for (const match of matches) notes.read('license', match.license, `${fileName}: ${match.by === 'text' ? 'the whole text' : 'telling sentences'}, confidence ${match.confidence}`);
    for (const { license, message } of uncatalogued) {
      notes.read('license', license, `${fileName}: the whole text`);
      notes.found(`${fileName}: ${message}`, 'info', [fileName]);
    }
  }
  const byText = new Set(found.flatMap(({ matches, uncatalogued }) => [...matches, ...uncatalogued].map((match) => match.license)));

  // Sure is only a text that was compared word by word: anything else may have a clause more or less.
  const doubted = found.filter(({ license, matches }) => license === null && (matches.length === 0 || matches.some(({ by }) => by === 'markers')));
  const nearly = found.filter(({ nearMisses }) => nearMisses.length > 0);
  if (doubted.length > 0 || nearly.length > 0) {
    for (const { fileName, nearMisses } of nearly) for (const nearMiss of nearMisses.slice(0, 3)) notes.found(describeNearMiss(fileName, nearMiss), 'error', [fileName]);
    const whatever = words === '' ? '' : `, whatever the tag ${JSON.stringify(words)} says`;
    for (const { fileName, matches } of doubted.filter(({ nearMisses }) => nearMisses.length === 0))
      notes.found(
        matches.length === 0
          ? `${fileName}: the licence text is none that is known here${whatever}. Read it, and register with a licence of your choice.`
          : `${fileName}: the text has the telling sentences of ${matches.map(({ license }) => license).join(' and ')}, but no fingerprint is known here to compare all of it with. Read it, and register with a licence of your choice.`,
        'warning',
        [fileName],
      );
    return { id: null, declared: byTag === null && licenseFromTags({ license: declared }) === null ? declared : null, conflicting: [] };
  }
  const claims = new Set([licenseFromTags({ license: tag }), licenseFromTags({ licenseName: name })].filter((claim) => claim !== null));
  if (byTag === null && claims.size > 1) {
    notes.found(`The tags contradict each other: ${[...claims].join(' and ')}.`);
    return disagreeing([...claims, ...byText]);
  }
  if (byTag !== null && byText.size > 0 && !byText.has(byTag)) {
    notes.found(`The tags say ${byTag}, the licence text is ${[...byText].join(' and ')}: which one was granted has to be read.`);
    return disagreeing([byTag, ...byText]);
  }
  if (byTag === null && byText.size > 1) {
    notes.found(`The licence files hold several licences: ${[...byText].join(', ')}.`);
    return disagreeing([...byText]);
  }
  const id = byTag ?? [...byText][0] ?? null;
  if (byTag === null && id !== null && words !== '') notes.found(`The licence tag ${JSON.stringify(words)} was not recognised; ${id} is what the licence text says.`);
  if (id === null) notes.found(words === '' ? 'No licence is stated: every use needs a review.' : `The licence ${JSON.stringify(words)} is not recognised: every use needs a review.`);
  return { id, declared: id ?? declared, conflicting: [] };
}

function disagreeing(claims: readonly string[]): DeclaredLicense {
  const [declared = null, ...conflicting] = new Set(claims);
  return { id: null, declared, conflicting };
}

const shownDifferences = 3;

/** A near miss in a sentence, with the passages that make it one. */
function describeNearMiss(fileName: string, { license, differences, differencesLeftOut }: LicenseNearMiss): string {
  const shown = differences.slice(0, shownDifferences).map(({ kind, passage, after, line, words }) => {
    const where = `line ${line}${after === null ? '' : `, after ${JSON.stringify(after.slice(-60))}`}`;
    return kind === 'missing' ? `${words.license} words are missing (${where})` : `${kind} ${JSON.stringify(passage?.slice(0, 200) ?? '')} (${where})`;
  });
  const more = differences.length + differencesLeftOut - shown.length;
  return `${fileName}: the text is nearly ${license}, and not the same: ${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}. A person has to read it.`;
}
