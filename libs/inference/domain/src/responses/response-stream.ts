import type { TokenUsage } from '@weighbridge/shared-domain';
import type { BackendDelta } from '../backend.ts';
import type { ChatChoice } from '../chat-completion.ts';
import type { OutputItem, ResponseHead, ResponseObject, ResponseState } from './response-object.ts';
import { responseBody } from './response-object.ts';

/** One server-sent event of a streamed response; `type` is also the name of the event. */
export type ResponseEvent = { readonly type: string; readonly sequence_number: number } & Readonly<Record<string, unknown>>;

export interface ResponseStreamOptions {
  readonly head: ResponseHead;
  readonly send: (event: ResponseEvent) => void;
}

export interface ResponseEnd {
  readonly choices: readonly ChatChoice[];
  readonly usage: TokenUsage | null;
  readonly moreUsage?: Readonly<Record<string, unknown>>;
  /** Unix seconds. */
  readonly completedAt: number | null;
}

/**
 * Turns the deltas of a chat answer into the events of a response: created, in progress, each item with its parts from added to done, and the
 * whole response last. The same deltas make the same events, numbers included.
 */
export interface ResponseStream {
  /** Only of a response that waits for its turn: told before it is in progress. */
  readonly queued: () => void;
  readonly inProgress: () => void;
  readonly delta: (delta: BackendDelta) => void;
  /** Ends the stream; what was not streamed is taken from the choices. Returns the whole response. */
  readonly finish: (end: ResponseEnd) => ResponseObject;
  readonly fail: (state: Pick<ResponseState, 'error' | 'status'>) => ResponseObject;
}

type PartKind = 'output_text' | 'refusal' | 'reasoning_text';

interface OpenText {
  readonly kind: 'text';
  readonly outputIndex: number;
  readonly item: { readonly type: 'message' | 'reasoning'; readonly id: string };
  readonly parts: { readonly kind: PartKind; text: string; readonly logprobs: unknown[] }[];
}
interface OpenCall {
  readonly kind: 'call';
  readonly outputIndex: number;
  readonly callIndex: number;
  readonly id: string;
  readonly callId: string;
  name: string;
  arguments: string;
}
type OpenItem = OpenText | OpenCall;

export function createResponseStream({ head, send }: ResponseStreamOptions): ResponseStream {
  let sequence = 0;
  let stage: 'new' | 'queued' | 'running' = 'new';
  let streamed = false;
  let finishReason: string | undefined;
  const open: OpenItem[] = [];
  const output: OutputItem[] = [];
  const suffix = head.id.replace(/^resp_/, '');
  const emit = (type: string, fields: Readonly<Record<string, unknown>>) => send({ type, sequence_number: sequence++, ...fields });
  const snapshot = (state: ResponseState) => responseBody(head, state);

  const queued = () => {
    if (stage !== 'new') return;
    stage = 'queued';
    emit('response.created', { response: snapshot({ status: 'queued' }) });
    emit('response.queued', { response: snapshot({ status: 'queued' }) });
  };
  const inProgress = () => {
    if (stage === 'running') return;
    if (stage === 'new') emit('response.created', { response: snapshot({ status: 'in_progress' }) });
    stage = 'running';
    emit('response.in_progress', { response: snapshot({ status: 'in_progress' }) });
  };
  const nextIndex = () => output.length + open.length;

  const closePart = (item: OpenText) => {
    const part = item.parts.at(-1);
    if (part === undefined) return;
    const place = { item_id: item.item.id, output_index: item.outputIndex, content_index: item.parts.length - 1 };
    if (part.kind === 'output_text') emit('response.output_text.done', { ...place, text: part.text, logprobs: part.logprobs });
    else emit(`response.${part.kind}.done`, { ...place, [part.kind === 'refusal' ? 'refusal' : 'text']: part.text });
    emit('response.content_part.done', { ...place, part: partBody(part) });
  };
  const close = (item: OpenItem, status: 'completed' | 'incomplete' = 'completed') => {
    open.splice(open.indexOf(item), 1);
    if (item.kind === 'text') closePart(item);
    else emit('response.function_call_arguments.done', { item_id: item.id, output_index: item.outputIndex, name: item.name, arguments: item.arguments });
    const body = itemBody(item, status);
    output[item.outputIndex] = body;
    emit('response.output_item.done', { output_index: item.outputIndex, item: body });
  };
  const closeAll = (status?: 'completed' | 'incomplete') => {
    for (const item of open.toSorted((a, b) => a.outputIndex - b.outputIndex)) close(item, status);
  };

  const write = (kind: PartKind, text: string, logprobs: unknown[] = []) => {
    const type = kind === 'reasoning_text' ? 'reasoning' : 'message';
    let item = open.find((one): one is OpenText => one.kind === 'text' && one.item.type === type);
    if (item === undefined) {
      closeAll();
      const outputIndex = nextIndex();
      item = { kind: 'text', outputIndex, item: { type, id: `${type === 'message' ? 'msg' : 'rs'}_${suffix}_${outputIndex}` }, parts: [] };
      open.push(item);
      emit('response.output_item.added', { output_index: outputIndex, item: itemBody(item, 'in_progress') });
    }
    let part = item.parts.at(-1);
    if (part?.kind !== kind) {
      closePart(item);
      part = { kind, text: '', logprobs: [] };
      item.parts.push(part);
      emit('response.content_part.added', { item_id: item.item.id, output_index: item.outputIndex, content_index: item.parts.length - 1, part: partBody(part) });
    }
    part.text += text;
    part.logprobs.push(...logprobs);
    const place = { item_id: item.item.id, output_index: item.outputIndex, content_index: item.parts.length - 1, delta: text };
    emit(`response.${kind}.delta`, kind === 'output_text' ? { ...place, logprobs } : place);
  };
  const call = ({ index, id, function: piece }: { index: number; id?: unknown; function?: unknown }) => {
    const { name, arguments: text } = (piece ?? {}) as { name?: string | null; arguments?: string | null };
    let item = open.find((one): one is OpenCall => one.kind === 'call' && one.callIndex === index);
    if (item === undefined) {
      for (const other of open.filter((one) => one.kind === 'text')) close(other);
      const outputIndex = nextIndex();
      const callId = typeof id === 'string' && id !== '' ? id : `call_${suffix}_${index}`;
      item = { kind: 'call', outputIndex, callIndex: index, id: `fc_${suffix}_${outputIndex}`, callId, name: name ?? '', arguments: '' };
      open.push(item);
      emit('response.output_item.added', { output_index: outputIndex, item: itemBody(item, 'in_progress') });
    } else if (name != null && item.name === '') item.name = name;
    if (text == null || text === '') return;
    item.arguments += text;
    emit('response.function_call_arguments.delta', { item_id: item.id, output_index: item.outputIndex, delta: text });
  };

  const delta = (piece: BackendDelta) => {
    if (piece.index !== 0) return;
    inProgress();
    streamed = true;
    if (piece.reasoning !== undefined && piece.reasoning !== '') write('reasoning_text', piece.reasoning);
    if (piece.content !== undefined && piece.content !== '') write('output_text', piece.content, responseLogprobs(piece.logprobs));
    if (piece.refusal !== undefined && piece.refusal !== '') write('refusal', piece.refusal);
    for (const one of piece.toolCalls ?? []) call(one);
    finishReason = piece.finishReason ?? finishReason;
  };

  return {
    queued,
    inProgress,
    delta,
    finish: ({ choices, usage, moreUsage = {}, completedAt }) => {
      inProgress();
      const [choice] = choices;
      if (!streamed && choice !== undefined) delta(wholeDelta(choice));
      const reason = incompleteReasonOf(finishReason ?? choice?.finish_reason ?? 'stop');
      closeAll(reason === null ? 'completed' : 'incomplete');
      const status = reason === null ? 'completed' : 'incomplete';
      const response = snapshot({ status, output, usage, moreUsage, incompleteReason: reason, completedAt: reason === null ? completedAt : null });
      emit(`response.${status}`, { response });
      return response;
    },
    fail: ({ error = null, status }) => {
      inProgress();
      closeAll('incomplete');
      const response = snapshot({ status, output, error });
      // OpenAI has no event for a cancelled response.
      emit('response.failed', { response });
      return response;
    },
  };
}

/** The items of a whole answer, as a stream of it would end with them, and what it lacks. */
export function outputOfChoice(responseId: string, choice: ChatChoice | undefined): Pick<ResponseState, 'output' | 'incompleteReason'> {
  const stream = createResponseStream({ head: { id: responseId, createdAt: 0, chat: { model: '', messages: [] }, instructions: null, background: false }, send: () => {} });
  const { output } = stream.finish({ choices: choice === undefined ? [] : [choice], usage: null, completedAt: null });
  return { output, incompleteReason: incompleteReasonOf(choice?.finish_reason ?? 'stop') };
}

const incompleteReasonOf = (finishReason: string) => (finishReason === 'length' ? 'max_output_tokens' : finishReason === 'content_filter' ? 'content_filter' : null);

const wholeDelta = ({ message, logprobs, finish_reason: finishReason }: ChatChoice): BackendDelta => ({
  index: 0,
  ...(message.reasoning_content == null ? {} : { reasoning: message.reasoning_content }),
  ...(message.content == null ? {} : { content: message.content }),
  ...(message.refusal == null ? {} : { refusal: message.refusal }),
  ...(message.tool_calls == null ? {} : { toolCalls: message.tool_calls.map((one, index) => ({ index, ...one })) }),
  ...(logprobs == null ? {} : { logprobs }),
  ...(finishReason === null ? {} : { finishReason }),
});

/** Chat puts them into `content`; responses have the list alone. */
const responseLogprobs = (logprobs: unknown): unknown[] => {
  const content = typeof logprobs === 'object' && logprobs !== null && 'content' in logprobs ? logprobs.content : undefined;
  return Array.isArray(content) ? content : [];
};

const partBody = ({ kind, text, logprobs }: OpenText['parts'][number]): Record<string, unknown> =>
  kind === 'output_text' ? { type: kind, text, annotations: [], logprobs: [...logprobs] } : kind === 'refusal' ? { type: kind, refusal: text } : { type: kind, text };

function itemBody(item: OpenItem, status: 'in_progress' | 'completed' | 'incomplete'): OutputItem {
  if (item.kind === 'call') return { type: 'function_call', id: item.id, call_id: item.callId, name: item.name, arguments: item.arguments, status };
  const content = item.parts.map(partBody);
  if (item.item.type === 'reasoning') return { ...item.item, summary: [], content, status };
  return { ...item.item, role: 'assistant', status, content };
}
