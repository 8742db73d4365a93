import { chunkBody, usageChunkBody } from '@weighbridge/inference-domain';
import type { ChatChoice, ChatDelta, CompletionHead } from '@weighbridge/inference-domain';
import type { TokenUsage } from '@weighbridge/shared-domain';
import type { ReplyDelta } from './waiting/waiting-calls.ts';

export interface ChatStreamOptions {
  readonly head: CompletionHead;
  readonly includeUsage: boolean;
  /** Takes one chunk as JSON. */
  readonly send: (data: string) => void;
}

export interface ChatStreamEnd {
  readonly choices: readonly ChatChoice[];
  readonly usage: TokenUsage;
  readonly costUsd: string;
}

/** Turns the deltas of a worker into OpenAI's chunks: the role first, one finish reason for each answer, usage only where it was asked for. */
export interface ChatStream {
  readonly delta: (delta: ReplyDelta) => void;
  readonly finish: (end: ChatStreamEnd) => void;
}

export function createChatStream({ head, includeUsage, send }: ChatStreamOptions): ChatStream {
  const begun = new Set<number>();
  const finished = new Set<number>();
  const chunk = (index: number, delta: ChatDelta, more: { logprobs?: unknown; finishReason?: string | null } = {}) =>
    send(JSON.stringify(chunkBody({ ...head, index, delta, includeUsage, ...more })));
  const begin = (index: number) => {
    if (begun.has(index)) return;
    begun.add(index);
    chunk(index, { role: 'assistant', content: '' });
  };
  const end = (index: number, finishReason: string) => {
    if (finished.has(index)) return;
    finished.add(index);
    chunk(index, {}, { finishReason });
  };
  return {
    delta: ({ index, content, reasoning, toolCalls, refusal, logprobs, finishReason }) => {
      begin(index);
      const delta: ChatDelta = {
        ...(content === undefined ? {} : { content }),
        ...(reasoning === undefined ? {} : { reasoning_content: reasoning }),
        ...(toolCalls === undefined ? {} : { tool_calls: toolCalls }),
        ...(refusal === undefined ? {} : { refusal }),
      };
      if (Object.keys(delta).length > 0 || logprobs !== undefined) chunk(index, delta, { logprobs });
      if (finishReason !== undefined) end(index, finishReason);
    },
    finish: ({ choices, usage, costUsd }) => {
      for (const { index, message, finish_reason } of choices) {
        // A backend that does not stream answers at once: its text is one delta.
        if (!begun.has(index)) {
          begin(index);
          const { content, reasoning_content, tool_calls } = message;
          const calls = tool_calls?.map((call, position) => ({ index: position, ...call }));
          chunk(index, { ...(content === null ? {} : { content }), ...(reasoning_content == null ? {} : { reasoning_content }), ...(calls === undefined ? {} : { tool_calls: calls }) });
        }
        end(index, finish_reason ?? 'stop');
      }
      if (includeUsage) {
        const body = usageChunkBody(head, usage);
        send(JSON.stringify({ ...body, usage: { ...body.usage, weighbridge: { cost_usd: costUsd } } }));
      }
      send('[DONE]');
    },
  };
}
