import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectLicense } from './detect-license.ts';
import { createLicenseBook } from '../licenses/license-book.ts';
import { licenseCatalogue } from '../licenses/license-catalogue.ts';
import { fingerprintOf } from './license-fingerprint.ts';
import { licenseFingerprints } from './license-fingerprints.ts';
import type { License } from '../licenses/license.ts';
import { sampleLicense, sampleSister } from './sample-license.ts';

const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');
const mitEntry = licenseCatalogue.get('MIT') as License;
const entry = (id: string, name: string): License => ({ ...mitEntry, id, name, title: name, family: name, markers: { required: [], supporting: [], absent: [] }, hfTags: [] });
const book = createLicenseBook([
  entry('LicenseRef-Scale', 'Harbour Scale Model License'),
  entry('LicenseRef-Scale-Research', 'Harbour Scale Research License'),
  { ...entry('LicenseRef-Unprinted', 'Unprinted License'), markers: { required: ['weigh twice and carry once'], supporting: ['with both hands'], absent: [] } },
]);
const shape = { holes: [/<(?:year|owner)>/gu], sections: [/Appendix: how to put[\s\S]*$/u] };
const fingerprints = [fingerprintOf('LicenseRef-Scale', 'license', sampleLicense, shape, sha256Hex), fingerprintOf('LicenseRef-Scale-Research', 'license', sampleSister, shape, sha256Hex)];
const detect = (text: string) => detectLicense(text, { sha256Hex, licenses: book, fingerprints });
const copy = sampleLicense.replace('<year> <owner>', '2026 Harbour Works');
const body = copy.slice(0, copy.indexOf('Appendix'));

describe('a text that is the licence', () => {
  test.each([
    ['a copy with a name', copy],
    ['with the placeholders as they stand', sampleLicense],
    ['without its title', copy.slice(copy.indexOf('Copyright'))],
    ['without its title and copyright line', copy.slice(copy.indexOf('1. Grant'))],
    ['under a heading of Markdown', `# License\n\n## Harbour Scale Model License\n\n${copy.slice(copy.indexOf('Copyright'))}`],
    ['with several copyright lines', copy.replace('2026 Harbour Works', '2024-2026 Harbour Works Inc.\nCopyright (c) 2023 Ada Lovelace <ada@example.org> and contributors\nAll rights reserved.')],
    ['without its appendix', body],
    ['with Windows line ends and a byte order mark', `\uFEFF${copy.replaceAll('\n', '\r\n')}`],
    ['on one line', copy.replaceAll(/\s+/gu, ' ')],
    ['in capitals', copy.toUpperCase()],
    ['quoted as Markdown', copy.replaceAll('\n', '\n> ')],
    ['as a comment of C', copy.replaceAll('\n', '\n * ')],
    ['in bold and with bullets', copy.replaceAll(/^(\d)\. (\w+)/gmu, '**$1\\. $2**').replaceAll(/^ {3}([abc])\./gmu, '- ')],
    ['without clause numbers', copy.replaceAll(/^ *(?:\d|[abc])\. /gmu, '')],
    ['with curly quotes, dashes and hard spaces', copy.replaceAll("'", '\u2019').replaceAll(' of ', '\u00A0of ').replaceAll(', and', ' \u2013 and')],
    ['as HTML', `<html><body><h1>Harbour Scale Model License</h1>\n<p class="legal">${copy.slice(copy.indexOf('Copyright')).replaceAll('\n\n', '</p>\n<p>').replaceAll("'", '&#39;')}</p></body></html>`],
    ['hyphenated at line ends', copy.replace('receives', 're-\nceives').replace('description', 'descrip-\n  tion')],
    ['with the words of the other side of the ocean', copy.replaceAll('License', 'Licence')],
    ['with an identifier of SPDX', `SPDX-License-Identifier: LicenseRef-Scale\n${copy}`],
    ['after a sentence that says so', `This project is licensed under the Harbour Scale Model License:\n\n${copy}`],
  ])('%s', (_, text) => {
    const found = detect(text);

    expect(found).toMatchObject({ license: 'LicenseRef-Scale', nearMisses: [], matches: [{ license: 'LicenseRef-Scale', confidence: 1, by: 'text' }] });
    expect(found.matches[0]?.evidence[0]).toMatch(/^All \d+ words of its text, in order and no others\.$/);
    expect(found.explanation).toContain('every word was compared');
  });

  test('what was left aside is told', () => {
    expect(detect(copy).matches[0]?.evidence).toContainEqual(expect.stringContaining('2026 Harbour Works'));
  });

  test('of its sister is the sister, not nearly the licence', () => {
    expect(detect(sampleSister)).toMatchObject({ license: 'LicenseRef-Scale-Research', nearMisses: [] });
  });
});

describe('a near miss', () => {
  const clause = 'The Model may not be used for commercial purposes.';
  test.each([
    { title: 'a changed number', text: copy.replace('700 million', '500 million'), difference: { kind: 'changed', passage: '500', words: { text: 1, license: 1 }, near: expect.stringContaining('3. Limits'), line: 9 } },
    { title: 'a number in another currency', text: copy.replace('30 days', '$30 days'), difference: { kind: 'added', passage: '$' } },
    { title: 'a "not" more', text: copy.replace('shall give these terms', 'shall not give these terms'), difference: { kind: 'added', passage: 'not', after: expect.stringContaining('to another shall') } },
    { title: 'a "not" less', text: copy.replace('may not be used', 'may be used'), difference: { kind: 'missing', passage: null, words: { text: 0, license: 1 } } },
    { title: 'a clause more, inside', text: copy.replace('5. Names.', `5. ${clause}\n\n5. Names.`), difference: { kind: 'added', passage: expect.stringContaining('may not be used for commercial purposes.') } },
    { title: 'a clause more, at the end', text: `${copy}\n${clause}`, difference: { kind: 'added', passage: clause, line: 28 } },
    { title: 'a clause more, where the appendix was', text: `${body}\n${clause}`, difference: { kind: 'added', passage: clause } },
    { title: 'a clause more, before all', text: `${clause}\n\n${copy}`, difference: { kind: 'added', passage: expect.stringContaining(clause), after: null, line: 1 } },
    { title: 'a clause more, as a copyright line', text: copy.replace('2026 Harbour Works', '2026 Harbour Works. Non-commercial use only.'), difference: { kind: 'added' } },
    { title: 'a clause more, as an owner', text: copy.replace('2026 Harbour Works', '2026 whoever pays no fee'), difference: { kind: 'added' } },
    { title: 'a clause more, in Chinese', text: copy.replace('2026 Harbour Works', '2026 \u6E2F\u53E3 \u4EC5\u9650\u975E\u5546\u4E1A\u7528\u9014'), difference: { kind: 'added' } },
    { title: 'a clause more, in brackets that look like a tag', text: copy.replace('END OF', '<You may not sell it> END OF'), difference: { kind: 'added', passage: expect.stringContaining('You may not sell it') } },
    { title: 'a clause less', text: copy.replace(/ {3}b\..*\n/u, ''), difference: { kind: 'missing', words: { text: 0, license: expect.any(Number) }, near: expect.stringContaining('a. to guide a weapon') } },
    { title: 'a numbered clause less', text: copy.replace(/3\. Limits.*\n\n/u, ''), difference: { kind: 'missing', passage: null, words: { text: 0, license: expect.any(Number) }, near: expect.stringContaining('2. Passing it on') } },
    { title: 'a numbered clause less, and the next ones renumbered', text: copy.replace(/3\. Limits.*\n\n/u, '').replace('4. Field', '3. Field'), difference: { kind: 'missing', passage: null } },
    { title: 'another clause', text: copy.replace('to guide a weapon, or to choose whom a weapon is turned against', 'to write a poem'), difference: { kind: 'changed', passage: expect.stringContaining('write a poem') } },
    { title: 'half an appendix', text: copy.slice(0, copy.indexOf('put the year')), difference: { kind: 'missing' } },
    { title: 'a cut text', text: copy.slice(0, copy.indexOf('6. No promise')), difference: { kind: 'missing' } },
  ])('$title: reported with the passage', ({ text, difference }) => {
    const found = detect(text);

    expect(found).toMatchObject({ license: null, matches: [] });
    expect(found.nearMisses).toHaveLength(1);
    expect(found.nearMisses[0]).toMatchObject({ license: 'LicenseRef-Scale', differencesLeftOut: 0 });
    expect(found.nearMisses[0]?.similarity).toBeGreaterThan(0.5);
    expect(found.nearMisses[0]?.similarity).toBeLessThan(1);
    expect(found.nearMisses[0]?.differences).toContainEqual(expect.objectContaining(difference));
    expect(found.explanation).toContain('nearly LicenseRef-Scale');
  });

  test('two changes in two places are two differences, in order', () => {
    const { nearMisses } = detect(copy.replace('700 million', '7 million').replace('30 days', '3 days'));

    expect(nearMisses[0]?.differences.map(({ passage }) => passage)).toEqual(['7', '3']);
  });

  test('between two licences of a family is a near miss of the nearer', () => {
    expect(detect(sampleSister.replace('10 thousand', '20 thousand')).nearMisses.map(({ license }) => license)).toEqual(['LicenseRef-Scale-Research']);
  });

  test('no sentence put anywhere into the body leaves it the licence', () => {
    const words = body.trim().split(/(?<=\s)/u);
    const firstWord = words.findIndex((word) => word.startsWith('Grant'));
    const sentence = fc.array(fc.constantFrom('the', 'Licensor', 'may', 'not', 'only', 'person', 'users', 'commercial', 'model', 'harbour', 'whoever', '1,000', 'pays'), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(sentence, fc.integer({ min: firstWord + 1, max: words.length - 1 }), (added, place) => {
        const found = detect([...words.slice(0, place), `${added.join(' ')}. `, ...words.slice(place)].join(''));

        expect(found.license).toBeNull();
        expect(found.matches).toEqual([]);
      }),
      { numRuns: 150 },
    );
  }, 20_000);

  test('no word taken from the body leaves it the licence, unless it numbers a clause', () => {
    const words = body.split(/(?<=\s)/u);
    const firstWord = words.findIndex((word) => word.startsWith('Grant'));
    fc.assert(
      fc.property(fc.integer({ min: firstWord, max: words.length - 1 }), (place) => {
        fc.pre(/[\p{Letter}\p{Number}]/u.test(words[place] ?? '') && !/^(?:\d|[abc])\.\s/u.test(words[place] ?? ''));

        expect(detect([...words.slice(0, place), ...words.slice(place + 1)].join('')).license).toBeNull();
      }),
      { numRuns: 150 },
    );
  }, 20_000);

  test('white space and letter case never matter', () => {
    const spaces = fc.array(fc.constantFrom(' ', '\n', '\t', '\r\n', '  \n    ', '\u00A0', '\n\n> ', '\n * '), { minLength: 10, maxLength: 50 });
    fc.assert(
      fc.property(spaces, fc.array(fc.boolean(), { minLength: 7, maxLength: 31 }), (gaps, capitals) => {
        let gap = 0;
        const spaced = body.replaceAll(/\s+/gu, () => gaps[gap++ % gaps.length] ?? ' ');
        const cased = spaced.replaceAll(/\p{Letter}/gu, (character: string, index: number) => (capitals[index % capitals.length] === true ? character.toUpperCase() : character));

        expect(detect(cased).license).toBe('LicenseRef-Scale');
      }),
      { numRuns: 60 },
    );
  }, 20_000);
});

describe('a text of several', () => {
  test('two whole licences are both, and no answer', () => {
    expect(detect(`${copy}\n\n-----\n\n${sampleSister}`)).toMatchObject({ license: null, nearMisses: [], matches: [{ license: 'LicenseRef-Scale' }, { license: 'LicenseRef-Scale-Research' }] });
  });

  test('the same licence twice is one', () => {
    expect(detect(`${copy}\n\n${copy}`)).toMatchObject({ license: 'LicenseRef-Scale', nearMisses: [], matches: [{ license: 'LicenseRef-Scale' }] });
  });

  test('a policy between them makes near misses of both', () => {
    const found = detect(`${copy}\n\nNobody may use either of them at sea.\n\n${sampleSister}`);

    expect(found).toMatchObject({ license: null, matches: [] });
    expect(found.nearMisses.map(({ license }) => license).toSorted()).toEqual(['LicenseRef-Scale', 'LicenseRef-Scale-Research']);
  });

  test('a licence inside a long text is found, and the rest is told', () => {
    const prose = 'Here is told how the model was trained, on which ships, and what the gulls thought of it. '.repeat(200);
    const found = detect(`${prose}\n\n${copy}`);

    expect(found).toMatchObject({ license: null, matches: [] });
    expect(found.nearMisses[0]).toMatchObject({ license: 'LicenseRef-Scale', differences: [{ kind: 'added', words: { license: 0 } }] });
    expect(found.nearMisses[0]?.differences[0]?.passage?.length).toBeLessThan(2_100);
  });
});

describe('a licence without a fingerprint', () => {
  test.each([
    { text: 'You shall weigh twice and carry once, with both hands.', confidence: 0.85 },
    { text: 'You shall weigh twice and carry once.', confidence: 0.68 },
  ])('is recognised by its markers, with confidence $confidence and no answer', ({ text, confidence }) => {
    const found = detect(text);

    expect(found).toMatchObject({ license: null, matches: [{ license: 'LicenseRef-Unprinted', confidence, by: 'markers' }] });
    expect(found.matches[0]?.evidence).toContain('weigh twice and carry once');
    expect(found.explanation).toContain('no fingerprint is known');
  });

  test('beside a whole text is told, and the text is no answer any more', () => {
    expect(detect(`${copy}\n\nYou shall weigh twice and carry once.`)).toMatchObject({ license: null, nearMisses: [{ license: 'LicenseRef-Scale' }], matches: [{ license: 'LicenseRef-Unprinted', by: 'markers' }] });
  });
});

describe('nothing', () => {
  test.each([
    ['no text', ''],
    ['layout alone', '   \n---\n'],
    ['a mention', 'This model is under the Harbour Scale Model License.'],
    ['a sentence of one\u2019s own', 'You may use this model as long as we like you. Ask Acme before you do anything with it.'],
    ['the appendix alone', copy.slice(copy.indexOf('Appendix'))],
  ])('%s', (_, text) => {
    expect(detect(text)).toMatchObject({ license: null, matches: [], nearMisses: [] });
  });

  test('an id that the book has not is told as what SPDX lists', () => {
    const found = detectLicense(copy, { sha256Hex, fingerprints: [fingerprintOf('EUPL-1.2', 'spdx', sampleLicense, shape, sha256Hex)], findListed: () => ({ name: 'Harbour Scale Model License', osiApproved: true }) });

    expect(found).toMatchObject({ license: 'EUPL-1.2', matches: [], uncatalogued: [{ license: 'EUPL-1.2', osiApproved: true, by: 'text' }] });
    expect(found.explanation).toContain('which SPDX lists and this catalogue has not read');
  });
});

test('any text at all ends in an answer, and no noise is a licence', () => {
  const noise = fc.array(fc.integer({ min: 0, max: 0xff_ff }), { maxLength: 20 }).map((codes) => String.fromCharCode(...codes));
  const pieces = fc.array(fc.oneof(noise, fc.constantFrom(...copy.split('\n\n'), '<p>', '](', '&#39;', '-\n', '\uD800', '\u0000')), { maxLength: 30 });
  fc.assert(
    fc.property(pieces, (parts) => {
      const { license, matches, nearMisses } = detect(parts.join(' '));

      expect(license === null || matches.some((match) => match.license === license)).toBe(true);
      for (const { similarity, differences } of nearMisses) expect(similarity < 1 && differences.length > 0).toBe(true);
    }),
    { numRuns: 150 },
  );
}, 20_000);

describe('time is bounded', () => {
  const ofLength = (part: string, length: number) => part.repeat(Math.ceil(length / part.length)).slice(0, length);
  test.each([
    ['one letter', ofLength('a', 1_000_000)],
    ['two letters', ofLength('x ', 1_000_000)],
    ['a sentence of a licence', ofLength('The Licensor promises nothing about it, and answers for no damage that comes from using it. ', 1_000_000)],
    ['a licence again and again', ofLength(copy, 1_000_000)],
    ['a licence and its sister in turn', ofLength(`${copy}${sampleSister}`, 1_000_000)],
    ['layout', ofLength(' \n', 1_000_000)],
    ['beginnings of tags and links', ofLength('<a &am ](', 1_000_000)],
    ['hyphens and quotes', ofLength("a-\n'b-\n", 1_000_000)],
    ['letters that become many', ofLength('\uFDFA', 1_000_000)],
    ['five megabytes', ofLength('weigh it, carry it, ', 5_000_000)],
  ])('for a text of %s', (_, text) => {
    for (const from of [fingerprints, licenseFingerprints]) {
      const before = performance.now();
      detectLicense(text, { sha256Hex, licenses: book, fingerprints: from });

      expect(performance.now() - before).toBeLessThan(3_000);
    }
  }, 20_000);

  test('a text past a million characters is never an answer: its end was not read', () => {
    expect(detect(`${copy}${' '.repeat(1_000_000)}No use at sea.`).license).toBeNull();
  });
});

test('fingerprints are of licences once for each text, and no marker stands in them', () => {
  const keys = licenseFingerprints.map(({ license, text }) => `${license} ${text}`);

  expect(new Set(keys).size).toBe(keys.length);
  expect(licenseFingerprints.length).toBeGreaterThan(100);
  for (const { words, codes, blocks, digest } of licenseFingerprints) {
    expect(codes).toHaveLength(words);
    expect(blocks).toHaveLength(Math.floor(words / 8) * 5);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
  }
});
