import type { BackendDelta, ChatChoice } from '@weighbridge/inference-domain';
import { mergeAnthropicUsage } from '@weighbridge/inference-domain';
import { z } from 'zod';
import type { StreamReader } from '../http/wire.ts';
import { ContentBlock, choiceOf, finishReasonOf, serviceTierOf } from './message-answer.ts';

// Bounded, since a list is filled up to it.
const index = z.int().min(0).max(1_023);
const text = z.string().nullish();

const MessageStart = z.looseObject({ message: z.looseObject({ model: text, usage: z.unknown().optional(), content: z.array(ContentBlock).nullish() }) });
const BlockStart = z.looseObject({ index, content_block: ContentBlock });
const BlockDelta = z.looseObject({ index, delta: z.looseObject({ type: z.string(), text, thinking: text, signature: text, partial_json: text }) });
const MessageDelta = z.looseObject({ delta: z.looseObject({ stop_reason: text }).nullish(), usage: z.unknown().optional() });

interface OpenBlock {
  readonly block: ContentBlock;
  /** Of a tool call: what came of its arguments. */
  json: string;
  /** Of a tool call: its place among the calls. */
  readonly call: number;
}

/**
 * Puts the events of a streamed message together again. Events are told apart by the `type` in their data; types that are newer than this
 * file are let pass, as the API asks of its clients. Anything but a message_start at the beginning is no answer.
 */
export class StreamedMessage implements StreamReader {
  readonly #blocks: OpenBlock[] = [];
  #calls = 0;
  #stopReason: string | undefined;
  begun = false;
  usage: unknown;
  model: string | undefined;
  readonly systemFingerprint = undefined;

  /** With its stop reason the answer is whole: only message_stop follows. */
  get finished(): boolean {
    return this.#stopReason !== undefined;
  }

  get serviceTier(): string | undefined {
    return serviceTierOf(this.usage);
  }

  choices(): ChatChoice[] {
    return [choiceOf(Object.values(this.#blocks).map(({ block, json }) => (block.type === 'tool_use' && json !== '' ? { ...block, input: json } : block)), this.#stopReason)];
  }

  add(json: unknown): BackendDelta[] | null {
    const type = typeof json === 'object' && json !== null && 'type' in json ? json.type : undefined;
    if (typeof type !== 'string') return null;
    if (type === 'message_start') return this.#start(json);
    if (type === 'ping') return [];
    if (!this.begun) return type.startsWith('content_block_') || type.startsWith('message_') ? null : [];
    switch (type) {
      case 'content_block_start':
        return this.#startBlock(json);
      case 'content_block_delta':
        return this.#addToBlock(json);
      case 'message_delta':
        return this.#end(json);
      default:
        return [];
    }
  }

  #start(json: unknown): BackendDelta[] | null {
    const event = MessageStart.safeParse(json);
    if (!event.success || this.begun) return null;
    this.begun = true;
    this.model = event.data.message.model ?? undefined;
    this.usage = event.data.message.usage;
    return [{ index: 0 }];
  }

  #startBlock(json: unknown): BackendDelta[] | null {
    const event = BlockStart.safeParse(json);
    if (!event.success || this.#blocks[event.data.index] !== undefined) return null;
    const { content_block: block } = event.data;
    const isCall = block.type === 'tool_use';
    const call = isCall ? this.#calls++ : -1;
    const id = block.id || `call_${call}`;
    this.#blocks[event.data.index] = { block: { ...block, ...(isCall ? { id } : {}) }, json: '', call };
    if (isCall) return [{ index: 0, toolCalls: [{ index: call, id, type: 'function', function: { name: block.name || 'unknown', arguments: '' } }] }];
    return this.#said(block.type, block.type === 'thinking' ? block.thinking : block.text);
  }

  #addToBlock(json: unknown): BackendDelta[] | null {
    const event = BlockDelta.safeParse(json);
    const open = event.success ? this.#blocks[event.data.index] : undefined;
    if (!event.success || open === undefined) return null;
    const { delta } = event.data;
    const { block } = open;
    switch (delta.type) {
      case 'text_delta':
        block.text = (block.text ?? '') + (delta.text ?? '');
        return this.#said('text', delta.text);
      case 'thinking_delta':
        block.thinking = (block.thinking ?? '') + (delta.thinking ?? '');
        return this.#said('thinking', delta.thinking);
      case 'signature_delta':
        block.signature = (block.signature ?? '') + (delta.signature ?? '');
        return [];
      case 'input_json_delta':
        open.json += delta.partial_json ?? '';
        return open.call >= 0 && delta.partial_json ? [{ index: 0, toolCalls: [{ index: open.call, function: { arguments: delta.partial_json } }] }] : [];
      default:
        return [];
    }
  }

  #end(json: unknown): BackendDelta[] | null {
    const event = MessageDelta.safeParse(json);
    if (!event.success) return null;
    this.usage = mergeAnthropicUsage(this.usage, event.data.usage);
    const reason = event.data.delta?.stop_reason;
    if (reason == null || this.#stopReason !== undefined) return [];
    this.#stopReason = reason;
    return [...this.#argumentsGivenAtOnce(), { index: 0, finishReason: finishReasonOf(reason) }];
  }

  /** Arguments that came with the start of their block, or none at all, which OpenAI's clients expect as `{}`. */
  #argumentsGivenAtOnce(): BackendDelta[] {
    return Object.values(this.#blocks)
      .filter(({ call, json }) => call >= 0 && json === '')
      .map(({ block, call }) => ({ index: 0, toolCalls: [{ index: call, function: { arguments: JSON.stringify(block.input ?? {}) } }] }));
  }

  #said(type: string, said: string | null | undefined): BackendDelta[] {
    if (said == null || said === '') return [];
    return type === 'thinking' ? [{ index: 0, reasoning: said }] : type === 'text' ? [{ index: 0, content: said }] : [];
  }
}
