import type { TokenUsage } from '@weighbridge/shared-domain';
import { z } from 'zod';
import type { ChatChoice, CompletionHead } from './chat-completion.ts';
import { openAiUsage } from './openai-usage.ts';

const Choice = z.looseObject({ text: z.string(), index: z.int().min(0), logprobs: z.unknown(), finish_reason: z.string().nullable() });

/** The answer to `POST /v1/completions`, and each chunk of its stream. */
export const TextCompletion = z.looseObject({
  id: z.string(),
  object: z.literal('text_completion'),
  created: z.int(),
  model: z.string(),
  choices: z.array(Choice),
  usage: z.looseObject({ prompt_tokens: z.int(), completion_tokens: z.int(), total_tokens: z.int() }).nullish(),
});
export type TextCompletion = z.infer<typeof TextCompletion>;
export type TextChoice = TextCompletion['choices'][number];

export interface TextChoiceParts {
  /** Over all prompts: the answers to the first prompt come first. */
  readonly index: number;
  readonly text: string;
  readonly finishReason?: string | null;
  /** As chat answers carry them. */
  readonly logprobs?: unknown;
  /** Characters of the answer before this text: nothing but in a stream. */
  readonly textOffset?: number;
}

export const textChoice = ({ index, text, finishReason = null, logprobs, textOffset = 0 }: TextChoiceParts): TextChoice => ({
  text,
  index,
  logprobs: legacyLogprobs(logprobs, textOffset),
  finish_reason: finishReason,
});

/** The choices of one chat answer, numbered from `firstIndex`. */
export const textChoices = (choices: readonly ChatChoice[], firstIndex: number): TextChoice[] =>
  choices.map(({ index, message, logprobs, finish_reason: finishReason }) =>
    textChoice({ index: firstIndex + index, text: message.content ?? message.refusal ?? '', finishReason: finishReason ?? 'stop', logprobs }),
  );

export const textCompletionBody = (head: CompletionHead, choices: readonly TextChoice[], usage?: TokenUsage | null): TextCompletion => ({
  id: head.id,
  object: 'text_completion',
  created: head.created,
  model: head.model,
  choices: [...choices],
  ...(usage === undefined ? {} : { usage: usage === null ? null : { ...openAiUsage(usage) } }),
});

const TokenLogprob = z.looseObject({ token: z.string(), logprob: z.number() });
const ChatLogprobs = z.looseObject({ content: z.array(TokenLogprob.extend({ top_logprobs: z.array(TokenLogprob).nullish() })).min(1) });

/** The log probabilities of a chat answer in the form of completions; null where there are none. */
function legacyLogprobs(logprobs: unknown, textOffset: number): unknown {
  const parsed = ChatLogprobs.safeParse(logprobs);
  if (!parsed.success) return null;
  const { content } = parsed.data;
  let offset = textOffset;
  const offsets = content.map(({ token }) => {
    const at = offset;
    offset += token.length;
    return at;
  });
  return {
    tokens: content.map(({ token }) => token),
    token_logprobs: content.map(({ logprob }) => logprob),
    top_logprobs: content.map(({ top_logprobs: top }) => Object.fromEntries((top ?? []).map(({ token, logprob }) => [token, logprob]))),
    text_offset: offsets,
  };
}
