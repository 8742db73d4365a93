import { License, LicenseId, LicenseInput, LicenseSummary } from '@weighbridge/registry-domain';
import { Instant, KeyId } from '@weighbridge/shared-domain';
import { z } from 'zod';

const standing = {
  /** Who entered what is in force: the catalogue as it ships, or this organisation. */
  origin: z.enum(['catalogue', 'organisation']),
  /** The organisation has put its own entry in the place of one of the catalogue. */
  amends: z.boolean(),
  /** The organisation's newest revision of it, a withdrawal too; 0: it has none, and the catalogue's entry is in force. */
  revision: z.int().min(0),
};

export const LicenseListing = LicenseSummary.extend(standing);
export type LicenseListing = z.infer<typeof LicenseListing>;

/** A licence as it is in force, or as it was in one revision. */
export const LicenseInForce = License.extend(standing);
export type LicenseInForce = z.infer<typeof LicenseInForce>;

/**
 * An organisation's word on a licence: a new one, an amendment of a catalogue entry, or the withdrawal of either, after which the catalogue's entry is in
 * force again, or none. Revisions are numbered 1, 2, 3, … per licence and never change.
 */
export const NewLicenseRevision = z
  .strictObject({
    license: LicenseInput.optional(),
    withdraw: z.literal(true).optional(),
    reason: z.string().trim().min(10).max(2_000),
    /** The revision that the author has seen; 0: none. Another one in between is a conflict. */
    expectedRevision: z.int().min(0),
  })
  .refine(({ license, withdraw }) => (license === undefined) !== (withdraw === undefined), { path: ['license'], message: 'give either a license or "withdraw": true' });

export const LicenseRevision = z.object({
  license: LicenseId,
  revision: z.int().min(1),
  withdrawn: z.boolean(),
  amends: z.boolean(),
  reason: z.string(),
  /** Null: a withdrawal. */
  entry: License.nullable(),
  createdBy: KeyId.nullable(),
  createdAt: Instant,
});
export type LicenseRevision = z.infer<typeof LicenseRevision>;
