import { describe, expect, test } from 'vitest';
import { findLicense, licenseCatalogue } from './license-catalogue.ts';
import { License, LicenseId, LicenseSummary } from './license.ts';
import { referenceCatalogue } from '../reference/reference-catalogue.ts';

const entries = [...licenseCatalogue.values()];

describe('licence catalogue', () => {
  test.each(entries.map((entry) => [entry.id, entry] as const))('%s is found by its id, its name and its tags, and parses as it is sent', (id, entry) => {
    expect(LicenseId.parse(id)).toBe(id);
    expect(License.parse(structuredClone(entry))).toEqual(entry);
    expect(LicenseSummary.parse(entry)).toMatchObject({ id });
    for (const name of [id, id.toUpperCase(), entry.name, ...entry.hfTags]) expect(findLicense(name)).toBe(entry);
  });

  test('no tag or name means two licences', () => {
    const names = entries.flatMap(({ id, name, hfTags }) => [...new Set([id, name, ...hfTags].map((each) => each.toLowerCase()))]);

    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test('a switch that an obligation names is a limit of the same licence', () => {
    for (const { id, limits, obligations } of entries)
      for (const name of obligations.flatMap(({ whenLimits }) => whenLimits ?? [])) expect(limits.filter((limit) => limit.effect === 'obligation').map((limit) => limit.name), id).toContain(name);
  });

  test('obligations that propagation names are obligations of the same licence', () => {
    for (const { id, propagation, obligations } of entries) for (const code of Object.values(propagation).flatMap(({ only }) => only ?? [])) expect(obligations.map((obligation) => obligation.code), id).toContain(code);
  });

  test('a licence that counts users or money states the number', () => {
    for (const { id, limits } of entries)
      for (const { measure, threshold } of limits) expect(threshold !== null, id).toBe(['monthlyActiveUsers', 'productMonthlyActiveUsers', 'monthlyActiveUsersAtRelease', 'annualRevenueUsd'].includes(measure ?? ''));
  });

  test('every licence of the reference catalogue is known to the clause', () => {
    for (const { model, versions } of referenceCatalogue) for (const { license } of versions) expect(findLicense(license), model).toBeDefined();
  });

  test.each(['openrail', 'modified-mit', 'acme', ''])('"%s" names no licence', (tag) => {
    expect(findLicense(tag)).toBeUndefined();
  });
});
