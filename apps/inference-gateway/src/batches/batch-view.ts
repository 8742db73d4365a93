import type { BatchObject, FileObject } from '@weighbridge/inference-contracts';
import type { StoredBatch, StoredFile } from '@weighbridge/inference-data';

const seconds = (date: Date): number => Math.floor(date.getTime() / 1_000);
const orNull = (date: Date | null): number | null => (date === null ? null : seconds(date));

export const fileObject = (file: StoredFile): FileObject => ({
  id: file.id,
  object: 'file',
  bytes: file.bytes,
  created_at: seconds(file.createdAt),
  expires_at: orNull(file.expiresAt),
  filename: file.filename,
  purpose: file.purpose,
  status: 'processed',
});

export const batchObject = (batch: StoredBatch): BatchObject => ({
  id: batch.id,
  object: 'batch',
  endpoint: batch.endpoint,
  errors: (batch.errors ?? null) as BatchObject['errors'],
  input_file_id: batch.inputFileId,
  completion_window: batch.completionWindow,
  status: batch.status,
  output_file_id: batch.outputFileId,
  error_file_id: batch.errorFileId,
  created_at: seconds(batch.createdAt),
  in_progress_at: orNull(batch.inProgressAt),
  expires_at: seconds(batch.expiresAt),
  finalizing_at: orNull(batch.finalizingAt),
  completed_at: orNull(batch.completedAt),
  failed_at: orNull(batch.failedAt),
  expired_at: orNull(batch.expiredAt),
  cancelling_at: orNull(batch.cancellingAt),
  cancelled_at: orNull(batch.cancelledAt),
  request_counts: { total: batch.total, completed: batch.succeeded, failed: batch.finished - batch.succeeded },
  metadata: batch.metadata === null ? null : { ...batch.metadata },
});

/** A page in OpenAI's shape, from rows that were read with one more than the limit. */
export function openAiPage<T extends { readonly id: string }>(rows: readonly T[], limit: number): { object: 'list'; data: T[]; has_more: boolean; first_id: string | null; last_id: string | null } {
  const data = rows.slice(0, limit);
  return { object: 'list', data, has_more: rows.length > limit, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null };
}
