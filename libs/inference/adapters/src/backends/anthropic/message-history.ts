import type { ChatMessage, ContentPart, ToolCall } from '@weighbridge/inference-domain';
import { messageText } from '@weighbridge/inference-domain';
import { unsupported } from './unsupported.ts';

/** A content block of the Messages API. */
export type Block = Readonly<Record<string, unknown>> & { readonly type: string };

export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly content: Block[];
}

export interface MessageHistory {
  readonly system: Block[];
  readonly messages: Turn[];
}

const IMAGE_TYPES: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp']);
const DATA_URL = /^data:([a-z0-9.+/-]+);base64,/i;

/** Marks up to where the prompt is cached. Entries that live for an hour have a price of their own, which price books do not know. */
export function cacheControl(from: Readonly<Record<string, unknown>>): { readonly cache_control?: { readonly type: 'ephemeral' } } {
  const given = from['cache_control'];
  if (given == null) return {};
  if (typeof given === 'object' && 'ttl' in given && given.ttl != null && given.ttl !== '5m') throw unsupported('cache entries that live longer than five minutes');
  return { cache_control: { type: 'ephemeral' } };
}

/** Ids must match `[a-zA-Z0-9_-]+`; those of other servers may not. The same id always becomes the same. */
const toolId = (id: string): string => id.replaceAll(/[^\w-]/g, '_');

const textBlock = (text: string, from: Readonly<Record<string, unknown>>): Block[] => (text === '' ? [] : [{ type: 'text', text, ...cacheControl(from) }]);

/** `data:` URLs travel inside the request, `https:` ones are fetched by the provider. */
function imageBlock(part: ContentPart): Block {
  const image = part['image_url'];
  const url = typeof image === 'string' ? image : (image as { url?: unknown } | null | undefined)?.url;
  if (typeof url !== 'string') throw unsupported('an image_url part without a url');
  const data = DATA_URL.exec(url);
  if (data === null) {
    if (!url.startsWith('https://')) throw unsupported('images that are neither base64 data nor at an https address');
    return { type: 'image', source: { type: 'url', url }, ...cacheControl(part) };
  }
  const mediaType = data[1]?.toLowerCase() === 'image/jpg' ? 'image/jpeg' : (data[1]?.toLowerCase() ?? '');
  if (!IMAGE_TYPES.has(mediaType)) throw unsupported(`images of type ${mediaType}`);
  return { type: 'image', source: { type: 'base64', media_type: mediaType, data: url.slice(data[0].length) }, ...cacheControl(part) };
}

function fileBlock(part: ContentPart): Block {
  const file = part['file'] as { file_data?: unknown; filename?: unknown } | null | undefined;
  const url = typeof file?.file_data === 'string' ? file.file_data : '';
  const data = DATA_URL.exec(url);
  if (data?.[1]?.toLowerCase() !== 'application/pdf') throw unsupported('files other than PDFs given as base64 data');
  const title = typeof file?.filename === 'string' ? { title: file.filename } : {};
  return { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: url.slice(data[0].length) }, ...title, ...cacheControl(part) };
}

function contentBlocks(content: ChatMessage['content'], from: Readonly<Record<string, unknown>>): Block[] {
  if (content == null) return [];
  if (typeof content === 'string') return textBlock(content, from);
  return content.flatMap((part): Block[] => {
    switch (part.type) {
      case 'text':
        return textBlock(part.text ?? '', part);
      case 'refusal':
        return textBlock(typeof part['refusal'] === 'string' ? part['refusal'] : '', part);
      case 'image_url':
        return [imageBlock(part)];
      case 'file':
        return [fileBlock(part)];
      default:
        throw unsupported(`content parts of type ${part.type.slice(0, 40)}`);
    }
  });
}

function toolUseBlock(call: ToolCall): Block {
  if (call.function === undefined) throw unsupported(`tool calls of type ${call.type.slice(0, 40)}`);
  return { type: 'tool_use', id: toolId(call.id), name: call.function.name, input: toolInput(call.function.arguments) };
}

/** A model may have written arguments that are no object; the API takes nothing else, and the model should see again what it wrote. */
function toolInput(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    const input: unknown = JSON.parse(text);
    if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input;
  } catch {
    // Falls through: shown as it is.
  }
  return { arguments: text };
}

function assistantBlocks(message: Extract<ChatMessage, { role: 'assistant' }>): Block[] {
  if (message.function_call != null) throw unsupported('function_call, which tool_calls replaced');
  if (message.audio != null) throw unsupported('audio');
  // What the model thought before it called a tool goes back with its signature, as this backend gave it out.
  const thinking = Array.isArray(message.thinking_blocks) ? (message.thinking_blocks as Block[]) : [];
  const said = [...contentBlocks(message.content, message), ...(message.refusal == null ? [] : textBlock(message.refusal, {}))];
  return [...thinking, ...said, ...(message.tool_calls ?? []).map(toolUseBlock)];
}

/** Where the API demands that turns alternate, neighbours of one role become one turn: results of parallel calls have to come together anyway. */
function addTurn(messages: Turn[], role: Turn['role'], content: readonly Block[]): void {
  if (content.length === 0) return;
  const last = messages.at(-1);
  if (last?.role === role) last.content.push(...content);
  else messages.push({ role, content: [...content] });
}

/**
 * The conversation as the Messages API takes it: instructions apart, wherever they stood; tool results as what the user says.
 * Instructions alone are asked as the user's. Names of speakers are dropped, empty texts too, which the API refuses.
 */
export function toMessageHistory(messages: readonly ChatMessage[]): MessageHistory {
  const system: Block[] = [];
  const turns: Turn[] = [];
  for (const message of messages) {
    switch (message.role) {
      case 'system':
      case 'developer':
        if (typeof message.content !== 'string' && message.content.some(({ type }) => type !== 'text')) throw unsupported('instructions other than text');
        system.push(...contentBlocks(message.content, message));
        break;
      case 'user':
        addTurn(turns, 'user', contentBlocks(message.content, message));
        break;
      case 'assistant':
        addTurn(turns, 'assistant', assistantBlocks(message));
        break;
      case 'tool':
        addTurn(turns, 'user', [
          { type: 'tool_result', tool_use_id: toolId(message.tool_call_id), content: typeof message.content === 'string' ? messageText(message.content) : contentBlocks(message.content, {}), ...cacheControl(message) },
        ]);
        break;
    }
  }
  if (turns.length === 0) return { system: [], messages: system.length === 0 ? [] : [{ role: 'user', content: system }] };
  trimEnd(turns);
  return { system, messages: turns };
}

/** An answer that is to be continued may not end in white space; the API refuses it. */
function trimEnd(turns: readonly Turn[]): void {
  const last = turns.at(-1);
  const block = last?.content.at(-1);
  if (last?.role !== 'assistant' || block?.type !== 'text' || typeof block['text'] !== 'string') return;
  last.content.pop();
  const text = block['text'].trimEnd();
  if (text !== '') last.content.push({ ...block, text });
}
