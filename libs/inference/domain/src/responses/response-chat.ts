import { ChatRequest } from '../chat.ts';
import type { Translated, RequestFault } from '../request-fault.ts';
import { messagesOfInput } from './response-input.ts';
import type { ResponsesRequest } from './responses-request.ts';

/** Fields that mean the same in a chat request. */
const sameInChat = ['temperature', 'top_p', 'parallel_tool_calls', 'service_tier', 'metadata', 'user', 'safety_identifier', 'prompt_cache_key', 'prompt_cache_retention'] as const;

/** What `include` may ask for: the first changes nothing here, and is asked for by clients on their own. */
const includable: ReadonlySet<string> = new Set(['reasoning.encrypted_content', 'message.output_text.logprobs']);
const withLogprobs = 'message.output_text.logprobs';

/** A request to `POST /v1/responses` as a chat request, or everything in it that cannot be obeyed. */
export function chatOfResponse(request: ResponsesRequest): Translated<ChatRequest> {
  const { instructions, text, tools, tool_choice: toolChoice, reasoning, max_output_tokens: maxOutputTokens, include } = request;
  const input = messagesOfInput(request.input);
  const faults = [...refusedFields(request), ...(input.ok ? [] : input.faults)];
  if (!input.ok || faults.length > 0) return { ok: false, faults };
  const same = Object.fromEntries(sameInChat.flatMap((field) => (request[field] == null ? [] : [[field, request[field]]])));
  const wantsLogprobs = include?.includes(withLogprobs) === true || request.top_logprobs != null;
  const chat = ChatRequest.safeParse({
    model: request.model,
    messages: [...(instructions == null || instructions === '' ? [] : [{ role: 'system', content: instructions }]), ...input.value],
    ...same,
    ...(maxOutputTokens == null ? {} : { max_completion_tokens: maxOutputTokens }),
    ...(reasoning?.effort == null ? {} : { reasoning_effort: reasoning.effort }),
    ...(text?.verbosity == null ? {} : { verbosity: text.verbosity }),
    ...(text?.format == null || text.format.type === 'text' ? {} : { response_format: responseFormat(text.format) }),
    ...(tools == null || tools.length === 0 ? {} : { tools: tools.map(chatTool) }),
    ...(toolChoice == null || tools == null || tools.length === 0 ? {} : { tool_choice: chatToolChoice(toolChoice) }),
    ...(wantsLogprobs ? { logprobs: true, top_logprobs: request.top_logprobs ?? 0 } : {}),
  });
  if (chat.success) return { ok: true, value: chat.data };
  return { ok: false, faults: chat.error.issues.map(({ path, message }) => ({ path: path.map(String), message, unsupported: false })) };
}

function refusedFields(request: ResponsesRequest): RequestFault[] {
  const { previous_response_id: previous, conversation, prompt, context_management: contextManagement, truncation, include, tools, tool_choice: toolChoice, background, store } = request;
  const refused = (path: RequestFault['path'], message: string): RequestFault => ({ path, message, unsupported: true });
  return [
    ...(previous == null ? [] : [refused(['previous_response_id'], 'is not supported: no response is kept for later turns; send the earlier turns in input')]),
    ...(conversation == null ? [] : [refused(['conversation'], 'is not supported: no conversations are kept; send the earlier turns in input')]),
    ...(prompt == null ? [] : [refused(['prompt'], 'is not supported: no prompt templates are kept here')]),
    ...(contextManagement == null ? [] : [refused(['context_management'], 'is not supported')]),
    ...(truncation == null || truncation === 'disabled' ? [] : [refused(['truncation'], 'is supported as "disabled" only: input is never shortened')]),
    ...(background === true && store === false ? [refused(['store'], 'must not be false with background: a background response is kept until it is fetched')] : []),
    ...(include ?? []).flatMap((name, index) => (includable.has(name) ? [] : [refused(['include', index], `is not supported: "${name}"`)])),
    ...(tools ?? []).flatMap((tool, index) =>
      tool.type !== 'function'
        ? [refused(['tools', index, 'type'], `is not supported: "${tool.type}"; only functions that the client runs itself are`)]
        : tool.name === undefined
          ? [refused(['tools', index, 'name'], 'is needed')]
          : [],
    ),
    ...(typeof toolChoice === 'object' && toolChoice?.type !== 'function' && toolChoice !== null ? [refused(['tool_choice', 'type'], `is not supported: "${toolChoice.type}"`)] : []),
  ];
}

const responseFormat = ({ type, ...rest }: NonNullable<NonNullable<ResponsesRequest['text']>['format']>): unknown => (type === 'json_schema' ? { type, json_schema: rest } : { type });

const chatTool = ({ type, ...rest }: NonNullable<ResponsesRequest['tools']>[number]): unknown => ({ type, function: withoutNulls(rest) });

const chatToolChoice = (choice: NonNullable<ResponsesRequest['tool_choice']>): unknown => (typeof choice === 'string' ? choice : { type: 'function', function: { name: choice['name'] } });

const withoutNulls = (fields: Readonly<Record<string, unknown>>) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null));
