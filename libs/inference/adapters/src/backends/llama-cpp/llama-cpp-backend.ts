import { randomInt } from 'node:crypto';
import type { AssistantReply, Backend, BackendChat, BackendChatOptions, BackendReply, ChatRequest } from '@weighbridge/inference-domain';
import { BackendError } from '@weighbridge/inference-domain';
import type { TokenUsage } from '@weighbridge/shared-domain';
import type { LlamaContext, LlamaGrammar, Token } from 'node-llama-cpp';
import { assertSupported, toChatHistory, unsupported } from './chat-history.ts';
import type { Generation, Sampling } from './generation.ts';
import { generate } from './generation.ts';
import type { LlamaModels, LoadedModel, ModelFile } from './llama-models.ts';
import { SequencePool } from './sequence-pool.ts';

export interface LlamaCppBackendOptions {
  readonly models: LlamaModels;
  /** Where the file is now; asked with the first call, and again after a failed load. */
  readonly resolveFile: () => Promise<ModelFile>;
  /** Chats decoded at once; further ones wait. */
  readonly concurrency: number;
  /** Tokens of prompt and answer together, at most the model's own. Where absent, the model's own up to 8,192: memory grows with it, for each sequence. */
  readonly contextLength?: number;
  /** One by default: the matrices of small models are too small to share, and threads that wait for each other lose tenfold on a busy machine. */
  readonly threads?: number;
}

/** Every sequence keeps its own cache of keys and values in memory. */
const MAX_SEQUENCES = 16;
const DEFAULT_MAX_CONTEXT_LENGTH = 8_192;
/** llama.cpp's random generator is seeded with 32 bits. */
const SEED_RANGE = 2 ** 32;

interface Engine {
  readonly loaded: LoadedModel;
  readonly context: LlamaContext;
  readonly sequences: SequencePool;
  readonly contextLength: number;
}

/**
 * A backend that runs a GGUF file in this process. Temperature 0, which is also what an absent temperature means here, always picks the
 * likeliest token, so the same question has the same answer. Usage is exact: the tokens of the rendered prompt, and every token generated.
 */
export function createLlamaCppBackend(options: LlamaCppBackendOptions): Backend {
  let engine: Promise<Engine> | undefined;
  let closed = false;

  const start = async (): Promise<Engine> => {
    const loaded = await options.models.load(await options.resolveFile());
    const contextLength = Math.min(options.contextLength ?? DEFAULT_MAX_CONTEXT_LENGTH, loaded.model.trainContextSize);
    const context = await loaded.model.createContext({
      contextSize: contextLength,
      sequences: Math.min(options.concurrency, MAX_SEQUENCES),
      threads: options.threads ?? 1,
    });
    return { loaded, context, sequences: new SequencePool(context), contextLength };
  };
  const started = (): Promise<Engine> => {
    if (engine === undefined) {
      const starting = start();
      starting.catch(() => {
        if (engine === starting) engine = undefined;
      });
      engine = starting;
    }
    return engine;
  };

  return {
    kind: 'llama-cpp',
    health: () => 'healthy',
    close: async () => {
      closed = true;
      const running = engine;
      engine = undefined;
      if (running !== undefined) await running.then(({ context }) => context.dispose(), () => undefined);
    },
    chat: async (chat, chatOptions) => {
      if (closed) throw new BackendError('the backend was closed', { kind: 'unavailable', retryable: true });
      let current: Engine;
      try {
        assertSupported(chat.request);
        chatOptions.signal.throwIfAborted();
        current = await started();
      } catch (error) {
        throw toBackendError(error, chatOptions.signal);
      }
      try {
        return await runChat(current, chat, chatOptions);
      } catch (error) {
        if (closed && error instanceof BackendError && error.kind === 'failed') {
          const spent = error.usage === undefined ? {} : { usage: error.usage, settlement: 'exact' as const };
          throw new BackendError('the backend was closed', { kind: 'unavailable', retryable: true, ...spent, cause: error });
        }
        throw error;
      }
    },
  };
}

async function runChat(engine: Engine, chat: BackendChat, { signal, onDelta }: BackendChatOptions): Promise<BackendReply> {
  const startedAt = performance.now();
  let firstTokenMs: number | undefined;
  const { request } = chat;
  const answers: Generation[] = [];
  let prompt: readonly Token[] = [];
  const usage = (): TokenUsage => ({
    inputTokens: answers.length === 0 ? 0 : prompt.length,
    cachedInputTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: answers.reduce((sum, answer) => sum + answer.outputTokens, 0),
    reasoningTokens: 0,
  });

  try {
    prompt = renderPrompt(engine, request);
    const grammar = await grammarFor(engine, request);
    const maxTokens = Math.min(chat.maxOutputTokens, engine.contextLength - prompt.length);
    const stops = request.stop == null ? [] : typeof request.stop === 'string' ? [request.stop] : request.stop;
    await engine.sequences.run(signal, async (sequence) => {
      for (let index = 0; index < (request.n ?? 1); index += 1) {
        if (index > 0) await sequence.clearHistory();
        const answer: Generation = { text: '', outputTokens: 0, finishReason: 'length' };
        answers.push(answer);
        const onText = (content: string) => {
          firstTokenMs ??= performance.now() - startedAt;
          onDelta?.({ index, content });
        };
        await generate(engine.loaded, sequence, { prompt, maxTokens, stops, sampling: samplingOf(request, index), grammar, signal, onText }, answer);
        onDelta?.({ index, finishReason: answer.finishReason });
      }
    });
  } catch (error) {
    throw toBackendError(error, signal, answers.length === 0 ? undefined : usage());
  }

  const choices = answers.map((answer, index) => {
    const message: AssistantReply = { role: 'assistant', content: answer.text, refusal: null };
    return { index, message, logprobs: null, finish_reason: answer.finishReason };
  });
  const [first] = choices as [(typeof choices)[number]];
  return {
    message: first.message,
    finishReason: first.finish_reason,
    choices,
    usage: usage(),
    settlement: 'exact',
    firstTokenMs: firstTokenMs ?? performance.now() - startedAt,
  };
}

function renderPrompt({ loaded, contextLength }: Engine, request: ChatRequest): readonly Token[] {
  const { contextText } = loaded.wrapper.generateContextState({ chatHistory: toChatHistory(request.messages) });
  const prompt = contextText.tokenize(loaded.model.tokenizer);
  if (prompt.length >= contextLength) {
    const detail = `The prompt has ${prompt.length} tokens; this model's context has ${contextLength}, and the answer needs some of them.`;
    throw new BackendError(detail, { kind: 'rejected', retryable: false, status: 400, code: 'context_length_exceeded', publicDetail: detail });
  }
  return prompt;
}

/** The n-th answer to one request must differ from the first, so each has a seed of its own. */
const samplingOf = (request: ChatRequest, index: number): Sampling => ({
  temperature: request.temperature ?? 0,
  topP: request.top_p ?? 1,
  seed: (((request.seed ?? randomInt(SEED_RANGE)) % SEED_RANGE) + SEED_RANGE + index) % SEED_RANGE,
  frequencyPenalty: request.frequency_penalty ?? 0,
  presencePenalty: request.presence_penalty ?? 0,
});

async function grammarFor({ loaded }: Engine, request: ChatRequest): Promise<LlamaGrammar | undefined> {
  const format = request.response_format;
  switch (format?.type) {
    case undefined:
    case 'text':
      return undefined;
    case 'json_object':
      return loaded.llama.getGrammarFor('json');
    case 'json_schema':
      try {
        return await loaded.llama.createGrammarForJsonSchema((format?.json_schema?.schema ?? { type: 'object' }) as { readonly type: 'object' });
      } catch {
        throw unsupported('this json_schema');
      }
    default:
      throw unsupported(`response_format ${JSON.stringify(format?.type)}`);
  }
}

function toBackendError(error: unknown, signal: AbortSignal, usage?: TokenUsage): BackendError {
  if (error instanceof BackendError) return error;
  const spent = usage === undefined ? {} : { usage, settlement: 'exact' as const };
  if (signal.aborted) return new BackendError('the call was aborted', { kind: 'cancelled', retryable: false, ...spent, cause: error });
  return new BackendError(`llama.cpp failed: ${error instanceof Error ? error.message : String(error)}`, { kind: 'failed', retryable: true, ...spent, cause: error });
}
