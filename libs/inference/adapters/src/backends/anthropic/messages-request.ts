import type { BackendChat, ChatRequest } from '@weighbridge/inference-domain';
import { cacheControl, toMessageHistory } from './message-history.ts';
import type { Block } from './message-history.ts';
import { unsupported } from './unsupported.ts';

type Fields = Readonly<Record<string, unknown>>;

export interface RequestOptions {
  readonly upstreamModel: string;
  readonly stream: boolean;
  /** Whether the server takes `output_config.format`; if not, the schema is told in words. */
  readonly enforcesFormat: boolean;
}

/** OpenAI allows up to 2. */
const MAX_TEMPERATURE = 1;
const MAX_USER_ID_LENGTH = 256;
const EFFORTS: ReadonlySet<string> = new Set(['low', 'medium', 'high', 'xhigh', 'max']);
const EMPTY_SCHEMA = { type: 'object', properties: {} };

/**
 * A chat request as the body of `POST /v1/messages`. `seed` and the penalties, which OpenAI calls best effort, have no counterpart and are
 * left out; what would change the shape or the meaning of the answer is refused. Thinking is asked for only by `thinking` (passed on as it
 * is) or `reasoning_effort`. Throws a BackendError of kind `rejected`.
 */
export function messagesBody({ request, maxOutputTokens }: BackendChat, options: RequestOptions): string {
  refuseUnsupported(request);
  const { system, messages } = toMessageHistory(request.messages);
  const format = outputFormat(request, options.enforcesFormat);
  const effort = effortOf(request);
  const instructions = [...system, ...format.instructions];
  const stop = typeof request.stop === 'string' ? [request.stop] : (request.stop ?? []);
  const userId = request.user ?? request.safety_identifier;
  const topK = request['top_k'];
  return JSON.stringify({
    model: options.upstreamModel,
    max_tokens: maxOutputTokens,
    ...(instructions.length === 0 ? {} : { system: instructions }),
    messages,
    ...(stop.length === 0 ? {} : { stop_sequences: stop }),
    ...(request.temperature == null ? {} : { temperature: Math.min(request.temperature, MAX_TEMPERATURE) }),
    ...(request.top_p == null ? {} : { top_p: request.top_p }),
    ...(typeof topK === 'number' ? { top_k: topK } : {}),
    ...toolFields(request),
    ...(userId == null || userId === '' || userId.length > MAX_USER_ID_LENGTH ? {} : { metadata: { user_id: userId } }),
    ...(request['thinking'] == null ? {} : { thinking: request['thinking'] }),
    ...(effort === undefined && format.enforced === undefined
      ? {}
      : { output_config: { ...(effort === undefined ? {} : { effort }), ...(format.enforced === undefined ? {} : { format: format.enforced }) } }),
    ...cacheControl(request),
    ...(request.service_tier === 'default' ? { service_tier: 'standard_only' } : {}),
    ...(options.stream ? { stream: true } : {}),
  });
}

function refuseUnsupported(request: ChatRequest): void {
  if ((request.n ?? 1) > 1) throw unsupported('more than one answer (n)');
  if (request.logprobs === true || (request.top_logprobs ?? 0) > 0) throw unsupported('log probabilities');
  if (Object.keys(request.logit_bias ?? {}).length > 0) throw unsupported('logit_bias');
  if (request['functions'] != null || request['function_call'] != null) throw unsupported('functions, which tools replaced');
  if (request['audio'] != null || (Array.isArray(request['modalities']) && request['modalities'].some((modality) => modality !== 'text'))) throw unsupported('answers other than text');
  if (request['web_search_options'] != null) throw unsupported('web_search_options');
}

function effortOf({ reasoning_effort: effort }: ChatRequest): string | undefined {
  if (effort == null || effort === 'none') return undefined;
  if (effort === 'minimal') return 'low';
  if (!EFFORTS.has(effort)) throw unsupported(`reasoning_effort ${JSON.stringify(effort.slice(0, 40))}`);
  return effort;
}

function toolFields({ tools, tool_choice: choice, parallel_tool_calls: parallel }: ChatRequest): Fields {
  if (tools == null || tools.length === 0) return {};
  const translated = tools.map((tool): Fields => {
    if (tool.type !== 'function' || tool.function === undefined) throw unsupported(`tools of type ${tool.type.slice(0, 40)}`);
    const { name, description, parameters, strict } = tool.function as typeof tool.function & { description?: unknown; parameters?: unknown; strict?: unknown };
    return {
      name,
      ...(typeof description === 'string' ? { description } : {}),
      input_schema: parameters ?? EMPTY_SCHEMA,
      ...(strict === true ? { strict } : {}),
      ...cacheControl(tool),
    };
  });
  const chosen = toolChoice(choice);
  const single = parallel === false && chosen?.['type'] !== 'none' ? { disable_parallel_tool_use: true } : {};
  if (chosen === undefined && parallel !== false) return { tools: translated };
  return { tools: translated, tool_choice: { ...(chosen ?? { type: 'auto' }), ...single } };
}

function toolChoice(choice: ChatRequest['tool_choice']): Fields | undefined {
  if (choice == null) return undefined;
  if (choice === 'auto' || choice === 'none') return { type: choice };
  if (choice === 'required') return { type: 'any' };
  const name = typeof choice === 'string' ? undefined : (choice['function'] as { name?: unknown } | null | undefined)?.name;
  if (typeof choice !== 'string' && choice.type === 'function' && typeof name === 'string') return { type: 'tool', name };
  throw unsupported('this tool_choice');
}

/** A strict schema is enforced where the server can; all others are told in words, and whoever called checks the answer. */
function outputFormat({ response_format: format }: ChatRequest, enforces: boolean): { readonly enforced?: Fields; readonly instructions: Block[] } {
  if (format == null || format.type === 'text') return { instructions: [] };
  if (format.type === 'json_object') return { instructions: [inWords('Answer with one JSON object and nothing else: no words around it, no code fence.')] };
  if (format.type !== 'json_schema') throw unsupported(`response_format ${JSON.stringify(format.type.slice(0, 40))}`);
  const { schema, strict } = format.json_schema as { schema?: unknown; strict?: unknown };
  if (enforces && strict === true && schema != null) return { enforced: { type: 'json_schema', schema }, instructions: [] };
  return { instructions: [inWords(`Answer with one JSON value and nothing else: no words around it, no code fence. It must be valid against this JSON Schema:\n${JSON.stringify(schema ?? {})}`)] };
}

const inWords = (text: string): Block => ({ type: 'text', text });
