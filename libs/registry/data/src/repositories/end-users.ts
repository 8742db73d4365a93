import { EndUserCountRecord, EndUserWarningRecord } from '../records.ts';
import type { Session } from './session.ts';

export interface EndUserRepository {
  /** Stores or replaces; leaves what is in force as it is, 0 at first. Neither needs a record in the audit log nor raises the revision. */
  readonly saveCounts: (counts: readonly Pick<EndUserCountRecord, 'family' | 'month' | 'users'>[], at: Date) => Promise<void>;
  /** From that month on, oldest first. */
  readonly listCounts: (fromMonth: string) => Promise<EndUserCountRecord[]>;
  /** Decisions are made with what is counted now. */
  readonly putInForce: (months: readonly string[]) => Promise<void>;
  readonly addWarnings: (warnings: readonly EndUserWarningRecord[]) => Promise<void>;
  readonly listWarnings: (fromMonth: string) => Promise<EndUserWarningRecord[]>;
  /** Counts of earlier months go; warnings stay. */
  readonly forgetCountsBefore: (month: string) => Promise<void>;
}

export const createEndUserRepository = (session: Session): EndUserRepository => ({
  saveCounts: async (counts, at) => {
    if (counts.length === 0) return;
    const [families, months, users] = [counts.map(({ family }) => family), counts.map(({ month }) => month), counts.map((count) => BigInt(count.users))];
    await session.$executeRaw`
      insert into end_user_count (family, month, users, in_force, reported_at)
      select family, month, users, 0, ${at} from unnest(${families}::text[], ${months}::text[], ${users}::bigint[]) as counted (family, month, users)
      on conflict (month, family) do update set users = greatest(end_user_count.users, excluded.users), reported_at = excluded.reported_at`;
  },
  listCounts: async (fromMonth) => EndUserCountRecord.array().parse((await session.endUserCount.findMany({ where: { month: { gte: fromMonth } }, orderBy: [{ month: 'asc' }, { family: 'asc' }] })).map((row) => ({ ...row, users: Number(row.users), inForce: Number(row.inForce) }))),
  putInForce: async (months) => void (await session.$executeRaw`update end_user_count set in_force = users where month = any(${[...months]}::text[])`),
  addWarnings: async (warnings) => void (await session.endUserWarning.createMany({ data: warnings.map((warning) => ({ ...warning, threshold: BigInt(warning.threshold) })), skipDuplicates: true })),
  listWarnings: async (fromMonth) => EndUserWarningRecord.array().parse((await session.endUserWarning.findMany({ where: { month: { gte: fromMonth } }, orderBy: [{ month: 'asc' }, { license: 'asc' }, { step: 'asc' }] })).map((row) => ({ ...row, threshold: Number(row.threshold) }))),
  forgetCountsBefore: async (month) => void (await session.endUserCount.deleteMany({ where: { month: { lt: month } } })),
});
