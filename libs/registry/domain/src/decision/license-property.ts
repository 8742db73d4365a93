import { z } from 'zod';

/**
 * What people look for in the terms of a version, each a promise of the whole lineage: true only where every licence that reaches the version is known
 * and keeps it. `hosting`: may be offered as a service. `no-purpose-limits`: no field of use is restricted. `no-copyleft`: nothing asks that what is
 * made from it stay under the same terms. `no-attribution`: no name or notice has to be shown or shipped.
 */
export const LicenseProperty = z.enum([
  'commercial-use',
  'hosting',
  'redistribution',
  'no-user-limit',
  'no-revenue-limit',
  'no-purpose-limits',
  'no-region-limits',
  'outputs-may-train',
  'no-attribution',
  'no-copyleft',
  'no-obligations',
  'osi-approved',
  'known',
]);
export type LicenseProperty = z.infer<typeof LicenseProperty>;
