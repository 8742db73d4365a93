import { Enums, Models, SPDX } from './cyclonedx-library.ts';
import type { License, LicenseBook } from '@weighbridge/registry-domain';
import { whereOf } from '@weighbridge/registry-domain';
import type { BomVersion } from './bom-content.ts';

type BomLicense = InstanceType<typeof Models.SpdxLicense | typeof Models.NamedLicense | typeof Models.LicenseExpression>;

const isExpression = (license: string): boolean => /\s/.test(license.trim());

/**
 * The licence of a component: an SPDX id as such, an expression as such, and any other by its name, with the clauses that limit or forbid
 * something as properties. One that was not recognised keeps the words it was declared with.
 */
export function licensesOf({ license, licenseDeclared }: Pick<BomVersion, 'license' | 'licenseDeclared'>, book: LicenseBook): BomLicense[] {
  const acknowledgement = Enums.LicenseAcknowledgement.Declared;
  if (license === null) return licenseDeclared === null ? [] : [new Models.NamedLicense(`not recognised: ${licenseDeclared.replaceAll(/\s+/g, ' ').trim().slice(0, 200)}`, { acknowledgement })];
  if (isExpression(license)) {
    const expression = new Models.LicenseExpression(license);
    expression.acknowledgement = acknowledgement;
    return [expression];
  }
  if (SPDX.isSupportedSpdxId(license)) return [new Models.SpdxLicense(license, { acknowledgement, url: whereOf(license, undefined) })];
  const entry = book.get(license);
  return [new Models.NamedLicense(entry?.name ?? license, { acknowledgement, properties: new Models.PropertyRepository([property('license:id', license), ...(entry === undefined ? [] : clausesOf(entry))]) })];
}

/** Properties of ours begin with this, as the CycloneDX property taxonomy asks. */
export const property = (name: string, value: string): Models.Property => new Models.Property(`weighbridge:${name}`, value);

function clausesOf(entry: License): Models.Property[] {
  return [
    property('license:title', entry.title),
    property('license:steward', entry.steward),
    property('license:read-at', entry.source),
    property('license:checked-on', entry.checkedOn),
    ...entry.limits.map(({ name, clause, text }) => property(`license:limit:${name}`, `${clause}: ${text}`)),
    ...entry.fieldOfUse.map(({ word, clause, effect, text }) => property(`license:field-of-use:${word}`, `${clause}: ${effect}${text === undefined ? '' : `, ${text}`}`)),
    ...entry.regionExclusions.map(({ regions, subject, clause, text }) => property('license:region-exclusion', `${clause}: ${subject} in ${regions.join(', ')}; ${text}`)),
    ...(entry.unreadPolicy === null ? [] : [property('license:unread-policy', `${entry.unreadPolicy.clause}: ${entry.unreadPolicy.text}`)]),
  ];
}
