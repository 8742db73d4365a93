import { CountedMonth, LicenseId } from '@weighbridge/registry-domain';
import { Instant } from '@weighbridge/shared-domain';
import { z } from 'zod';

/** A licence family, or `*` for all requests together. */
export const EndUserFamily = z.string().min(1).max(100);

/** Distinct end users whose requests were admitted, as the gateway has counted them so far; an estimate within about 1 %. */
export const CountedEndUsers = CountedMonth.extend({ family: EndUserFamily });
export type CountedEndUsers = z.infer<typeof CountedEndUsers>;

export const EndUserReport = z.strictObject({ counts: z.array(CountedEndUsers).max(2_000) });

export const EndUserUsage = CountedEndUsers.extend({
  reportedAt: Instant,
  limits: z.array(
    z.object({
      license: LicenseId,
      clause: z.string(),
      threshold: z.int(),
      /** `at-release-date`: users that came after the release do not count against it, and nobody is warned. */
      clock: z.enum(['continuous', 'at-release-date']),
      /** Users as a share of the threshold. */
      share: z.number(),
      /** Steps that were crossed in that month, in percent: 50, 80, 95, and 100 when it is exceeded. */
      warned: z.array(z.int()),
    }),
  ),
});
export type EndUserUsage = z.infer<typeof EndUserUsage>;
