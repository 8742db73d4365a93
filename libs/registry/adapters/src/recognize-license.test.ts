import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { licenseCatalogue } from '@weighbridge/registry-domain';
import { describe, expect, test } from 'vitest';
import { findListedLicense, recognizeSigns, recognizeText } from './recognize-license.ts';

const require = createRequire(import.meta.url);
/** The true text, as SPDX has it. */
const spdx = (id: string): string => (require(`spdx-license-list/licenses/${id}.json`) as { licenseText: string }).licenseText;
const mit = spdx('MIT').replace('<year> <copyright holders>', '2023 DeepSeek');
const apache = readFileSync(join(import.meta.dirname, '../../../../LICENSE'), 'utf8');
const kimi = 'Our only modification part is that, if the Software is used for commercial products, you shall prominently display \u201CKimi K2\u201D on the user interface.';

describe('the text of each licence of the catalogue that SPDX lists', () => {
  const listed = [...licenseCatalogue.keys()].filter((id) => findListedLicense(id) !== undefined && !id.endsWith('-or-later') && !id.startsWith('OpenMDW-1.1'));

  test.each(listed)('is %s and no other', (id) => {
    expect(recognizeText(spdx(id))).toMatchObject({ license: id, nearMisses: [], matches: [{ license: id, confidence: 1, by: 'text' }] });
  });

  test.each(listed)('of %s with a sentence at its end is a near miss', (id) => {
    const found = recognizeText(`${spdx(id)}\n\nYou may not use it for commercial purposes.`);

    expect(found).toMatchObject({ license: null, matches: [] });
    expect(found.nearMisses[0]).toMatchObject({ license: id, differences: [{ kind: 'added', passage: expect.stringContaining('commercial purposes.') }] });
  });

  test.each(listed)('of %s with a sentence in the middle is a near miss', (id) => {
    const text = spdx(id);
    const middle = text.indexOf(' ', text.length / 2);
    const found = recognizeText(`${text.slice(0, middle)} only on Sundays, and not for money, ${text.slice(middle)}`);

    expect(found).toMatchObject({ license: null, matches: [] });
    expect(found.nearMisses.map(({ license }) => license)).toContain(id);
    expect(found.nearMisses[0]?.differences.some(({ passage }) => passage?.includes('Sundays') === true)).toBe(true);
  });
});

describe('a text', () => {
  test.each([
    ['MIT with a copyright line', mit, 'MIT'],
    ['Apache-2.0 of this repository', apache, 'Apache-2.0'],
    ['Apache-2.0 without its appendix', apache.slice(0, apache.indexOf('APPENDIX')), 'Apache-2.0'],
    ['the notice of Apache-2.0 alone', `Copyright 2026 Acme\n\n${spdx('Apache-2.0').slice(spdx('Apache-2.0').indexOf('Licensed under the Apache'))}`, 'Apache-2.0'],
    ['MIT with Windows line ends and a mark of byte order', `\uFEFF${mit.replaceAll('\n', '\r\n')}`, 'MIT'],
    ['MIT in curly quotes', mit.replaceAll('"Software"', '\u201CSoftware\u201D').replaceAll('"AS IS"', '\u201CAS IS\u201D'), 'MIT'],
    ['MIT on one line', mit.replaceAll(/\s+/gu, ' '), 'MIT'],
    ['MIT as HTML', `<p>${mit.replaceAll('\n\n', '</p>\n<p>').replaceAll('"', '&quot;')}</p>`, 'MIT'],
    ['BSD-3-Clause with a name in it', spdx('BSD-3-Clause').replace('<year> <owner>', '2026, Acme Inc.').replace('the copyright holder nor', 'Acme Inc. nor'), 'BSD-3-Clause'],
    ['ISC with its usual words', spdx('ISC').replaceAll(/ISC (?=DISCLAIMS|BE)/gu, 'THE AUTHOR ').replace(/Copyright[\s\S]*Consortium\n/u, 'Copyright (c) 2026 Ada Lovelace\n'), 'ISC'],
    ['GPL-3.0, which does not say whether later versions may be chosen', spdx('GPL-3.0-or-later'), 'GPL-3.0-only'],
  ])('%s', (_, text, id) => {
    expect(recognizeText(text)).toMatchObject({ license: id, nearMisses: [] });
  });

  test.each([
    { title: 'MIT with a clause on its use', text: mit.replace('subject to the\nfollowing conditions:', 'subject to the\nfollowing conditions:\n\nThe Software shall not be used for weapons.'), license: 'MIT', kind: 'added', passage: 'The Software shall not be used for weapons.' },
    { title: 'MIT with the closing paragraph of Kimi K2 in other words', text: `${mit}\n\n${kimi}`, license: 'MIT', kind: 'added', passage: kimi },
    { title: 'MIT without its warranty', text: mit.slice(0, mit.indexOf('THE SOFTWARE IS')), license: 'MIT', kind: 'missing', passage: null },
    { title: 'Apache-2.0 with one word changed', text: apache.replace('perpetual,', 'revocable,'), license: 'Apache-2.0', kind: 'changed', passage: 'revocable,' },
    { title: 'Apache-2.0 with one number changed', text: apache.replace('fifty percent (50%)', 'fifty percent (5%)'), license: 'Apache-2.0', kind: 'changed', passage: '5' },
    { title: 'Apache-2.0 with the Commons Clause before it', text: `\u201CCommons Clause\u201D License Condition v1.0\n\nThe Software is provided to you subject to the following condition.\n\n${apache}`, license: 'Apache-2.0', kind: 'added', passage: expect.stringContaining('Commons Clause') as string },
    { title: 'CC-BY-4.0 with a policy', text: `${spdx('CC-BY-4.0')}\nBy using it you also accept the Acceptable Use Policy of Acme.`, license: 'CC-BY-4.0', kind: 'added', passage: expect.stringContaining('Acceptable Use Policy') as string },
  ])('$title: a near miss, with the passage', ({ text, license, kind, passage }) => {
    const found = recognizeText(text);

    expect(found).toMatchObject({ license: null, matches: [] });
    expect(found.nearMisses[0]?.license).toBe(license);
    expect(found.nearMisses[0]?.differences).toContainEqual(expect.objectContaining({ kind, passage }));
  });

  test('of two licences, one after the other, is both', () => {
    expect(recognizeText(`${mit}\n\n=====\n\n${apache}`)).toMatchObject({ license: null, nearMisses: [], matches: [{ license: 'MIT' }, { license: 'Apache-2.0' }] });
  });

  test('that SPDX lists and the catalogue has not read is named as that', () => {
    expect(recognizeText(spdx('EUPL-1.2'))).toMatchObject({ license: 'EUPL-1.2', matches: [], nearMisses: [], uncatalogued: [{ license: 'EUPL-1.2', by: 'text', osiApproved: true, message: expect.stringContaining('add it as a licence of the organisation') }] });
  });

  test('that SPDX lists and that differs from MIT by a sentence is not MIT', () => {
    expect(recognizeText(spdx('JSON'))).toMatchObject({ license: 'JSON', nearMisses: [], uncatalogued: [{ license: 'JSON', osiApproved: false }] });
  });
});

describe('tags', () => {
  test.each([
    { tags: { license: 'mit' }, license: 'MIT', matches: [{ license: 'MIT', confidence: 0.9, by: 'tag', evidence: ['license: mit'] }] },
    { tags: { license: 'other', licenseName: 'Llama 3.1 Community License' }, license: 'LicenseRef-Llama-3.1', matches: [{ license: 'LicenseRef-Llama-3.1', confidence: 0.8, by: 'name' }] },
    { tags: { license: 'other', licenseLink: 'https://ai.google.dev/gemma/terms' }, license: 'LicenseRef-Gemma', matches: [{ license: 'LicenseRef-Gemma', confidence: 0.7, by: 'link' }] },
    { tags: { license: 'gemma', licenseLink: 'https://ai.google.dev/gemma/terms' }, license: 'LicenseRef-Gemma', matches: [{ license: 'LicenseRef-Gemma', confidence: 0.95, by: 'tag', evidence: ['license: gemma', 'license_link: https://ai.google.dev/gemma/terms'] }] },
  ])('$tags mean $license', ({ tags, license, matches }) => {
    expect(recognizeSigns({ tags })).toMatchObject({ license, matches, nearMisses: [], uncatalogued: [] });
  });

  test.each([
    { tags: { license: 'mit', licenseName: 'llama3.1' }, explanation: 'contradict each other: license "mit" means MIT, license_name "llama3.1" means LicenseRef-Llama-3.1' },
    { tags: { license: 'mit', licenseLink: 'https://ai.google.dev/gemma/terms' }, explanation: 'contradict each other' },
    { tags: { license: 'mit', licenseName: 'house rules' }, explanation: 'license means MIT, but license_name "house rules" is not known' },
    { tags: { license: 'other', licenseName: 'modified-mit' }, explanation: 'at least four texts go by that name' },
    { tags: { license: 'house rules' }, explanation: 'license "house rules" means no licence that is known here' },
    { tags: { license: 'other' }, explanation: 'The tags name no licence.' },
    { tags: {}, explanation: 'The tags name no licence.' },
  ])('$tags give no answer, and why', ({ tags, explanation }) => {
    const found = recognizeSigns({ tags });

    expect(found.license).toBeNull();
    expect(found.explanation).toContain(explanation);
    for (const { confidence } of found.matches) expect(confidence).toBeLessThanOrEqual(0.9);
  });

  test('that name what SPDX lists and the catalogue has not read say so', () => {
    expect(recognizeSigns({ tags: { license: 'eupl-1.2' } })).toMatchObject({ license: 'EUPL-1.2', matches: [], uncatalogued: [{ license: 'EUPL-1.2', by: 'tag', name: expect.stringContaining('European Union') }] });
  });
});

describe('an expression', () => {
  test.each([
    { expression: 'MIT OR Apache-2.0', license: 'MIT OR Apache-2.0', known: ['MIT', 'Apache-2.0'], strange: [] },
    { expression: '(mit or apache-2.0)', license: 'MIT OR Apache-2.0', known: ['MIT', 'Apache-2.0'], strange: [] },
    { expression: 'MIT AND EUPL-1.2', license: 'MIT AND EUPL-1.2', known: ['MIT'], strange: ['EUPL-1.2'] },
    { expression: 'Llama 3.1', license: 'LicenseRef-Llama-3.1', known: ['LicenseRef-Llama-3.1'], strange: [] },
  ])('$expression is $license', ({ expression, license, known, strange }) => {
    const found = recognizeSigns({ expression });

    expect(found.license).toBe(license);
    expect(found.matches.map((match) => match.license)).toEqual(known);
    expect(found.matches.every(({ by, confidence }) => by === 'expression' && confidence < 1)).toBe(true);
    expect(found.uncatalogued.map((one) => one.license)).toEqual(strange);
  });

  test('that is none gives no answer', () => {
    expect(recognizeSigns({ expression: 'do what thou wilt' })).toMatchObject({ license: null, matches: [], uncatalogued: [], explanation: expect.stringContaining('neither an SPDX expression nor a licence that is known here') });
  });
});
