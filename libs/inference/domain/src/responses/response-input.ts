import { z } from 'zod';
import type { ChatMessage, ContentPart, ToolCall } from '../chat.ts';
import type { Translated, RequestFault } from '../request-fault.ts';
import type { ResponsesRequest } from './responses-request.ts';

type Path = RequestFault['path'];

const Parts = z.array(z.looseObject({ type: z.string() }));
const MessageItem = z.looseObject({ role: z.enum(['user', 'assistant', 'system', 'developer']), content: z.union([z.string(), Parts.min(1)]) });
const FunctionCallItem = z.looseObject({ call_id: z.string().min(1), name: z.string().min(1), arguments: z.string() });
const FunctionCallOutputItem = z.looseObject({ call_id: z.string().min(1), output: z.union([z.string(), Parts.min(1)]) });

const TextPart = z.looseObject({ text: z.string() });
const RefusalPart = z.looseObject({ refusal: z.string() });
const ImagePart = z.looseObject({ image_url: z.string().min(1), detail: z.string().nullish() });
const FilePart = z.looseObject({ file_data: z.string().min(1), filename: z.string().nullish() });

type AssistantTurn = Extract<ChatMessage, { role: 'assistant' }>;

/** The messages of an `input`: calls of one turn are gathered into one message of the assistant, and reasoning items are left out. */
export function messagesOfInput(input: ResponsesRequest['input']): Translated<readonly ChatMessage[]> {
  if (typeof input === 'string') return { ok: true, value: [{ role: 'user', content: input }] };
  const messages: ChatMessage[] = [];
  const faults: RequestFault[] = [];
  const refuse = (path: Path, message: string) => void faults.push({ path, message, unsupported: true });
  /** Parses a part of the input, and notes what is wrong with it. */
  const read = <T>(schema: z.ZodType<T>, value: unknown, path: Path): T | undefined => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) faults.push({ path: [...path, ...issue.path.map(String)], message: issue.message, unsupported: false });
    return undefined;
  };
  const contentOf = (content: string | readonly { type: string }[], path: Path): { readonly parts: string | ContentPart[]; readonly refusal?: string } => {
    if (typeof content === 'string') return { parts: content };
    const parts: ContentPart[] = [];
    let refusal: string | undefined;
    for (const [index, part] of content.entries()) {
      const at = [...path, index];
      switch (part.type) {
        case 'input_text':
        case 'output_text':
        case 'text': {
          const text = read(TextPart, part, at)?.text;
          if (text !== undefined) parts.push({ type: 'text', text });
          break;
        }
        case 'refusal':
          refusal = read(RefusalPart, part, at)?.refusal;
          break;
        case 'input_image': {
          const image = read(ImagePart, part, at);
          if (image !== undefined) parts.push({ type: 'image_url', image_url: { url: image.image_url, ...(image.detail == null ? {} : { detail: image.detail }) } });
          break;
        }
        case 'input_file': {
          const file = read(FilePart, part, at);
          if (file !== undefined) parts.push({ type: 'file', file: { file_data: file.file_data, ...(file.filename == null ? {} : { filename: file.filename }) } });
          break;
        }
        default:
          refuse([...at, 'type'], `is not supported: "${part.type}"`);
      }
    }
    return { parts, ...(refusal === undefined ? {} : { refusal }) };
  };
  const addCall = (call: ToolCall) => {
    const last = messages.at(-1);
    if (last?.role === 'assistant') messages[messages.length - 1] = { ...last, tool_calls: [...(last.tool_calls ?? []), call] };
    else messages.push({ role: 'assistant', content: null, tool_calls: [call] });
  };

  for (const [index, item] of input.entries()) {
    const path = ['input', index];
    switch (item.type ?? 'message') {
      case 'message': {
        const message = read(MessageItem, item, path);
        if (message === undefined) break;
        const { parts, refusal } = contentOf(message.content, [...path, 'content']);
        messages.push(message.role === 'assistant' ? assistantTurn(parts, refusal) : { role: message.role, content: plainest(parts) });
        break;
      }
      case 'function_call': {
        const call = read(FunctionCallItem, item, path);
        if (call !== undefined) addCall({ id: call.call_id, type: 'function', function: { name: call.name, arguments: call.arguments } });
        break;
      }
      case 'function_call_output': {
        const result = read(FunctionCallOutputItem, item, path);
        if (result !== undefined) messages.push({ role: 'tool', tool_call_id: result.call_id, content: plainest(contentOf(result.output, [...path, 'output']).parts) });
        break;
      }
      // Chat has no place for what a model thought before, and no model needs it.
      case 'reasoning':
        break;
      case 'item_reference':
        refuse([...path, 'type'], 'is not supported: no items of earlier responses are kept; send the items themselves (clients do so with store: false)');
        break;
      default:
        refuse([...path, 'type'], `is not supported: "${item.type}"`);
    }
  }
  if (faults.length === 0 && messages.length === 0) faults.push({ path: ['input'], message: 'has no message', unsupported: false });
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value: messages };
}

/** Many chat templates take text only: a single text is no list. */
const plainest = (parts: string | ContentPart[]): string | ContentPart[] => {
  if (typeof parts === 'string') return parts;
  const [only] = parts;
  return parts.length === 1 && only?.type === 'text' ? (only.text ?? '') : parts;
};

const assistantTurn = (parts: string | ContentPart[], refusal: string | undefined): AssistantTurn => {
  const text = typeof parts === 'string' ? parts : parts.map((part) => part.text ?? '').join('');
  return { role: 'assistant', content: text, ...(refusal === undefined ? {} : { refusal }) };
};
