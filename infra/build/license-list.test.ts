import { readFileSync } from 'node:fs';
import { licenseCatalogue } from '@weighbridge/registry-domain';
import { expect, test } from 'vitest';
import { licensesDocument, withLicenseList } from './license-list.ts';

const document = readFileSync(licensesDocument, 'utf8');

test('docs/licenses.md lists the catalogue as it is; node infra/build/license-list.ts writes it anew', () => {
  expect(withLicenseList(document)).toBe(document);
});

test('every licence is in the list once', () => {
  const listed = [...document.slice(document.indexOf('<!-- the list begins'), document.indexOf('<!-- the list ends')).matchAll(/^\| `([^`]+)` \|/gm)].map(([, id = '']) => id);

  expect(listed.toSorted()).toEqual([...licenseCatalogue.keys()].toSorted());
});
