import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLicenseBook, catalogueBook } from './license-book.ts';
import { licenseCatalogue } from './license-catalogue.ts';
import { LicenseExpression, canonicalLicense, licenseAlternatives } from './license-expression.ts';
import type { License } from './license.ts';

const negotiated: License = { ...(licenseCatalogue.get('LicenseRef-Llama-3.1') as License), id: 'LicenseRef-Acme-Negotiated', name: 'Acme negotiated', hfTags: ['acme-llama'] };
const book = createLicenseBook([negotiated]);

describe('canonicalLicense', () => {
  test.each([
    ['mit', 'MIT'],
    ['apache-2.0', 'Apache-2.0'],
    ['llama3.1', 'LicenseRef-Llama-3.1'],
    ['mit or apache-2.0', 'MIT OR Apache-2.0'],
    ['MIT OR MIT', 'MIT'],
    ['(MIT)', 'MIT'],
    ['MIT OR (Apache-2.0 OR BSD-3-Clause)', 'MIT OR Apache-2.0 OR BSD-3-Clause'],
    ['MIT OR Apache-2.0 AND BSD-3-Clause', 'MIT OR (Apache-2.0 AND BSD-3-Clause)'],
    ['(MIT OR Apache-2.0) AND llama3.1', '(MIT OR Apache-2.0) AND LicenseRef-Llama-3.1'],
    ['gpl-2.0-only with Classpath-exception-2.0', 'GPL-2.0-only WITH Classpath-exception-2.0'],
    ['GPL-2.0', 'GPL-2.0-only'],
    ['GPL-2.0+ OR MIT', 'GPL-2.0-or-later OR MIT'],
    ['Apache-2.0+', 'Apache-2.0+'],
    ['NTP', 'NTP'],
    ['ntp', 'NTP'],
    ['LicenseRef-Ours OR MIT', 'LicenseRef-Ours OR MIT'],
    ['OpenMDW-1.1 OR MIT', 'OpenMDW-1.1 OR MIT'],
    ['acme-llama AND MIT', 'LicenseRef-Acme-Negotiated AND MIT'],
  ])('%s is %s', (declared, canonical) => {
    expect(canonicalLicense(declared, book)).toBe(canonical);
    expect(canonicalLicense(canonical, book)).toBe(canonical);
    expect(LicenseExpression.safeParse(canonical).success).toBe(true);
  });

  test.each(['', ' ', 'other', 'MIT OR', 'OR MIT', 'MIT Apache-2.0', '(MIT', 'MIT)', 'MIT/Apache-2.0', 'no such licence', 'MIT WITH nothing-known', 'MIT AND (OR)', '\0', 'MIT OR foo', `MIT${' OR MIT'.repeat(200)}`, '('.repeat(400)])('%j is none', (declared) => {
    expect(canonicalLicense(declared, book)).toBeNull();
  });

  test('what would have to be weighed in too many ways is none', () => {
    const three = (a: string, b: string, c: string) => `(${a} OR ${b} OR ${c})`;
    const either = [three('MIT', 'ISC', 'Zlib'), three('0BSD', 'MIT-0', 'NCSA'), three('BSL-1.0', 'PostgreSQL', 'Unlicense'), three('BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0')];

    expect(canonicalLicense(either.slice(0, 3).join(' AND '))).not.toBeNull();
    expect(canonicalLicense(either.join(' AND '))).toBeNull();
  });

  test('any text ends in an expression or in null, and an expression is a fixed point', () => {
    const word = fc.constantFrom('MIT', 'apache-2.0', 'OR', 'AND', 'with', 'WITH', '(', ')', 'GPL-3.0+', 'LicenseRef-x', 'llama3.1', 'Classpath-exception-2.0', '+', ':', 'DocumentRef-a:LicenseRef-b', '\n');
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 60 }), fc.array(word, { maxLength: 12 }).map((words) => words.join(' '))), (text) => {
        const canonical = canonicalLicense(text);
        if (canonical !== null) expect(canonicalLicense(canonical)).toBe(canonical);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('licenseAlternatives', () => {
  const wordsOf = (expression: string) => licenseAlternatives(expression, catalogueBook).map(({ words }) => words);

  test.each([
    ['MIT OR Apache-2.0', ['MIT', 'Apache-2.0']],
    ['MIT AND Apache-2.0', ['MIT AND Apache-2.0']],
    ['(MIT OR Apache-2.0) AND BSD-3-Clause', ['MIT AND BSD-3-Clause', 'Apache-2.0 AND BSD-3-Clause']],
    ['MIT OR (MIT AND Apache-2.0)', ['MIT', 'MIT AND Apache-2.0']],
    ['GPL-2.0-only WITH Classpath-exception-2.0 OR MIT', ['GPL-2.0-only WITH Classpath-exception-2.0', 'MIT']],
    ['CC-BY-3.0+', ['CC-BY-3.0', 'CC-BY-4.0']],
    ['Apache-2.0+', ['Apache-2.0']],
    ['GPL-2.0-or-later OR MIT', ['GPL-2.0-or-later', 'GPL-3.0-only', 'MIT']],
    ['LicenseRef-Nobody', ['LicenseRef-Nobody']],
  ])('%s: %j', (expression, words) => {
    expect(wordsOf(expression)).toEqual(words);
  });

  test('a licence that the book lacks has no entry, and the others have theirs', () => {
    const [unknown, known] = licenseAlternatives('LicenseRef-Nobody OR MIT', catalogueBook);

    expect(unknown?.licenses).toEqual([{ id: 'LicenseRef-Nobody', entry: null, exception: null }]);
    expect(known?.licenses[0]?.entry?.id).toBe('MIT');
  });

  test('the same expression is read by the book that is asked', () => {
    expect(licenseAlternatives('LicenseRef-Acme-Negotiated OR MIT', catalogueBook)[0]?.licenses[0]?.entry).toBeNull();
    expect(licenseAlternatives('LicenseRef-Acme-Negotiated OR MIT', book)[0]?.licenses[0]?.entry).toBe(negotiated);
  });
});
