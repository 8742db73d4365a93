import type { LlamaContextSequence, LlamaGrammar, Token } from 'node-llama-cpp';
import type { LoadedModel } from './llama-models.ts';
import { StopScanner } from './stop-scanner.ts';

/** OpenAI's sampling fields, each with a value. */
export interface Sampling {
  readonly temperature: number;
  readonly topP: number;
  readonly seed: number;
  readonly frequencyPenalty: number;
  readonly presencePenalty: number;
}

export interface GenerationOptions {
  readonly prompt: readonly Token[];
  readonly maxTokens: number;
  readonly stops: readonly string[];
  readonly sampling: Sampling;
  readonly grammar: LlamaGrammar | undefined;
  readonly signal: AbortSignal;
  readonly onText: (text: string) => void;
}

/** A generation as it grows, readable after it was broken off too. */
export interface Generation {
  text: string;
  /** Tokens that the model made, the one that ended the answer included. */
  outputTokens: number;
  finishReason: 'stop' | 'length';
}

/** A byte-fallback character comes in up to four tokens; until it is whole, it shows as U+FFFD. After so many tokens it never will be. */
const MAX_PENDING_TOKENS = 8;
/** How many tokens before a piece its spelling may depend on. */
const DETOKENIZE_CONTEXT = 4;

/** Generates one answer into `into`, so that a caller whose call was broken off still knows what came. */
export async function generate(loaded: LoadedModel, sequence: LlamaContextSequence, options: GenerationOptions, into: Generation): Promise<void> {
  const { model } = loaded;
  const scanner = new StopScanner([...options.stops, ...loaded.stopTexts]);
  const emit = (text: string) => {
    if (text === '') return;
    into.text += text;
    options.onText(text);
  };
  let pending: Token[] = [];
  let before: Token[] = [];
  let stopped = false;
  const generated: Token[] = [];
  const { grammar } = options;
  const { frequencyPenalty, presencePenalty, ...sampling } = options.sampling;
  const penalized = frequencyPenalty !== 0 || presencePenalty !== 0;
  let grammarState;
  if (grammar !== undefined) {
    const { LlamaGrammarEvaluationState } = await import('node-llama-cpp');
    grammarState = new LlamaGrammarEvaluationState({ model, grammar });
  }

  for await (const token of sequence.evaluate([...options.prompt], {
    ...sampling,
    // llama.cpp narrows the choice by these two unless told not to; OpenAI's fields know neither.
    topK: 0,
    minP: 0,
    yieldEogToken: true,
    ...(penalized ? { repeatPenalty: { punishTokens: () => generated, penalty: 1, frequencyPenalty, presencePenalty } } : {}),
    ...(grammarState === undefined ? {} : { grammarEvaluationState: grammarState }),
  })) {
    options.signal.throwIfAborted();
    into.outputTokens += 1;
    if (model.isEogToken(token) || loaded.stopTokens.has(token)) {
      stopped = true;
      break;
    }
    if (penalized) generated.push(token);
    pending.push(token);
    const piece = model.detokenize(pending, false, before);
    if (!piece.endsWith('\ufffd') || pending.length >= MAX_PENDING_TOKENS) {
      before = [...before, ...pending].slice(-DETOKENIZE_CONTEXT);
      pending = [];
      const scanned = scanner.push(piece);
      emit(scanned.text);
      if (scanned.stopped) {
        into.finishReason = 'stop';
        return;
      }
    }
    if (into.outputTokens >= options.maxTokens) break;
  }
  const rest = pending.length === 0 ? { text: '', stopped: false } : scanner.push(model.detokenize(pending, false, before));
  emit(rest.text);
  if (!rest.stopped) emit(scanner.flush());
  into.finishReason = stopped || rest.stopped ? 'stop' : 'length';
}
