import type { KeyId, ProjectId, UseCaseId } from '@weighbridge/shared-domain';
import { ProjectRecord, StoredKey, UseCaseRecord } from '../records.ts';
import type { PageRequest } from '../records.ts';
import { json } from './session.ts';
import type { Session } from './session.ts';

export interface ProjectRepository {
  readonly addProject: (project: ProjectRecord) => Promise<void>;
  readonly findProject: (id: ProjectId) => Promise<ProjectRecord | null>;
  /** Newest first; `only` narrows to one project. Gives one more than the limit if there are more. */
  readonly listProjects: (page: PageRequest, only: ProjectId | null) => Promise<ProjectRecord[]>;
}

export const createProjectRepository = (session: Session): ProjectRepository => ({
  addProject: async (project) => void (await session.project.create({ data: project })),
  findProject: async (id) => ProjectRecord.nullable().parse(await session.project.findUnique({ where: { id } })),
  listProjects: async ({ limit, after }, only) =>
    ProjectRecord.array().parse(
      await session.project.findMany({ where: { id: { ...(after !== undefined && { lt: after }), ...(only !== null && { equals: only }) } }, orderBy: { id: 'desc' }, take: limit + 1 }),
    ),
});

export interface KeyRepository {
  readonly addKey: (key: StoredKey) => Promise<void>;
  readonly findKey: (id: KeyId) => Promise<StoredKey | null>;
  /** Revoked ones too. */
  readonly findKeyByDigest: (digest: string) => Promise<StoredKey | null>;
  /** Of a project, or of the platform (null). Newest first, revoked ones too. Gives one more than the limit if there are more. */
  readonly listKeys: (projectId: ProjectId | null, page: PageRequest) => Promise<StoredKey[]>;
  /** Keys of the platform that the installation made itself and that are not revoked: the one from the environment. */
  readonly listInstalledKeys: () => Promise<StoredKey[]>;
  /** False: it was revoked already. */
  readonly revokeKey: (id: KeyId, at: Date) => Promise<boolean>;
  /** The keys that made this one, the nearest first. */
  readonly listMakers: (id: KeyId) => Promise<KeyId[]>;
  readonly restoreKey: (id: KeyId) => Promise<void>;
}

export const createKeyRepository = (session: Session): KeyRepository => ({
  addKey: async (key) => void (await session.apiKey.create({ data: key })),
  findKey: async (id) => StoredKey.nullable().parse(await session.apiKey.findUnique({ where: { id } })),
  findKeyByDigest: async (digest) => StoredKey.nullable().parse(await session.apiKey.findUnique({ where: { digest } })),
  listKeys: async (projectId, { limit, after }) =>
    StoredKey.array().parse(await session.apiKey.findMany({ where: { projectId, ...(after !== undefined && { id: { lt: after } }) }, orderBy: { id: 'desc' }, take: limit + 1 })),
  listInstalledKeys: async () => StoredKey.array().parse(await session.apiKey.findMany({ where: { projectId: null, createdBy: null, revokedAt: null }, orderBy: { id: 'asc' } })),
  revokeKey: async (id, at) => (await session.apiKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: at } })).count > 0,
  listMakers: async (id) => {
    const rows = await session.$queryRaw<{ id: KeyId }[]>`
      with recursive maker (id, depth) as (
        select created_by, 1 from api_key where id = ${id}
        union all
        select api_key.created_by, maker.depth + 1 from maker join api_key on api_key.id = maker.id where maker.depth < 1000
      )
      select id from maker where id is not null order by depth`;
    return rows.map(({ id: maker }) => maker);
  },
  restoreKey: async (id) => void (await session.apiKey.update({ where: { id }, data: { revokedAt: null } })),
});

export interface UseCaseRepository {
  readonly addUseCase: (useCase: UseCaseRecord) => Promise<void>;
  readonly findUseCase: (id: UseCaseId) => Promise<UseCaseRecord | null>;
  readonly findUseCaseByName: (projectId: ProjectId, name: string) => Promise<UseCaseRecord | null>;
  /** Newest first; null: of all projects. Gives one more than the limit if there are more. */
  readonly listUseCases: (projectId: ProjectId | null, page: PageRequest) => Promise<UseCaseRecord[]>;
}

export const createUseCaseRepository = (session: Session): UseCaseRepository => ({
  addUseCase: async ({ facts, labels, ...useCase }) => void (await session.useCase.create({ data: { ...useCase, facts: json(facts), labels: json(labels) } })),
  findUseCase: async (id) => UseCaseRecord.nullable().parse(await session.useCase.findUnique({ where: { id } })),
  findUseCaseByName: async (projectId, name) => UseCaseRecord.nullable().parse(await session.useCase.findUnique({ where: { projectId_name: { projectId, name } } })),
  listUseCases: async (projectId, { limit, after }) =>
    UseCaseRecord.array().parse(
      await session.useCase.findMany({ where: { ...(projectId !== null && { projectId }), ...(after !== undefined && { id: { lt: after } }) }, orderBy: { id: 'desc' }, take: limit + 1 }),
    ),
});
