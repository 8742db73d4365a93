import type { AnthropicStubAnswer } from './behaviour.ts';

const event = (type: string, fields: object): string => `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;

export const errorBody = (type: string, message: string) => ({ type: 'error', error: { type, message }, request_id: 'req_stub' });
export const errorEvent = (type: string): string => event('error', errorBody(type, `the stub says ${type}`));

const signature = 'c3R1Yg==';

/** An answer as a whole message and as the events of a stream, as the API forms both. */
export function messageOf(answer: AnthropicStubAnswer, model: unknown): { readonly json: string; readonly events: readonly string[] } {
  const calls = answer.toolCalls ?? [];
  const text = answer.text ?? (calls.length === 0 ? 'Weighed and found exact.' : '');
  const words = text.match(/\s*\S+\s*/g) ?? (text === '' ? [] : [text]);
  const usage = { input_tokens: 12, cache_creation_input_tokens: 0, cache_read_input_tokens: 0, output_tokens: words.length, service_tier: 'standard', ...answer.usage };
  const stopReason = answer.stopReason ?? (calls.length > 0 ? 'tool_use' : 'end_turn');
  const head = { id: 'msg_stub', type: 'message', role: 'assistant', model };
  const blocks = [
    ...(answer.thinking === undefined ? [] : [{ full: { type: 'thinking', thinking: answer.thinking, signature }, empty: { type: 'thinking', thinking: '', signature: '' }, deltas: [{ type: 'thinking_delta', thinking: answer.thinking }, { type: 'signature_delta', signature }] }]),
    ...(text === '' ? [] : [{ full: { type: 'text', text }, empty: { type: 'text', text: '' }, deltas: words.map((word) => ({ type: 'text_delta', text: word })) }]),
    ...calls.map(({ id, name, input }) => ({ full: { type: 'tool_use', id, name, input }, empty: { type: 'tool_use', id, name, input: {} }, deltas: pieces(JSON.stringify(input)).map((piece) => ({ type: 'input_json_delta', partial_json: piece })) })),
  ];
  const { output_tokens: outputTokens, ...input } = usage;
  return {
    json: JSON.stringify({ ...head, content: blocks.map(({ full }) => full), stop_reason: stopReason, stop_sequence: null, usage }),
    events: [
      event('message_start', { message: { ...head, content: [], stop_reason: null, stop_sequence: null, usage: { ...input, output_tokens: 1 } } }),
      event('ping', {}),
      ...blocks.flatMap(({ empty, deltas }, index) => [
        event('content_block_start', { index, content_block: empty }),
        ...deltas.map((delta) => event('content_block_delta', { index, delta })),
        event('content_block_stop', { index }),
      ]),
      event('message_delta', { delta: { stop_reason: stopReason, stop_sequence: null }, usage: { output_tokens: outputTokens } }),
      event('message_stop', {}),
    ],
  };
}

/** An empty first piece, as the API sends one, and two halves. */
const pieces = (json: string): string[] => ['', json.slice(0, json.length / 2), json.slice(json.length / 2)];
