import { BatchStatus } from '@weighbridge/inference-domain';
import { z } from 'zod';

export { BatchStatus };

/** OpenAI's file object. Times are Unix seconds. */
export const FileObject = z.object({
  id: z.string(),
  object: z.literal('file'),
  bytes: z.int(),
  created_at: z.int(),
  expires_at: z.int().nullable(),
  filename: z.string(),
  purpose: z.string(),
  status: z.literal('processed'),
});
export type FileObject = z.infer<typeof FileObject>;

export const BatchRequest = z.strictObject({
  input_file_id: z.string().min(1),
  endpoint: z.literal('/v1/chat/completions', { error: 'only /v1/chat/completions can be batched' }),
  completion_window: z.literal('24h', { error: 'must be "24h"' }),
  metadata: z.record(z.string().max(64), z.string().max(512)).nullish(),
});
export type BatchRequest = z.infer<typeof BatchRequest>;

const at = z.int().nullable();

/** OpenAI's batch object. Times are Unix seconds. */
export const BatchObject = z.object({
  id: z.string(),
  object: z.literal('batch'),
  endpoint: z.string(),
  errors: z.object({ object: z.literal('list'), data: z.array(z.object({ code: z.string(), message: z.string(), param: z.string().nullable(), line: z.int().nullable() })) }).nullable(),
  input_file_id: z.string(),
  completion_window: z.string(),
  status: BatchStatus,
  output_file_id: z.string().nullable(),
  error_file_id: z.string().nullable(),
  created_at: z.int(),
  in_progress_at: at,
  expires_at: at,
  finalizing_at: at,
  completed_at: at,
  failed_at: at,
  expired_at: at,
  cancelling_at: at,
  cancelled_at: at,
  request_counts: z.object({ total: z.int(), completed: z.int(), failed: z.int() }),
  metadata: z.record(z.string(), z.string()).nullable(),
});
export type BatchObject = z.infer<typeof BatchObject>;

export const openAiList = <T extends z.ZodType>(item: T) =>
  z.object({ object: z.literal('list'), data: z.array(item), has_more: z.boolean(), first_id: z.string().nullable(), last_id: z.string().nullable() });
