import { z } from 'zod';

/** One streamed answer as far as it has come. Times are milliseconds since it was asked for. */
export interface AnswerState {
  readonly phase: 'waiting' | 'streaming' | 'done' | 'failed';
  readonly text: string;
  readonly reasoning: string;
  /** When the first word came. */
  readonly firstWordMs: number | null;
  readonly finishedMs: number | null;
  readonly finishReason: string | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  /** Decimal string of US dollars. */
  readonly costUsd: string | null;
  /** `name@version` that answered. */
  readonly version: string | null;
  readonly error: string | null;
}

export const asked: AnswerState = { phase: 'waiting', text: '', reasoning: '', firstWordMs: null, finishedMs: null, finishReason: null, inputTokens: null, outputTokens: null, costUsd: null, version: null, error: null };

export type AnswerEvent =
  | { readonly kind: 'opened'; readonly version: string | null }
  /** The data of one server-sent event. */
  | { readonly kind: 'data'; readonly data: string; readonly atMs: number }
  | { readonly kind: 'failed'; readonly message: string; readonly atMs: number };

const Chunk = z.looseObject({
  choices: z.array(z.looseObject({ delta: z.looseObject({ content: z.string().nullish(), reasoning_content: z.string().nullish() }), finish_reason: z.string().nullish() })).default([]),
  usage: z.looseObject({ prompt_tokens: z.int(), completion_tokens: z.int(), weighbridge: z.looseObject({ cost_usd: z.string() }).optional() }).nullish(),
  error: z.looseObject({ message: z.string() }).optional(),
});

/** The state after one more event of the stream; what cannot be read ends it as failed. */
export function nextAnswer(state: AnswerState, event: AnswerEvent): AnswerState {
  switch (event.kind) {
    case 'opened':
      return { ...state, version: event.version };
    case 'failed':
      return { ...state, phase: 'failed', error: event.message, finishedMs: event.atMs };
    case 'data':
      return event.data === '[DONE]' ? { ...state, phase: 'done', finishedMs: event.atMs } : withChunk(state, event.data, event.atMs);
  }
}

function withChunk(state: AnswerState, data: string, atMs: number): AnswerState {
  const chunk = Chunk.safeParse(parse(data));
  if (!chunk.success) return { ...state, phase: 'failed', error: 'The stream could not be read.', finishedMs: atMs };
  const { choices, usage, error } = chunk.data;
  if (error !== undefined) return { ...state, phase: 'failed', error: error.message, finishedMs: atMs };
  const [choice] = choices;
  const [text, reasoning] = [choice?.delta.content ?? '', choice?.delta.reasoning_content ?? ''];
  return {
    ...state,
    phase: 'streaming',
    text: state.text + text,
    reasoning: state.reasoning + reasoning,
    firstWordMs: state.firstWordMs ?? (text === '' && reasoning === '' ? null : atMs),
    finishReason: choice?.finish_reason ?? state.finishReason,
    ...(usage == null ? {} : { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens, costUsd: usage.weighbridge?.cost_usd ?? null }),
  };
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

/** Output tokens a second from the first word on; null where too little is known. */
export function tokensPerSecond({ outputTokens, firstWordMs, finishedMs }: AnswerState): number | null {
  if (outputTokens === null || firstWordMs === null || finishedMs === null || finishedMs <= firstWordMs || outputTokens < 2) return null;
  return ((outputTokens - 1) * 1_000) / (finishedMs - firstWordMs);
}
