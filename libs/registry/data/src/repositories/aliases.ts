import type { AliasMove } from '../generated/client.ts';
import { AliasMoveRecord, AliasRecord } from '../records.ts';
import type { PageRequest } from '../records.ts';
import type { Session } from './session.ts';

/** An alias as it stands, also one that is protected and points at nothing yet. */
export interface AliasStanding {
  readonly version: string | null;
  readonly updatedAt: Date | null;
  /** Of how many other keys a move needs; null: not protected. */
  readonly approvals: number | null;
}

export interface AliasRepository {
  readonly findAlias: (model: string, alias: string) => Promise<AliasRecord | null>;
  readonly standing: (model: string, alias: string) => Promise<AliasStanding>;
  /** Writes the move down and carries it out. */
  readonly move: (move: AliasMoveRecord) => Promise<void>;
  readonly newestMove: (model: string, alias: string) => Promise<AliasMoveRecord | null>;
  readonly findMove: (id: string) => Promise<AliasMoveRecord | null>;
  /** Newest first. Gives one more than the limit if there are more. */
  readonly listMoves: (model: string, alias: string, page: PageRequest) => Promise<AliasMoveRecord[]>;
  /** Null: no longer protected. */
  readonly protect: (model: string, alias: string, approvals: number | null, at: Date) => Promise<void>;
}

const fromRow = ({ modelName, fromVersion, toVersion, ...row }: AliasMove): AliasMoveRecord => AliasMoveRecord.parse({ ...row, model: modelName, from: fromVersion, to: toVersion });

export const createAliasRepository = (session: Session): AliasRepository => {
  const standing = async (modelName: string, name: string): Promise<AliasStanding> => {
    const key = { modelName_name: { modelName, name } };
    const alias = await session.alias.findUnique({ where: key });
    const protection = await session.aliasProtection.findUnique({ where: key });
    return { version: alias?.version ?? null, updatedAt: alias?.updatedAt ?? null, approvals: protection?.approvals ?? null };
  };
  return {
    standing,
    findAlias: async (model, name) => {
      const { version, updatedAt, approvals } = await standing(model, name);
      return version === null ? null : AliasRecord.parse({ name, version, updatedAt, approvals });
    },
    move: async ({ model: modelName, from: fromVersion, to, ...move }) => {
      const key = { modelName_name: { modelName, name: move.alias } };
      await session.aliasMove.create({ data: { ...move, modelName, fromVersion, toVersion: to } });
      if (to === null) await session.alias.delete({ where: key });
      else await session.alias.upsert({ where: key, create: { modelName, name: move.alias, version: to, updatedAt: move.at }, update: { version: to, updatedAt: move.at } });
    },
    newestMove: async (modelName, alias) => {
      const row = await session.aliasMove.findFirst({ where: { modelName, alias }, orderBy: { id: 'desc' } });
      return row === null ? null : fromRow(row);
    },
    findMove: async (id) => {
      const row = await session.aliasMove.findUnique({ where: { id } });
      return row === null ? null : fromRow(row);
    },
    listMoves: async (modelName, alias, { limit, after }) =>
      (await session.aliasMove.findMany({ where: { modelName, alias, ...(after !== undefined && { id: { lt: after } }) }, orderBy: { id: 'desc' }, take: limit + 1 })).map(fromRow),
    protect: async (modelName, name, approvals, updatedAt) => {
      if (approvals === null) await session.aliasProtection.deleteMany({ where: { modelName, name } });
      else await session.aliasProtection.upsert({ where: { modelName_name: { modelName, name } }, create: { modelName, name, approvals, updatedAt }, update: { approvals, updatedAt } });
    },
  };
};
