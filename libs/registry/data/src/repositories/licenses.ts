import { License, LicenseId } from '@weighbridge/registry-domain';
import { KeyId } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { Prisma } from '../generated/client.ts';
import type { LicenseRevision } from '../generated/client.ts';
import type { PageRequest } from '../records.ts';
import { nullableJson } from './session.ts';
import type { Session } from './session.ts';

export const LicenseRevisionRecord = z.object({
  license: LicenseId,
  /** 1, 2, 3, … for each licence. */
  revision: z.int(),
  /** The catalogue had an entry of that id when it was written. */
  amends: z.boolean(),
  /** Null: withdrawn. */
  entry: License.nullable(),
  reason: z.string(),
  createdBy: KeyId.nullable(),
  createdAt: z.date(),
});
export type LicenseRevisionRecord = z.infer<typeof LicenseRevisionRecord>;

export interface LicenseRepository {
  readonly addRevision: (revision: LicenseRevisionRecord) => Promise<void>;
  readonly findRevision: (license: string, revision: number) => Promise<LicenseRevisionRecord | null>;
  readonly findNewestRevision: (license: string) => Promise<LicenseRevisionRecord | null>;
  /** The newest revision of each licence, withdrawals too, by id. */
  readonly listNewestRevisions: () => Promise<LicenseRevisionRecord[]>;
  /** Newest first; the cursor is the number of a revision. Gives one more than the limit if there are more. */
  readonly listRevisions: (license: string, page: PageRequest) => Promise<LicenseRevisionRecord[]>;
}

const fromRow = ({ licenseId, ...row }: LicenseRevision): LicenseRevisionRecord => LicenseRevisionRecord.parse({ ...row, license: licenseId });

/** Licences in force: the newest revisions that are no withdrawal, as the snapshot and the book need them. */
export const effectiveLicenses = Prisma.sql`
  select entry from (select distinct on (license_id) license_id, entry from license_revision order by license_id, revision desc) newest
  where entry is not null order by license_id
`;

export const createLicenseRepository = (session: Session): LicenseRepository => ({
  addRevision: async ({ license, entry, ...revision }) => void (await session.licenseRevision.create({ data: { ...revision, licenseId: license, entry: nullableJson(entry) } })),
  findRevision: async (licenseId, revision) => {
    const row = await session.licenseRevision.findUnique({ where: { licenseId_revision: { licenseId, revision } } });
    return row === null ? null : fromRow(row);
  },
  findNewestRevision: async (licenseId) => {
    const row = await session.licenseRevision.findFirst({ where: { licenseId }, orderBy: { revision: 'desc' } });
    return row === null ? null : fromRow(row);
  },
  listNewestRevisions: async () => (await session.licenseRevision.findMany({ distinct: ['licenseId'], orderBy: [{ licenseId: 'asc' }, { revision: 'desc' }] })).map(fromRow),
  listRevisions: async (licenseId, { limit, after }) =>
    (await session.licenseRevision.findMany({ where: { licenseId, ...(after !== undefined && { revision: { lt: Number(after) } }) }, orderBy: { revision: 'desc' }, take: limit + 1 })).map(fromRow),
});
