import type { TokenUsage } from '@weighbridge/shared-domain';
import type { BackendDelta } from './backend.ts';
import type { ChatChoice, CompletionHead } from './chat-completion.ts';
import type { TextChoiceParts, TextCompletion } from './text-completion.ts';
import { textChoice, textCompletionBody } from './text-completion.ts';

export interface TextStreamOptions {
  readonly head: CompletionHead;
  readonly includeUsage: boolean;
  /** Answers to each prompt. */
  readonly answersPerPrompt: number;
  readonly send: (chunk: TextCompletion) => void;
}

/** Turns the deltas of chat answers into the chunks of `POST /v1/completions`. */
export interface TextStream {
  /** `prompt` counts from 0. */
  readonly delta: (prompt: number, delta: BackendDelta) => void;
  /** Sends what was not streamed, one finish reason for each answer, and the usage (with `moreUsage` beside it) where it was asked for. */
  readonly finish: (answers: readonly (readonly ChatChoice[])[], usage: TokenUsage, moreUsage?: Readonly<Record<string, unknown>>) => void;
}

export function createTextStream({ head, includeUsage, answersPerPrompt, send }: TextStreamOptions): TextStream {
  const begun = new Map<number, number>();
  const finished = new Set<number>();
  const chunk = (parts: TextChoiceParts) => send(textCompletionBody(head, [textChoice(parts)], includeUsage ? null : undefined));
  const write = (index: number, text: string, logprobs?: unknown) => {
    const textOffset = begun.get(index) ?? 0;
    begun.set(index, textOffset + text.length);
    if (text !== '') chunk({ index, text, textOffset, logprobs });
  };
  const end = (index: number, finishReason: string) => {
    if (finished.has(index)) return;
    finished.add(index);
    chunk({ index, text: '', finishReason });
  };
  return {
    delta: (prompt, { index, content, refusal, logprobs, finishReason }) => {
      const overall = prompt * answersPerPrompt + index;
      const text = content ?? refusal;
      if (text !== undefined) write(overall, text, logprobs);
      if (finishReason !== undefined) end(overall, finishReason);
    },
    finish: (answers, usage, moreUsage = {}) => {
      for (const [prompt, choices] of answers.entries()) {
        for (const { index, message, finish_reason: finishReason, logprobs } of choices) {
          const overall = prompt * answersPerPrompt + index;
          if (!begun.has(overall)) write(overall, message.content ?? message.refusal ?? '', logprobs);
          end(overall, finishReason ?? 'stop');
        }
      }
      if (!includeUsage) return;
      const last = textCompletionBody(head, [], usage);
      send({ ...last, ...(last.usage == null ? {} : { usage: { ...last.usage, ...moreUsage } }) });
    },
  };
}
