import { idFromUuid } from '@weighbridge/shared-domain';
import type { AliasMoveId, ApprovalId, AuditId, BatchId, BudgetId, ChangeRequestId, DeploymentId, DownloadId, FileId, IdKind, JobId, KeyId, PriceId, ProjectId, PromotionId, RunId, SuiteId, UseCaseId, VersionId, WebhookDeliveryId, WebhookId } from '@weighbridge/shared-domain';
import { v7 } from 'uuid';

interface Ids {
  readonly project: ProjectId;
  readonly key: KeyId;
  readonly useCase: UseCaseId;
  readonly version: VersionId;
  readonly deployment: DeploymentId;
  readonly download: DownloadId;
  readonly approval: ApprovalId;
  readonly promotion: PromotionId;
  readonly aliasMove: AliasMoveId;
  readonly changeRequest: ChangeRequestId;
  readonly audit: AuditId;
  readonly job: JobId;
  readonly batch: BatchId;
  readonly file: FileId;
  readonly suite: SuiteId;
  readonly run: RunId;
  readonly price: PriceId;
  readonly budget: BudgetId;
  readonly webhook: WebhookId;
  readonly webhookDelivery: WebhookDeliveryId;
  readonly webhookEvent: string;
  readonly request: string;
  readonly decision: string;
  readonly sample: string;
}

/** A new id of a kind, from a UUIDv7: unique without asking anyone, and sortable by the time it was made. */
export const newId = <K extends IdKind>(kind: K): Ids[K] => idFromUuid(kind, v7()) as Ids[K];
