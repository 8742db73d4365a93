import type { AssistantReply, BackendDelta, ChatChoice, ToolCall } from '@weighbridge/inference-domain';
import { z } from 'zod';
import type { StreamReader } from '../http/wire.ts';

const ToolCallPiece = z.looseObject({
  // Bounded, since a list is filled up to it.
  index: z.int().min(0).max(255).nullish(),
  id: z.string().nullish(),
  type: z.string().nullish(),
  function: z.looseObject({ name: z.string().nullish(), arguments: z.string().nullish() }).nullish(),
});

const UpstreamChunk = z.looseObject({
  model: z.string().nullish(),
  choices: z
    .array(
      z.looseObject({
        index: z.int().min(0).nullish(),
        delta: z
          .looseObject({
            content: z.string().nullish(),
            reasoning_content: z.string().nullish(),
            reasoning: z.string().nullish(),
            refusal: z.string().nullish(),
            tool_calls: z.array(ToolCallPiece).nullish(),
          })
          .nullish(),
        finish_reason: z.string().nullish(),
        logprobs: z.unknown().optional(),
      }),
    )
    .nullish(),
  usage: z.unknown().optional(),
  service_tier: z.string().nullish(),
  system_fingerprint: z.string().nullish(),
});
type UpstreamChoice = NonNullable<z.infer<typeof UpstreamChunk>['choices']>[number];

interface OpenToolCall {
  id: string;
  type: string;
  name: string;
  arguments: string;
}

interface OpenChoice {
  content: string | null;
  reasoning: string;
  refusal: string;
  readonly toolCalls: OpenToolCall[];
  readonly logprobs: Record<string, unknown[]>;
  finishReason: string | undefined;
}

/** Puts the chunks of a streamed answer together again, and says what each of them adds. */
export class StreamedAnswer implements StreamReader {
  readonly #choices = new Map<number, OpenChoice>();
  /** The latest usage that the server reported, whatever it is. */
  usage: unknown;
  model: string | undefined;
  serviceTier: string | undefined;
  systemFingerprint: string | undefined;

  /** Takes one event's JSON. Gives its deltas, or null when it is no chunk. */
  add(json: unknown): BackendDelta[] | null {
    const parsed = UpstreamChunk.safeParse(json);
    if (!parsed.success) return null;
    const chunk = parsed.data;
    this.usage = chunk.usage ?? this.usage;
    this.model ??= chunk.model ?? undefined;
    this.serviceTier = chunk.service_tier ?? this.serviceTier;
    this.systemFingerprint ??= chunk.system_fingerprint ?? undefined;
    return (chunk.choices ?? []).map((choice, position) => this.#addChoice(choice, choice.index ?? position));
  }

  /** Whether every choice that began has said why it ended. */
  get finished(): boolean {
    if (this.#choices.size === 0) return false;
    for (const choice of this.#choices.values()) if (choice.finishReason === undefined) return false;
    return true;
  }

  get begun(): boolean {
    return this.#choices.size > 0;
  }

  choices(): ChatChoice[] {
    return [...this.#choices]
      .toSorted(([a], [b]) => a - b)
      .map(([index, choice]) => {
        const toolCalls = choice.toolCalls.map(
          (call): ToolCall => ({ id: call.id, type: call.type, function: { name: call.name, arguments: call.arguments } }),
        );
        const message: AssistantReply = {
          role: 'assistant',
          content: choice.content,
          refusal: choice.refusal === '' ? null : choice.refusal,
          ...(choice.reasoning === '' ? {} : { reasoning_content: choice.reasoning }),
          ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls }),
        };
        return {
          index,
          message,
          logprobs: Object.keys(choice.logprobs).length === 0 ? null : choice.logprobs,
          finish_reason: choice.finishReason ?? 'stop',
        };
      });
  }

  #addChoice(piece: UpstreamChoice, index: number): BackendDelta {
    let choice = this.#choices.get(index);
    if (choice === undefined) {
      choice = { content: null, reasoning: '', refusal: '', toolCalls: [], logprobs: {}, finishReason: undefined };
      this.#choices.set(index, choice);
    }
    const delta = piece.delta;
    const reasoning = delta?.reasoning_content ?? delta?.reasoning;
    if (delta?.content != null) choice.content = (choice.content ?? '') + delta.content;
    if (reasoning != null) choice.reasoning += reasoning;
    if (delta?.refusal != null) choice.refusal += delta.refusal;
    for (const [key, entries] of Object.entries(piece.logprobs ?? {})) {
      if (Array.isArray(entries)) (choice.logprobs[key] ??= []).push(...(entries as unknown[]));
    }
    const toolCalls = (delta?.tool_calls ?? []).map((call, position) => {
      const at = call.index ?? position;
      const known = (choice.toolCalls[at] ??= { id: `call_${at}`, type: 'function', name: '', arguments: '' });
      if (call.id != null && call.id !== '') known.id = call.id;
      known.name += call.function?.name ?? '';
      known.arguments += call.function?.arguments ?? '';
      return { ...call, index: at };
    });
    // A name at index 1 may come before one at index 0; a hole left open would be no call at all.
    for (let at = 0; at < choice.toolCalls.length; at += 1) choice.toolCalls[at] ??= { id: `call_${at}`, type: 'function', name: '', arguments: '' };
    if (piece.finish_reason != null) choice.finishReason = piece.finish_reason;

    return {
      index,
      ...(delta?.content ? { content: delta.content } : {}),
      ...(reasoning ? { reasoning } : {}),
      ...(delta?.refusal ? { refusal: delta.refusal } : {}),
      ...(toolCalls.length === 0 ? {} : { toolCalls }),
      ...(piece.logprobs == null ? {} : { logprobs: piece.logprobs }),
      ...(piece.finish_reason == null ? {} : { finishReason: piece.finish_reason }),
    };
  }
}
