import { maxLicenseTextCharacters } from '@weighbridge/registry-domain';
import { z } from 'zod';

const Tag = z.string().max(2_000).nullable().optional();

/** As a model card (`license`, `license_name`, `license_link`) or a GGUF file (`general.license`, …) says them. */
export const LicenseTagFields = z.strictObject({ license: Tag, licenseName: Tag, licenseLink: Tag });
export type LicenseTagFields = z.infer<typeof LicenseTagFields>;

/** What a licence is to be recognised by: exactly one of them. */
export const LicenseSigns = z
  .strictObject({
    text: z.string().min(1).max(maxLicenseTextCharacters).optional(),
    tags: LicenseTagFields.optional(),
    /** SPDX, e.g. `MIT OR Apache-2.0`. */
    expression: z.string().min(1).max(1_000).optional(),
  })
  .refine(({ text, tags, expression }) => [text, tags, expression].filter((sign) => sign !== undefined).length === 1, { message: 'give exactly one of text, tags and expression' });
export type LicenseSigns = z.infer<typeof LicenseSigns>;
