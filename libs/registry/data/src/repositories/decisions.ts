import type { ApprovalId, KeyId, ProjectId, UseCaseId } from '@weighbridge/shared-domain';
import type { Approval, ApprovalRevocation, Promotion } from '../generated/client.ts';
import { ApprovalRecord, DecisionRecord, PromotionRecord } from '../records.ts';
import type { PageRequest } from '../records.ts';
import { json, nullableJson } from './session.ts';
import type { Session } from './session.ts';

export interface DecisionRepository {
  /** Keeps a decision, unless one on the same inputs is kept already; gives the one that is kept. */
  readonly keepDecision: (decision: DecisionRecord) => Promise<DecisionRecord>;
  readonly findDecision: (inputsDigest: string) => Promise<DecisionRecord | null>;
}

export const createDecisionRepository = (session: Session): DecisionRepository => {
  const findDecision = async (inputsDigest: string) => DecisionRecord.nullable().parse(await session.decision.findUnique({ where: { inputsDigest } }));
  return {
    findDecision,
    keepDecision: async ({ inputs, decision, ...rest }) => {
      const { count } = await session.decision.createMany({ data: [{ ...rest, inputs: json(inputs), decision: json(decision) }], skipDuplicates: true });
      const kept = count === 1 ? null : await findDecision(rest.inputsDigest);
      return kept ?? { ...rest, inputs, decision };
    },
  };
};

export interface ApprovalRepository {
  readonly addApproval: (approval: ApprovalRecord) => Promise<void>;
  readonly findApprovalById: (id: ApprovalId) => Promise<ApprovalRecord | null>;
  /** The approval stays as it is; that it was ended is a row of its own. Only once. */
  readonly revokeApproval: (id: ApprovalId, revocation: { readonly revokedBy: KeyId | null; readonly reason: string | null; readonly revokedAt: Date }) => Promise<void>;
  /** Newest first, ended ones too; null: of all projects. Gives one more than the limit if there are more. */
  readonly listApprovals: (projectId: ProjectId | null, page: PageRequest) => Promise<ApprovalRecord[]>;
  /** Those that hold at that time, neither expired nor revoked, the one that lasts longest first. */
  readonly listApprovalsInForce: (useCaseId: UseCaseId, model: string, version: string, at: Date) => Promise<ApprovalRecord[]>;
}

const withRevocation = { revocation: true } as const;
/** Approvals of one use of one version that hold at once; more than a few are a mistake. */
const mostInForce = 100;

const approvalFromRow = ({ modelName, revocation, ...row }: Approval & { readonly revocation: ApprovalRevocation | null }): ApprovalRecord =>
  ApprovalRecord.parse({ ...row, model: modelName, revokedAt: revocation?.revokedAt ?? null, revokedBy: revocation?.revokedBy ?? null });

export const createApprovalRepository = (session: Session): ApprovalRepository => ({
  addApproval: async ({ model, grounds, revokedAt: _, revokedBy: __, ...approval }) => void (await session.approval.create({ data: { ...approval, grounds: nullableJson(grounds), modelName: model } })),
  findApprovalById: async (id) => {
    const row = await session.approval.findUnique({ where: { id }, include: withRevocation });
    return row === null ? null : approvalFromRow(row);
  },
  revokeApproval: async (approvalId, revocation) => void (await session.approvalRevocation.create({ data: { approvalId, ...revocation } })),
  listApprovals: async (projectId, { limit, after }) =>
    (
      await session.approval.findMany({ where: { ...(projectId !== null && { projectId }), ...(after !== undefined && { id: { lt: after } }) }, orderBy: { id: 'desc' }, take: limit + 1, include: withRevocation })
    ).map(approvalFromRow),
  listApprovalsInForce: async (useCaseId, modelName, version, at) =>
    (
      await session.approval.findMany({ where: { useCaseId, modelName, version, expiresAt: { gt: at }, revocation: null }, orderBy: { expiresAt: 'desc' }, take: mostInForce, include: withRevocation })
    ).map(approvalFromRow),
});

export interface PromotionRepository {
  readonly addPromotion: (promotion: PromotionRecord) => Promise<void>;
  /** Newest first; null: of all projects. Gives one more than the limit if there are more. */
  readonly listPromotions: (model: string, projectId: ProjectId | null, page: PageRequest) => Promise<PromotionRecord[]>;
}

const promotionFromRow = ({ modelName, ...row }: Promotion): PromotionRecord => PromotionRecord.parse({ ...row, model: modelName });

export const createPromotionRepository = (session: Session): PromotionRepository => ({
  addPromotion: async ({ model, conditions, result, ...promotion }) =>
    void (await session.promotion.create({ data: { ...promotion, modelName: model, conditions: json(conditions), result: json(result) } })),
  listPromotions: async (modelName, projectId, { limit, after }) =>
    (
      await session.promotion.findMany({
        where: { modelName, ...(projectId !== null && { projectId }), ...(after !== undefined && { id: { lt: after } }) },
        orderBy: { id: 'desc' },
        take: limit + 1,
      })
    ).map(promotionFromRow),
});
