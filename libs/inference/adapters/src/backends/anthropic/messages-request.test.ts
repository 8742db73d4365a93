import { BackendError, ChatRequest } from '@weighbridge/inference-domain';
import { describe, expect, test } from 'vitest';
import { messagesBody } from './messages-request.ts';

const plain = { model: 'chat-default', messages: [{ role: 'user', content: 'Weigh this' }] };
const options = { upstreamModel: 'claude-stub', stream: false, enforcesFormat: true };
const bodyOf = (more: object, given: Partial<typeof options> = {}): Record<string, unknown> =>
  JSON.parse(messagesBody({ request: ChatRequest.parse({ ...plain, ...more }), maxOutputTokens: 64 }, { ...options, ...given })) as Record<string, unknown>;
const refusalOf = (more: object): BackendError => {
  try {
    bodyOf(more);
  } catch (error) {
    if (error instanceof BackendError) return error;
    throw error;
  }
  throw new Error('it was translated');
};
const asked = { model: 'claude-stub', max_tokens: 64, messages: [{ role: 'user', content: [{ type: 'text', text: 'Weigh this' }] }] };
const image = (url: unknown) => ({ messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] }] });
const schema = { type: 'object', properties: { grams: { type: 'integer' } }, required: ['grams'], additionalProperties: false };
const jsonSchema = (more: object = {}) => ({ response_format: { type: 'json_schema', json_schema: { name: 'weight', schema, ...more } } });

describe('a field of a chat request', () => {
  test.each([
    ['nothing else', {}, {}],
    ['the limit is ours', { max_tokens: 9_999, max_completion_tokens: 8_888 }, {}],
    ['stop as text', { stop: 'END' }, { stop_sequences: ['END'] }],
    ['stop as a list', { stop: ['A', 'B'] }, { stop_sequences: ['A', 'B'] }],
    ['a temperature in range', { temperature: 0.3, top_p: 0.9 }, { temperature: 0.3, top_p: 0.9 }],
    ['a temperature above the range', { temperature: 1.7 }, { temperature: 1 }],
    ['null is absent', { temperature: null, top_p: null, stop: null, user: null, tools: null, tool_choice: null, thinking: null }, {}],
    ['user', { user: 'u-1' }, { metadata: { user_id: 'u-1' } }],
    ['safety_identifier', { safety_identifier: 's-1' }, { metadata: { user_id: 's-1' } }],
    ['a user that is too long', { user: 'u'.repeat(257) }, {}],
    ['our own metadata stays here', { metadata: { team: 'a' } }, {}],
    ['seed and penalties', { seed: 1, presence_penalty: 1, frequency_penalty: 1, n: 1, logprobs: false, top_logprobs: 0, logit_bias: {} }, {}],
    ['fields that nobody knows', { custom_field: 7, prompt_cache_key: 'k', verbosity: 'low', store: true }, {}],
    ['thinking as asked', { thinking: { type: 'enabled', budget_tokens: 1_024 } }, { thinking: { type: 'enabled', budget_tokens: 1_024 } }],
    ['reasoning effort', { reasoning_effort: 'high' }, { output_config: { effort: 'high' } }],
    ['minimal reasoning effort', { reasoning_effort: 'minimal' }, { output_config: { effort: 'low' } }],
    ['no reasoning', { reasoning_effort: 'none' }, {}],
    ['top_k', { top_k: 5 }, { top_k: 5 }],
    ['tiers', { service_tier: 'default' }, { service_tier: 'standard_only' }],
    ['other tiers', { service_tier: 'flex' }, {}],
    ['a cache mark on all', { cache_control: { type: 'ephemeral', ttl: '5m' } }, { cache_control: { type: 'ephemeral' } }],
    ['tool_choice without tools', { tool_choice: 'required', parallel_tool_calls: false }, {}],
  ])('%s', (_what, more, expected) => {
    expect(bodyOf(more)).toEqual({ ...asked, ...expected });
  });

  test('stream asks for a stream', () => {
    expect(bodyOf({}, { stream: true })).toEqual({ ...asked, stream: true });
  });

  test.each([
    ['more than one answer', { n: 2 }, /\(n\)/],
    ['log probabilities', { logprobs: true }, /log probabilities/],
    ['logit_bias', { logit_bias: { 5: 1 } }, /logit_bias/],
    ['functions', { functions: [{ name: 'f' }] }, /tools replaced/],
    ['audio', { modalities: ['text', 'audio'] }, /answers other than text/],
    ['web search', { web_search_options: {} }, /web_search_options/],
    ['other tools', { tools: [{ type: 'web_search' }] }, /tools of type web_search/],
    ['other choices', { tools: [{ type: 'function', function: { name: 'f' } }], tool_choice: { type: 'allowed_tools' } }, /tool_choice/],
    ['other efforts', { reasoning_effort: 'heroic' }, /reasoning_effort "heroic"/],
    ['other formats', { response_format: { type: 'grammar' } }, /response_format "grammar"/],
    ['cache entries for an hour', { cache_control: { type: 'ephemeral', ttl: '1h' } }, /five minutes/],
    ['audio parts', { messages: [{ role: 'user', content: [{ type: 'input_audio', input_audio: { data: 'x', format: 'wav' } }] }] }, /input_audio/],
    ['files by id', { messages: [{ role: 'user', content: [{ type: 'file', file: { file_id: 'file-1' } }] }] }, /PDFs/],
    ['images as instructions', { messages: [{ role: 'system', content: [{ type: 'image_url', image_url: { url: 'https://x/y.png' } }] }] }, /instructions other than text/],
    ['images over http', image('http://127.0.0.1/a.png'), /https/],
    ['images of files', image('file:///etc/passwd'), /https/],
    ['images of other types', image('data:image/tiff;base64,AAAA'), /image\/tiff/],
    ['images without address', image(7), /without a url/],
    ['a custom tool call', { messages: [{ role: 'assistant', content: null, tool_calls: [{ id: 'a', type: 'custom' }] }] }, /tool calls of type custom/],
  ])('%s is refused before the call, in words for the client', (_what, more, words) => {
    expect(refusalOf(more)).toMatchObject({ kind: 'rejected', retryable: false, code: 'unsupported_parameter', settlement: undefined, publicDetail: expect.stringMatching(words) as string });
  });
});

describe('tool_choice', () => {
  const tools = [{ type: 'function', function: { name: 'f', strict: true }, cache_control: { type: 'ephemeral' } }];
  test.each([
    [{ tool_choice: 'auto' }, { type: 'auto' }],
    [{ tool_choice: 'none', parallel_tool_calls: false }, { type: 'none' }],
    [{ tool_choice: 'required' }, { type: 'any' }],
    [{ tool_choice: { type: 'function', function: { name: 'f' } } }, { type: 'tool', name: 'f' }],
    [{ parallel_tool_calls: false }, { type: 'auto', disable_parallel_tool_use: true }],
    [{ parallel_tool_calls: true }, undefined],
  ])('%j is %j', (more, expected) => {
    const body = bodyOf({ tools, ...more });
    expect(body['tool_choice']).toEqual(expected);
    expect(body['tools']).toEqual([{ name: 'f', input_schema: { type: 'object', properties: {} }, strict: true, cache_control: { type: 'ephemeral' } }]);
  });
});

describe('the messages', () => {
  test.each([
    ['instructions come first, wherever they stood', [{ role: 'user', content: 'a' }, { role: 'developer', content: 'x' }, { role: 'system', content: [{ type: 'text', text: 'y', cache_control: { type: 'ephemeral' } }] }], { system: [{ type: 'text', text: 'x' }, { type: 'text', text: 'y', cache_control: { type: 'ephemeral' } }], messages: [{ role: 'user', content: [{ type: 'text', text: 'a' }] }] }],
    ['instructions alone are asked as the user’s', [{ role: 'system', content: 'x' }], { messages: [{ role: 'user', content: [{ type: 'text', text: 'x' }] }] }],
    ['empty texts are left out', [{ role: 'system', content: '' }, { role: 'user', content: 'a' }, { role: 'assistant', content: '' }, { role: 'user', content: 'b', name: 'Bob' }], { messages: [{ role: 'user', content: [{ type: 'text', text: 'a' }, { type: 'text', text: 'b' }] }] }],
    ['an answer to continue has no white space at its end', [{ role: 'user', content: 'a' }, { role: 'assistant', content: 'b \n' }], { messages: [{ role: 'user', content: [{ type: 'text', text: 'a' }] }, { role: 'assistant', content: [{ type: 'text', text: 'b' }] }] }],
    ['a refusal is what the assistant said', [{ role: 'user', content: 'a' }, { role: 'assistant', content: null, refusal: 'no' }, { role: 'user', content: 'c' }], { messages: [{ role: 'user', content: [{ type: 'text', text: 'a' }] }, { role: 'assistant', content: [{ type: 'text', text: 'no' }] }, { role: 'user', content: [{ type: 'text', text: 'c' }] }] }],
    ['arguments that are no object are shown as they are', [{ role: 'assistant', content: null, tool_calls: [{ id: 'call:1', type: 'function', function: { name: 'f', arguments: '{"a"' } }] }, { role: 'tool', tool_call_id: 'call:1', content: 'bad' }], { messages: [{ role: 'assistant', content: [{ type: 'tool_use', id: 'call_1', name: 'f', input: { arguments: '{"a"' } }] }, { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'call_1', content: 'bad' }] }] }],
    ['thinking goes back before what it led to', [{ role: 'assistant', content: 'b', thinking_blocks: [{ type: 'thinking', thinking: 'hm', signature: 's' }] }, { role: 'user', content: 'c' }], { messages: [{ role: 'assistant', content: [{ type: 'thinking', thinking: 'hm', signature: 's' }, { type: 'text', text: 'b' }] }, { role: 'user', content: [{ type: 'text', text: 'c' }] }] }],
  ])('%s', (_what, messages, expected) => {
    const { system, messages: translated } = bodyOf({ messages });
    expect({ ...(system === undefined ? {} : { system }), messages: translated }).toEqual(expected);
  });

  test('images and PDFs', () => {
    const content = [
      { type: 'image_url', image_url: { url: 'data:image/jpg;base64,AAAA', detail: 'low' } },
      { type: 'image_url', image_url: { url: 'https://pictures.example/a.png' } },
      { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,BBBB' } },
    ];
    expect(bodyOf({ messages: [{ role: 'user', content }] })['messages']).toEqual([
      {
        role: 'user',
        content: [
          { type: 'image', source: { type: 'base64', media_type: 'image/jpeg', data: 'AAAA' } },
          { type: 'image', source: { type: 'url', url: 'https://pictures.example/a.png' } },
          { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'BBBB' }, title: 'a.pdf' },
        ],
      },
    ]);
  });
});

describe('response_format', () => {
  test('of a strict schema is enforced by the server', () => {
    expect(bodyOf(jsonSchema({ strict: true }))).toEqual({ ...asked, output_config: { format: { type: 'json_schema', schema } } });
  });

  test.each([
    ['a schema that is not strict', jsonSchema(), true, /valid against this JSON Schema:\n\{"type":"object"/],
    ['a strict schema where the server enforces none', jsonSchema({ strict: true }), false, /valid against this JSON Schema/],
    ['json_object', { response_format: { type: 'json_object' } }, true, /one JSON object and nothing else/],
  ])('%s is told in words', (_what, more, enforcesFormat, words) => {
    const body = bodyOf(more, { enforcesFormat });
    expect(body['output_config']).toBeUndefined();
    expect(JSON.parse(JSON.stringify(body['system']))).toEqual([{ type: 'text', text: expect.stringMatching(words) as string }]);
  });

  test('text is nothing', () => {
    expect(bodyOf({ response_format: { type: 'text' } })).toEqual(asked);
  });
});
