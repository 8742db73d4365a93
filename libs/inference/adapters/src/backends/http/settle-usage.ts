import type { ChatChoice, ChatRequest } from '@weighbridge/inference-domain';
import { estimateUsage } from '@weighbridge/inference-domain';
import type { TokenUsage } from '@weighbridge/shared-domain';
import { totalInputTokens } from '@weighbridge/shared-domain';
import type { ReportedUsage } from './wire.ts';

/** The longest tokens of known vocabularies, runs of spaces or dashes, have 128 characters; four times that is beyond doubt. */
const MAX_CHARS_PER_TOKEN = 512;

/** All that the model wrote: content, reasoning, refusals and the arguments of tool calls. */
export function writtenText(choices: readonly ChatChoice[]): string {
  let text = '';
  for (const { message } of choices) {
    text += (message.content ?? '') + (message.reasoning_content ?? '') + (message.refusal ?? '');
    for (const call of message.tool_calls ?? []) text += (call.function?.name ?? '') + (call.function?.arguments ?? '');
  }
  return text;
}

/**
 * The usage to bill: what the server reported, else an upper bound. A report of no input at all, or of less output than the text can be
 * made of, comes from servers that do not count, and is not believed.
 */
export function settleUsage(reported: ReportedUsage | null, request: ChatRequest, written: string): { readonly usage: TokenUsage; readonly settlement: 'exact' | 'estimated' } {
  const believable = reported !== null && totalInputTokens(reported.usage) > 0 && reported.usage.outputTokens * MAX_CHARS_PER_TOKEN >= written.length;
  if (!believable) return { usage: estimateUsage(request, written), settlement: 'estimated' };
  return { usage: reported.usage, settlement: reported.certain ? 'exact' : 'estimated' };
}

/** The usage of an answer that ended half way: the input as far as the server told it, the output never below what came. */
export function settlePartialUsage(reported: ReportedUsage | null, request: ChatRequest, written: string): TokenUsage {
  const bound = estimateUsage(request, written);
  if (reported === null || totalInputTokens(reported.usage) === 0) return bound;
  return { ...reported.usage, outputTokens: Math.max(reported.usage.outputTokens, bound.outputTokens) };
}
