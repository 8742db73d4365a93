import type { TokenUsage } from '@weighbridge/shared-domain';
import { totalInputTokens } from '@weighbridge/shared-domain';
import { z } from 'zod';
import type { ChatRequest } from '../chat.ts';

export const ResponseStatus = z.enum(['queued', 'in_progress', 'completed', 'incomplete', 'failed', 'cancelled']);
export type ResponseStatus = z.infer<typeof ResponseStatus>;

const OutputItem = z.looseObject({ type: z.string(), id: z.string() });
export type OutputItem = z.infer<typeof OutputItem>;

/** The object that `POST /v1/responses` answers with. */
export const ResponseObject = z.looseObject({
  id: z.string(),
  object: z.literal('response'),
  /** Unix seconds. */
  created_at: z.int(),
  completed_at: z.int().nullable(),
  status: ResponseStatus,
  background: z.boolean(),
  error: z.looseObject({ code: z.string(), message: z.string() }).nullable(),
  incomplete_details: z.looseObject({ reason: z.string() }).nullable(),
  model: z.string(),
  output: z.array(OutputItem),
  usage: z.looseObject({ input_tokens: z.int(), output_tokens: z.int(), total_tokens: z.int() }).nullable(),
});
export type ResponseObject = z.infer<typeof ResponseObject>;

export interface ResponseHead {
  readonly id: string;
  /** Unix seconds. */
  readonly createdAt: number;
  /** What the response was asked as: model and settings are read from it. */
  readonly chat: ChatRequest;
  /** Null where it is not known any more: it is one of the messages. */
  readonly instructions: string | null;
  /** Whether it runs without a connection, which is also whether it is kept. */
  readonly background: boolean;
}

export interface ResponseState {
  readonly status: ResponseStatus;
  readonly output?: readonly OutputItem[];
  readonly usage?: TokenUsage | null;
  /** Members that stand beside OpenAI's in `usage`. */
  readonly moreUsage?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly code: string; readonly message: string } | null;
  readonly incompleteReason?: 'max_output_tokens' | 'content_filter' | null;
  /** Unix seconds. */
  readonly completedAt?: number | null;
}

/** A whole response, with the settings that it was made with; members that OpenAI requires and that mean nothing here have its defaults. */
export function responseBody(head: ResponseHead, { status, output = [], usage = null, moreUsage = {}, error = null, incompleteReason = null, completedAt = null }: ResponseState): ResponseObject {
  const { chat } = head;
  return {
    id: head.id,
    object: 'response',
    created_at: head.createdAt,
    completed_at: completedAt,
    status,
    background: head.background,
    error,
    incomplete_details: incompleteReason === null ? null : { reason: incompleteReason },
    instructions: head.instructions,
    max_output_tokens: chat.max_completion_tokens ?? null,
    max_tool_calls: null,
    model: chat.model,
    output: [...output],
    parallel_tool_calls: chat.parallel_tool_calls ?? true,
    previous_response_id: null,
    reasoning: { effort: chat.reasoning_effort ?? null, summary: null },
    service_tier: chat.service_tier ?? 'default',
    store: head.background,
    temperature: chat.temperature ?? null,
    text: { format: textFormat(chat.response_format), ...(typeof chat['verbosity'] === 'string' ? { verbosity: chat['verbosity'] } : {}) },
    tool_choice: responseToolChoice(chat.tool_choice),
    tools: (chat.tools ?? []).map(({ type, function: details }) => ({ type, ...details })),
    top_logprobs: chat.top_logprobs ?? 0,
    top_p: chat.top_p ?? null,
    truncation: 'disabled',
    usage: usage === null ? null : { ...responseUsage(usage), ...moreUsage },
    user: chat.user ?? null,
    safety_identifier: chat.safety_identifier ?? null,
    metadata: chat.metadata ?? {},
  };
}

const responseUsage = (usage: TokenUsage) => {
  const inputTokens = totalInputTokens(usage);
  return {
    input_tokens: inputTokens,
    input_tokens_details: { cached_tokens: usage.cachedInputTokens, cache_write_tokens: usage.cacheWriteTokens },
    output_tokens: usage.outputTokens,
    output_tokens_details: { reasoning_tokens: usage.reasoningTokens },
    total_tokens: inputTokens + usage.outputTokens,
  };
};

function textFormat(format: ChatRequest['response_format']): unknown {
  if (format == null) return { type: 'text' };
  return format.json_schema === undefined ? { type: format.type } : { type: format.type, ...format.json_schema };
}

function responseToolChoice(choice: ChatRequest['tool_choice']): unknown {
  if (choice == null || typeof choice === 'string') return choice ?? 'auto';
  const details = choice['function'];
  return { type: choice.type, ...(typeof details === 'object' && details !== null ? details : {}) };
}
