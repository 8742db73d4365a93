import type { EndUserReport } from '@weighbridge/registry-contracts';
import type { EndUserWarningRecord } from '@weighbridge/registry-data';
import { endUserLimits, reachedSteps } from '@weighbridge/registry-domain';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { monthsBefore } from '@weighbridge/shared-domain';
import type { z } from 'zod';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps } from '../change-registry.ts';
import { readBook } from '../license-shelf.ts';

const keptMonths = 13;

/**
 * Takes in what the gateway has counted. Numbers alone change nothing that is decided; a step of a limit that is crossed, and the first count of a
 * new month, are recorded, put what is counted in force and raise the revision. Each step of each limit is recorded once a month. Gives those that were crossed now.
 */
export async function reportEndUsers(deps: ChangeDeps, { caller, counts }: z.output<typeof EndUserReport> & { readonly caller: Caller }): Promise<EndUserWarningRecord[]> {
  const now = deps.now();
  const [oldest, newest] = [monthsBefore(now, keptMonths - 1), monthsBefore(now, -1)];
  // A clock that is fast by days would open months that have not begun.
  const reported = counts.filter(({ month, users }) => month >= oldest && month < newest && users > 0);
  if (reported.length === 0) return [];
  return changeRegistry(deps, caller, async (change, audit) => {
    const before = await change.endUsers.listCounts(oldest);
    const warned = new Set((await change.endUsers.listWarnings(oldest)).map(warningKey));
    await change.endUsers.saveCounts(reported, now);
    const licenses = await readBook(change);
    const warnings = reported.flatMap(({ family, month, users }) =>
      endUserLimits(family, licenses).flatMap((limit) =>
        reachedSteps(limit, users).map((step): EndUserWarningRecord => ({ family, month, license: limit.license, clause: limit.limit.clause, threshold: limit.threshold, step, warnedAt: now })),
      ),
    );
    const crossed = warnings.filter((warning) => !warned.has(warningKey(warning)));
    const months = [...new Set(reported.map(({ month }) => month))];
    const begun = months.filter((month) => !before.some((count) => count.month === month));
    if (crossed.length === 0 && begun.length === 0) return [];

    await change.endUsers.addWarnings(crossed);
    await change.endUsers.putInForce([...months, ...begun.map(previousMonth)]);
    await change.endUsers.forgetCountsBefore(oldest);
    for (const month of begun) await audit({ action: 'end_users.month_began', subject: month, projectId: null });
    for (const { family, month, license, clause, threshold, step } of crossed) {
      const users = reported.find((count) => count.family === family && count.month === month)?.users ?? 0;
      await audit({ action: step === 100 ? 'end_users.limit_exceeded' : 'end_users.limit_near', subject: license, projectId: null, details: { family, month, clause, threshold, users, percent: step } });
    }
    return crossed;
  });
}

const warningKey = ({ family, month, license, clause, threshold, step }: Omit<EndUserWarningRecord, 'warnedAt'>): string => JSON.stringify([family, month, license, clause, threshold, step]);

const previousMonth = (month: string): string => monthsBefore(new Date(`${month}-01T00:00:00Z`), 1);
