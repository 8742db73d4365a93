import type { ChangeRequestId, ProjectId, UseCaseId } from '@weighbridge/shared-domain';
import type { ChangeRequest, ChangeVerdict } from '../generated/client.ts';
import { ChangeRequestRecord } from '../records.ts';
import type { PageRequest, VerdictRecord } from '../records.ts';
import { nullableJson } from './session.ts';
import type { Session } from './session.ts';

export interface ChangeRequestFilter {
  /** Null: of all projects and of the platform. */
  readonly projectId: ProjectId | null;
  readonly status?: ChangeRequestRecord['status'] | 'expired' | undefined;
  readonly kind?: ChangeRequestRecord['kind'] | undefined;
  readonly model?: string | undefined;
  /** What is open and ends at this instant or before has expired. */
  readonly at: Date;
}

export interface ChangeRequestRepository {
  /** Its verdicts must be none. */
  readonly addRequest: (request: ChangeRequestRecord) => Promise<void>;
  readonly findRequest: (id: ChangeRequestId) => Promise<ChangeRequestRecord | null>;
  /** One that asks for the same, is open, and has not expired. */
  readonly findOpenAliasRequest: (model: string, alias: string, to: string | null, at: Date) => Promise<ChangeRequestRecord | null>;
  readonly findOpenUseRequest: (useCaseId: UseCaseId, model: string, version: string, at: Date) => Promise<ChangeRequestRecord | null>;
  /** Newest first. Gives one more than the limit if there are more. */
  readonly listRequests: (filter: ChangeRequestFilter, page: PageRequest) => Promise<ChangeRequestRecord[]>;
  /** One for each key. */
  readonly addVerdict: (id: ChangeRequestId, verdict: VerdictRecord) => Promise<void>;
  /** Only an open one can be closed, and only once. */
  readonly closeRequest: (id: ChangeRequestId, status: 'approved' | 'rejected' | 'withdrawn') => Promise<void>;
}

const withVerdicts = { verdicts: { orderBy: { at: 'asc' } } } as const;

const fromRow = ({ modelName, verdicts, ...row }: ChangeRequest & { readonly verdicts: readonly ChangeVerdict[] }): ChangeRequestRecord => ChangeRequestRecord.parse({ ...row, model: modelName, verdicts });
const fromRowOrNull = (row: Parameters<typeof fromRow>[0] | null) => (row === null ? null : fromRow(row));

const statusCondition = (status: ChangeRequestFilter['status'], at: Date) => {
  if (status === 'open') return { status, expiresAt: { gt: at } };
  return status === 'expired' ? { status: 'open', expiresAt: { lte: at } } : { ...(status !== undefined && { status }) };
};

export const createChangeRequestRepository = (session: Session): ChangeRequestRepository => ({
  addRequest: async ({ model, verdicts: _, ...request }) => {
    const { gate, ...rest } = { gate: null, ...request };
    await session.changeRequest.create({ data: { ...rest, modelName: model, gate: nullableJson(gate) } });
  },
  findRequest: async (id) => fromRowOrNull(await session.changeRequest.findUnique({ where: { id }, include: withVerdicts })),
  findOpenAliasRequest: async (modelName, alias, version, at) =>
    fromRowOrNull(await session.changeRequest.findFirst({ where: { modelName, alias, version, status: 'open', expiresAt: { gt: at } }, orderBy: { id: 'desc' }, include: withVerdicts })),
  findOpenUseRequest: async (useCaseId, modelName, version, at) =>
    fromRowOrNull(await session.changeRequest.findFirst({ where: { useCaseId, modelName, version, status: 'open', expiresAt: { gt: at } }, orderBy: { id: 'desc' }, include: withVerdicts })),
  listRequests: async ({ projectId, status, kind, model, at }, { limit, after }) =>
    (
      await session.changeRequest.findMany({
        where: {
          ...(projectId !== null && { projectId }),
          ...statusCondition(status, at),
          ...(kind !== undefined && { kind }),
          ...(model !== undefined && { modelName: model }),
          ...(after !== undefined && { id: { lt: after } }),
        },
        orderBy: { id: 'desc' },
        take: limit + 1,
        include: withVerdicts,
      })
    ).map(fromRow),
  addVerdict: async (requestId, verdict) => void (await session.changeVerdict.create({ data: { requestId, ...verdict } })),
  closeRequest: async (id, status) => void (await session.changeRequest.update({ where: { id }, data: { status } })),
});
