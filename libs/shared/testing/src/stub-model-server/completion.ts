import type { CountedTokens, StubAnswer, StubRequest } from './behaviour.ts';

const id = 'chatcmpl-stub';
const created = 1_767_225_600; // 2026-01-01, so that equal requests get equal answers

export interface Completion {
  readonly tokens: CountedTokens;
  readonly json: string;
  /** Server-sent events, the last one `[DONE]`. */
  readonly chunks: readonly string[];
}

/** The answer of an OpenAI-compatible server, in both forms. */
export function completionOf(answer: StubAnswer, { body }: Pick<StubRequest, 'body'>): Completion {
  const words = (answer.text ?? 'Weighed and found exact.').split(/(?<= )/);
  const limit = limitOf(body);
  const wanted = answer.outputTokens ?? words.length;
  const tokens = { inputTokens: answer.inputTokens ?? 12, cachedInputTokens: answer.cachedInputTokens ?? 0, outputTokens: Math.min(wanted, limit) };
  const shown = words.slice(0, limit);
  const finishReason = answer.finishReason ?? (wanted > limit ? 'length' : answer.toolCalls ? 'tool_calls' : 'stop');
  const model = body.model ?? 'stub-model';
  const usage = answer.usage === false ? undefined : usageOf(tokens);
  const toolCalls = answer.toolCalls?.map(({ id: callId, name, arguments: args }) => ({ id: callId, type: 'function', function: { name, arguments: args } }));

  const message = { role: 'assistant', content: toolCalls ? null : shown.join(''), ...(toolCalls && { tool_calls: toolCalls }) };
  const event = (fields: object) => `data: ${JSON.stringify({ id, object: 'chat.completion.chunk', created, model, ...fields })}\n\n`;
  const choice = (delta: object, reason: string | null = null) => event({ choices: [{ index: 0, delta, finish_reason: reason }] });
  const wantsUsage = (body['stream_options'] as { include_usage?: boolean } | undefined)?.include_usage === true;

  return {
    tokens,
    json: JSON.stringify({ id, object: 'chat.completion', created, model, choices: [{ index: 0, message, finish_reason: finishReason }], ...(usage && { usage }) }),
    chunks: [
      choice({ role: 'assistant', content: '' }),
      ...(toolCalls ? [choice({ tool_calls: toolCalls.map((call, index) => ({ index, ...call })) })] : shown.map((content) => choice({ content }))),
      choice({}, finishReason),
      ...(usage && wantsUsage ? [event({ choices: [], usage })] : []),
      'data: [DONE]\n\n',
    ],
  };
}

function limitOf(body: StubRequest['body']): number {
  const limit = body['max_completion_tokens'] ?? body['max_tokens'];
  return typeof limit === 'number' ? limit : Number.POSITIVE_INFINITY;
}

const usageOf = ({ inputTokens, cachedInputTokens, outputTokens }: CountedTokens) => ({
  prompt_tokens: inputTokens,
  completion_tokens: outputTokens,
  total_tokens: inputTokens + outputTokens,
  prompt_tokens_details: { cached_tokens: cachedInputTokens },
});
