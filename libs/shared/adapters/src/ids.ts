import { randomFillSync } from 'node:crypto';
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

const randomBytes = 16;
/** Taken from the system for many ids at once: one call for each would cost a small request as much as its parsing. */
const pool = Buffer.alloc(randomBytes * 256);
let used = pool.length;
let msecs = 0;
let seq = 0;

function uuid(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.subarray(used, (used += randomBytes));
  const now = Date.now();
  // Ids of one millisecond count on, so that they sort (RFC 9562 section 6.2, method 1).
  if (now > msecs) {
    msecs = now;
    seq = random.readUInt32BE(0) >>> 1;
  } else {
    seq = (seq + 1) | 0;
    if (seq === 0) msecs += 1;
  }
  return v7({ random, msecs, seq });
}

/** A new id of a kind, from a UUIDv7: unique without asking anyone, and sortable by the time it was made. */
export const newId = <K extends IdKind>(kind: K): Ids[K] => idFromUuid(kind, uuid()) as Ids[K];
