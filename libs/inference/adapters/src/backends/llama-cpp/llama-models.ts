import type * as NodeLlamaCpp from 'node-llama-cpp';
import type { ChatWrapper, Llama, LlamaModel, Token } from 'node-llama-cpp';
import { assertFileDigest } from './model-file.ts';

/** A GGUF file in memory, with all that is worked out once. */
export interface LoadedModel {
  readonly llama: Llama;
  readonly model: LlamaModel;
  readonly wrapper: ChatWrapper;
  /** Tokens that end an answer, beside those that the model itself marks as such. */
  readonly stopTokens: ReadonlySet<Token>;
  /** Texts that end an answer, where a chat format ends it with more than one token. */
  readonly stopTexts: readonly string[];
}

export interface ModelFile {
  /** Its name among the version's artifacts; named in errors in place of the path. */
  readonly artifact: string;
  readonly sha256: string;
  readonly path: string;
}

export interface LlamaModels {
  /** The model of a file, loaded at most once whoever asks how often. A failed load is not remembered: the file may be mended. */
  readonly load: (file: ModelFile) => Promise<LoadedModel>;
  readonly close: () => Promise<void>;
}

/**
 * The models of this process. node-llama-cpp is imported with the first load, so a process that runs none pays nothing; it runs from its
 * prebuilt binary and never compiles.
 */
export function createLlamaModels(): LlamaModels {
  let engine: Promise<{ readonly library: typeof NodeLlamaCpp; readonly llama: Llama }> | undefined;
  const models = new Map<string, Promise<LoadedModel>>();

  const startEngine = async () => {
    const library = await import('node-llama-cpp');
    // What goes wrong reaches us as an exception; its log would go to the console.
    const llama = await library.getLlama({ gpu: false, build: 'never', logLevel: library.LlamaLogLevel.disabled });
    return { library, llama };
  };

  const loadOnce = async (file: ModelFile): Promise<LoadedModel> => {
    await assertFileDigest(file.path, file.sha256, file.artifact);
    const { library, llama } = await (engine ??= startEngine());
    const model = await llama.loadModel({ modelPath: file.path });
    // Costs several tenths of a second: far more than an answer of a small model.
    const wrapper = library.resolveChatWrapper(model);
    const { stopGenerationTriggers } = wrapper.generateContextState({ chatHistory: [{ type: 'user', text: '' }, { type: 'model', response: [] }] });
    const stopTokens = new Set<Token>();
    const stopTexts: string[] = [];
    for (const trigger of stopGenerationTriggers) {
      const tokens = trigger.tokenize(model.tokenizer);
      if (tokens.length === 1) stopTokens.add(tokens[0] as Token);
      else if (tokens.length > 1) stopTexts.push(model.detokenize(tokens, true));
    }
    return { llama, model, wrapper, stopTokens, stopTexts };
  };

  return {
    load: (file) => {
      const key = `${file.sha256.toLowerCase()} ${file.path}`;
      const known = models.get(key);
      if (known !== undefined) return known;
      const loading = loadOnce(file);
      models.set(key, loading);
      loading.catch(() => models.delete(key));
      return loading;
    },
    close: async () => {
      const started = engine;
      engine = undefined;
      models.clear();
      // Disposes every model and context of the process, too.
      if (started !== undefined) await (await started).llama.dispose();
    },
  };
}
