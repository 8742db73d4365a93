import { licenseCatalogue } from '@weighbridge/registry-domain';
import type { License } from '@weighbridge/registry-domain';
import { describe, expect, test } from 'vitest';
import { changeLimit, draftText, readDraft } from './license-draft.ts';

const llama = licenseCatalogue.get('LicenseRef-Llama-3.1') as License;

describe('readDraft', () => {
  test('every entry of the catalogue reads as itself', () => {
    for (const license of licenseCatalogue.values()) expect(readDraft(draftText(license))).toEqual({ license, faults: null });
  });

  test.each([
    { text: '{', fault: /^Not JSON/ },
    { text: '{}', fault: /^id: / },
    { text: draftText(llama).replace('"effect": "request-license"', '"effect": "perhaps"'), fault: /^limits\.0\.effect: / },
  ])('says what is wrong, and where: $fault', ({ text, fault }) => {
    const { license, faults } = readDraft(text);
    expect(license).toBeNull();
    expect(faults?.[0]).toMatch(fault);
  });
});

describe('changeLimit', () => {
  test('a limit that a contract lifts is gone, and nothing else is', () => {
    const { license } = readDraft(changeLimit(draftText(llama), { name: 'monthly-active-users', lifted: true }));
    expect(license).toEqual({ ...llama, limits: llama.limits.filter(({ name }) => name !== 'monthly-active-users') });
  });

  test('a limit that a contract moves begins there', () => {
    const { license } = readDraft(changeLimit(draftText(llama), { name: 'monthly-active-users', threshold: 2_000_000_000 }));
    expect(license?.limits.find(({ name }) => name === 'monthly-active-users')?.threshold).toBe(2_000_000_000);
  });

  test('a text that is no entry stays as it is', () => {
    expect(changeLimit('{', { name: 'monthly-active-users', lifted: true })).toBe('{');
  });
});
