import type { DraftNotes, ReadModel } from './draft.ts';

export type StatedLicense = ReadModel['license'];

/** What one part of a publication says of the licence, and where it says so. */
export interface LicenseStatement {
  readonly license: StatedLicense;
  /** False: that part says nothing at all, which is something else than saying what is not known here. */
  readonly stated: boolean;
  readonly source: string;
}

/**
 * What two parts of a publication say together. A part in doubt stays in doubt, whatever the other claims; two that are both known and differ give
 * neither, and both go into the draft.
 */
export function combineLicenses(first: LicenseStatement, second: LicenseStatement, notes: DraftNotes): LicenseStatement {
  if (!second.stated) return first;
  if (!first.stated) return second;
  const [a, b] = [first.license, second.license];
  if (a.id !== null && a.id === b.id) return first;
  const known = [...new Set([a.id, ...(a.conflicting.length > 0 ? [a.declared, ...a.conflicting] : []), b.id, ...(b.conflicting.length > 0 ? [b.declared, ...b.conflicting] : [])].filter((id) => id !== null))];
  const says = ({ id, declared, conflicting }: StatedLicense) => id ?? (conflicting.length > 0 ? [declared, ...conflicting].join(' and ') : (declared ?? 'something that is not known here'));
  if (a.id === null && b.id === null && a.declared?.toLowerCase() === b.declared?.toLowerCase()) return first;
  notes.found(`${first.source} says ${says(a).slice(0, 150)}, and ${second.source} says ${says(b).slice(0, 150)}: which one was granted has to be read.`, 'error', [first.source, second.source]);
  const inDoubt = (a.id === null && a.conflicting.length === 0) || (b.id === null && b.conflicting.length === 0);
  if (inDoubt) return { ...first, license: { id: null, declared: a.id === null ? a.declared : b.declared, conflicting: [] } };
  const [declared = null, ...conflicting] = known;
  return { ...first, license: { id: null, declared, conflicting } };
}
