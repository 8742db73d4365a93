import type { AssistantReply, ChatChoice, ToolCall } from '@weighbridge/inference-domain';
import { z } from 'zod';
import type { UpstreamAnswer } from '../http/wire.ts';

const text = z.string().nullish();

/** A content block, with the members of every kind of block that is read here; other kinds pass and are left out. */
export const ContentBlock = z.looseObject({
  type: z.string(),
  text,
  thinking: text,
  signature: text,
  data: text,
  id: text,
  name: text,
  input: z.unknown().optional(),
});
export type ContentBlock = z.infer<typeof ContentBlock>;

const Message = z.looseObject({
  type: z.literal('message').nullish(),
  role: z.literal('assistant'),
  content: z.array(ContentBlock),
  stop_reason: z.string().nullish(),
  model: text,
  usage: z.unknown().optional(),
});

const finishReasons: Readonly<Record<string, string>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  pause_turn: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool_calls',
  refusal: 'content_filter',
};

/** OpenAI's word for why an answer ended; a reason that is newer than this file is passed on as it is. */
export const finishReasonOf = (stopReason: string): string => (Object.hasOwn(finishReasons, stopReason) ? (finishReasons[stopReason] as string) : stopReason);

const toolCallOf = (block: ContentBlock, position: number): ToolCall => ({
  id: block.id || `call_${position}`,
  type: 'function',
  function: { name: block.name || 'unknown', arguments: typeof block.input === 'string' ? block.input : JSON.stringify(block.input ?? {}) },
});

/** The one choice that the content blocks of an answer make. Thinking keeps its blocks too, since only they can be sent back. */
export function choiceOf(blocks: readonly ContentBlock[], stopReason: string | undefined): ChatChoice {
  const texts = blocks.filter(({ type }) => type === 'text').map((block) => block.text ?? '');
  const thoughts = blocks.filter(({ type }) => type === 'thinking' || type === 'redacted_thinking');
  const thinking = thoughts.map((block) => block.thinking ?? '').join('');
  const toolCalls = blocks.filter(({ type }) => type === 'tool_use').map(toolCallOf);
  const message: AssistantReply = {
    role: 'assistant',
    content: texts.length === 0 ? null : texts.join(''),
    refusal: null,
    ...(thinking === '' ? {} : { reasoning_content: thinking }),
    ...(thoughts.length === 0 ? {} : { thinking_blocks: thoughts }),
    ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls }),
  };
  return { index: 0, message, logprobs: null, finish_reason: stopReason === undefined ? (toolCalls.length === 0 ? 'stop' : 'tool_calls') : finishReasonOf(stopReason) };
}

/** The tier that served the call, as the usage tells it, in OpenAI's words. */
export function serviceTierOf(usage: unknown): string | undefined {
  const tier = typeof usage === 'object' && usage !== null && 'service_tier' in usage ? usage.service_tier : undefined;
  return tier === 'standard' ? 'default' : typeof tier === 'string' ? tier : undefined;
}

/** The answer in a body, or in words why there is none. */
export function readMessage(body: unknown): UpstreamAnswer | string {
  const message = Message.safeParse(body);
  if (!message.success) return `no message: ${message.error.issues.map((issue) => issue.path.join('.') || 'body').join(', ')}`;
  const { content, stop_reason: stopReason, usage, model } = message.data;
  return { choices: [choiceOf(content, stopReason ?? undefined)], usage, model: model ?? undefined, serviceTier: serviceTierOf(usage), systemFingerprint: undefined };
}
