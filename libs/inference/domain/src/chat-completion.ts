import type { TokenUsage } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { ToolCall } from './chat.ts';
import { openAiUsage } from './openai-usage.ts';

export const FinishReason = z.enum(['stop', 'length', 'tool_calls', 'content_filter', 'function_call']);
export type FinishReason = z.infer<typeof FinishReason>;

export const AssistantReply = z.looseObject({
  role: z.literal('assistant'),
  content: z.string().nullable(),
  refusal: z.string().nullish(),
  tool_calls: z.array(ToolCall).nullish(),
  /** The thinking of the model, where its server shows it (DeepSeek, vLLM). */
  reasoning_content: z.string().nullish(),
});
export type AssistantReply = z.infer<typeof AssistantReply>;

export const ChatChoice = z.looseObject({
  index: z.int().min(0),
  message: AssistantReply,
  logprobs: z.unknown().optional(),
  /** A string, not {@link FinishReason}: servers have reasons of their own, and they are passed on. */
  finish_reason: z.string().nullable(),
});
export type ChatChoice = z.infer<typeof ChatChoice>;

const Usage = z.looseObject({ prompt_tokens: z.int().min(0), completion_tokens: z.int().min(0), total_tokens: z.int().min(0) });

/** The answer to a chat request that does not stream. */
export const ChatCompletion = z.looseObject({
  id: z.string(),
  object: z.literal('chat.completion'),
  created: z.int(),
  model: z.string(),
  choices: z.array(ChatChoice),
  usage: Usage.optional(),
  service_tier: z.string().nullish(),
  system_fingerprint: z.string().nullish(),
});
export type ChatCompletion = z.infer<typeof ChatCompletion>;

export const ChatDelta = z.looseObject({
  role: z.literal('assistant').optional(),
  content: z.string().nullish(),
  refusal: z.string().nullish(),
  tool_calls: z.array(z.looseObject({ index: z.int().min(0) })).optional(),
  reasoning_content: z.string().nullish(),
});
export type ChatDelta = z.infer<typeof ChatDelta>;

export const ChunkChoice = z.looseObject({
  index: z.int().min(0),
  delta: ChatDelta,
  logprobs: z.unknown().optional(),
  finish_reason: z.string().nullable(),
});
export type ChunkChoice = z.infer<typeof ChunkChoice>;

/** One event of a streamed answer. */
export const ChatCompletionChunk = z.looseObject({
  id: z.string(),
  object: z.literal('chat.completion.chunk'),
  created: z.int(),
  model: z.string(),
  choices: z.array(ChunkChoice),
  usage: Usage.nullish(),
});
export type ChatCompletionChunk = z.infer<typeof ChatCompletionChunk>;

/** What every body of one answer repeats: `created` in Unix seconds, `model` as the client asked for it. */
export interface CompletionHead {
  readonly id: string;
  readonly created: number;
  readonly model: string;
}

export interface CompletionParts extends CompletionHead {
  readonly choices: readonly ChatChoice[];
  readonly usage: TokenUsage;
  /** The tier that served the call. */
  readonly serviceTier?: string | null;
  readonly systemFingerprint?: string | null;
}

/** A whole `chat.completion` body; members that OpenAI requires and a server left out are there as null. */
export const completionBody = (parts: CompletionParts): ChatCompletion => ({
  id: parts.id,
  object: 'chat.completion',
  created: parts.created,
  model: parts.model,
  choices: parts.choices.map((choice) => ({
    ...choice,
    message: { ...choice.message, refusal: choice.message.refusal ?? null },
    logprobs: choice.logprobs ?? null,
  })),
  usage: { ...openAiUsage(parts.usage) },
  service_tier: parts.serviceTier ?? 'default',
  system_fingerprint: parts.systemFingerprint ?? null,
});

export interface ChunkParts extends CompletionHead {
  /** Which answer of `n`; 0 where absent. */
  readonly index?: number;
  readonly delta: ChatDelta;
  readonly logprobs?: unknown;
  /** Given once per answer, with its last delta. */
  readonly finishReason?: string | null;
  /** Whether the client asked for usage: then every chunk says `usage: null` until the last. */
  readonly includeUsage: boolean;
}

/** One `chat.completion.chunk` with a delta. The first of an answer carries `role: 'assistant'`. */
export const chunkBody = (parts: ChunkParts): ChatCompletionChunk => ({
  id: parts.id,
  object: 'chat.completion.chunk',
  created: parts.created,
  model: parts.model,
  choices: [{ index: parts.index ?? 0, delta: parts.delta, logprobs: parts.logprobs ?? null, finish_reason: parts.finishReason ?? null }],
  ...(parts.includeUsage ? { usage: null } : {}),
});

/** The one chunk with empty `choices`: sent before `[DONE]`, and only to a client that asked for usage (older ones read `choices[0]` blindly). */
export const usageChunkBody = (head: CompletionHead, usage: TokenUsage): ChatCompletionChunk => ({
  id: head.id,
  object: 'chat.completion.chunk',
  created: head.created,
  model: head.model,
  choices: [],
  usage: { ...openAiUsage(usage) },
});
