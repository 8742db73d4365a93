import type { AssistantReply, ChatChoice, ToolCall } from '@weighbridge/inference-domain';
import { z } from 'zod';
import type { UpstreamAnswer } from '../http/wire.ts';

// Servers leave out, or spell differently, much that OpenAI requires: these schemas ask only for what an answer cannot do without.

const TextParts = z.array(z.looseObject({ text: z.string().nullish() }));
const UpstreamToolCall = z.looseObject({
  id: z.string().nullish(),
  type: z.string().nullish(),
  function: z.looseObject({ name: z.string(), arguments: z.unknown() }),
});

const UpstreamMessage = z.looseObject({
  content: z.union([z.string(), TextParts]).nullish(),
  reasoning_content: z.string().nullish(),
  reasoning: z.string().nullish(),
  tool_calls: z.array(UpstreamToolCall).nullish(),
});

/** The whole answer of a server that did not stream. */
const UpstreamCompletion = z.looseObject({
  model: z.string().nullish(),
  choices: z
    .array(z.looseObject({ index: z.int().min(0).nullish(), message: UpstreamMessage, finish_reason: z.string().nullish(), logprobs: z.unknown().optional() }))
    .min(1),
  usage: z.unknown().optional(),
  service_tier: z.string().nullish(),
  system_fingerprint: z.string().nullish(),
});
type UpstreamCompletion = z.infer<typeof UpstreamCompletion>;

const plainContent = (content: z.infer<typeof UpstreamMessage>['content']): string | null =>
  content == null ? null : typeof content === 'string' ? content : content.map((part) => part.text ?? '').join('');

const toToolCall = (call: z.infer<typeof UpstreamToolCall>, index: number): ToolCall => ({
  ...call,
  id: call.id ?? `call_${index}`,
  type: call.type ?? 'function',
  function: {
    ...call.function,
    arguments: typeof call.function.arguments === 'string' ? call.function.arguments : JSON.stringify(call.function.arguments ?? {}),
  },
});

/** The choices of an answer in OpenAI's shape, whatever the server left out. */
const toChoices = (completion: UpstreamCompletion): ChatChoice[] =>
  completion.choices.map((choice, position) => {
    const { reasoning, tool_calls: toolCalls, ...rest } = choice.message;
    const thinking = rest.reasoning_content ?? reasoning;
    const message: AssistantReply = {
      ...rest,
      role: 'assistant',
      content: plainContent(rest.content),
      refusal: typeof rest.refusal === 'string' ? rest.refusal : null,
      ...(thinking == null ? {} : { reasoning_content: thinking }),
      ...(toolCalls == null || toolCalls.length === 0 ? {} : { tool_calls: toolCalls.map(toToolCall) }),
    };
    return {
      ...choice,
      index: choice.index ?? position,
      message,
      finish_reason: choice.finish_reason ?? (message.tool_calls == null ? 'stop' : 'tool_calls'),
    };
  });

/** The answer in a body, or in words why there is none. */
export function readCompletion(body: unknown): UpstreamAnswer | string {
  const completion = UpstreamCompletion.safeParse(body);
  if (!completion.success) return `no chat completion: ${completion.error.issues.map((issue) => issue.path.join('.') || 'body').join(', ')}`;
  const { usage, model, service_tier: serviceTier, system_fingerprint: systemFingerprint } = completion.data;
  return {
    choices: toChoices(completion.data),
    usage,
    model: model ?? undefined,
    serviceTier: serviceTier ?? undefined,
    systemFingerprint: systemFingerprint ?? undefined,
  };
}
