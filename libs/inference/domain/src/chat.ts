import { z } from 'zod';

// Every object is loose: clients send fields that are newer than this file, and the backend may know them.
// Optional fields may also be null, as in OpenAI's specification.

const ContentPart = z
  .looseObject({ type: z.string().min(1), text: z.string().optional() })
  .refine((part) => part.type !== 'text' || part.text !== undefined, { path: ['text'], error: 'a text part needs a text' });
export type ContentPart = z.infer<typeof ContentPart>;

const Content = z.union([z.string(), z.array(ContentPart).min(1)], { error: 'must be a string or a list of content parts' });

export const ToolCall = z.looseObject({
  id: z.string().min(1),
  type: z.string().min(1),
  function: z.looseObject({ name: z.string().min(1), arguments: z.string() }).optional(),
});
export type ToolCall = z.infer<typeof ToolCall>;

const AssistantMessage = z
  .looseObject({
    role: z.literal('assistant'),
    content: Content.nullish(),
    refusal: z.string().nullish(),
    tool_calls: z.array(ToolCall).nullish(),
    name: z.string().optional(),
  })
  .refine((message) => message.content != null || message.refusal != null || message.tool_calls != null || message.function_call != null || message.audio != null, {
    path: ['content'],
    error: 'may be absent only beside tool calls or a refusal',
  });

const spokenMessage = <R extends 'developer' | 'system' | 'user'>(role: R) =>
  z.looseObject({ role: z.literal(role), content: Content, name: z.string().optional() });

export const ChatMessage = z.discriminatedUnion('role', [
  spokenMessage('developer'),
  spokenMessage('system'),
  spokenMessage('user'),
  AssistantMessage,
  z.looseObject({ role: z.literal('tool'), content: Content, tool_call_id: z.string().min(1) }),
]);
export type ChatMessage = z.infer<typeof ChatMessage>;

const tokenCount = z.int().min(1).max(10_000_000);
export const StopSequences = z.union([z.string().min(1), z.array(z.string().min(1)).max(4)], { error: 'must be a string or a list of at most 4 strings, none empty' });
export const StreamOptions = z.looseObject({ include_usage: z.boolean().nullish(), include_obfuscation: z.boolean().nullish() });
const Metadata = z
  .record(z.string().min(1).max(64), z.string().max(512))
  .refine((pairs) => Object.keys(pairs).length <= 16, 'at most 16 pairs');

const ResponseFormat = z
  .looseObject({ type: z.string().min(1), json_schema: z.looseObject({ name: z.string().min(1) }).optional() })
  .refine((format) => format.type !== 'json_schema' || format.json_schema !== undefined, { path: ['json_schema'], error: 'is needed by type json_schema' });

const Tool = z.looseObject({ type: z.string().min(1), function: z.looseObject({ name: z.string().min(1).max(256) }).optional() });

/** The body of `POST /v1/chat/completions`, as OpenAI specifies it (OpenAPI document 2.3.0). Unknown fields stay in it. */
export const ChatRequest = z.looseObject({
  model: z.string().min(1).max(220),
  messages: z.array(ChatMessage).min(1),
  /** Wins over `max_tokens` where both are given; counts reasoning tokens too. */
  max_completion_tokens: tokenCount.nullish(),
  max_tokens: tokenCount.nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  presence_penalty: z.number().min(-2).max(2).nullish(),
  frequency_penalty: z.number().min(-2).max(2).nullish(),
  logit_bias: z.record(z.string(), z.number()).nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.int().min(0).max(20).nullish(),
  /** How many answers; each is paid. */
  n: z.int().min(1).max(128).nullish(),
  stop: StopSequences.nullish(),
  seed: z.int().nullish(),
  stream: z.boolean().nullish(),
  stream_options: StreamOptions.nullish(),
  response_format: ResponseFormat.nullish(),
  tools: z.array(Tool).nullish(),
  tool_choice: z.union([z.string(), z.looseObject({ type: z.string() })], { error: 'must be a string or an object' }).nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  reasoning_effort: z.string().nullish(),
  service_tier: z.string().nullish(),
  store: z.boolean().nullish(),
  metadata: Metadata.nullish(),
  user: z.string().nullish(),
  safety_identifier: z.string().nullish(),
});
export type ChatRequest = z.infer<typeof ChatRequest>;

/** The most tokens one answer may have: the newer limit of the request, else the older, else the deployment's default. */
export const maxOutputTokens = (request: Pick<ChatRequest, 'max_completion_tokens' | 'max_tokens'>, defaultMax: number): number =>
  request.max_completion_tokens ?? request.max_tokens ?? defaultMax;

/** The most tokens all answers of the request may have together: {@link maxOutputTokens} times `n`. This is what a budget hold covers. */
export const worstCaseOutputTokens = (request: Pick<ChatRequest, 'max_completion_tokens' | 'max_tokens' | 'n'>, defaultMax: number): number =>
  maxOutputTokens(request, defaultMax) * (request.n ?? 1);

/** The text of a message; parts that are not text are left out, and what is absent is empty. */
export function messageText(content: ChatMessage['content']): string {
  if (content == null) return '';
  if (typeof content === 'string') return content;
  return content.map((part) => (part.type === 'text' ? (part.text ?? '') : '')).join('');
}
