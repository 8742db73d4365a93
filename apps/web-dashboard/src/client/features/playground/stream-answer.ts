import { EventSourceParserStream } from 'eventsource-parser/stream';
import { ApiError } from '@weighbridge/shared-contracts';
import { inference } from '../../api/clients.ts';
import { errorText } from '../../api/error-text.ts';
import type { AnswerEvent } from './answer-state.ts';

export interface Question {
  readonly model: string;
  /** Id of a use case. */
  readonly useCase: string;
  /** For a key of the platform: whose request it is. */
  readonly project: string | undefined;
  readonly system: string;
  readonly prompt: string;
  readonly maxTokens: number;
  readonly temperature: number;
}

/** Asks one model and tells each event of its answer. Ends when the stream does, fails, or `signal` says so; never throws. */
export async function streamAnswer(question: Question, signal: AbortSignal, tell: (event: AnswerEvent) => void): Promise<void> {
  const startedAt = performance.now();
  const atMs = () => performance.now() - startedAt;
  try {
    const response = await inference.createChatCompletion(
      { body: bodyOf(question) } as never,
      { signal, headers: { 'x-weighbridge-use-case': question.useCase, ...(question.project === undefined ? {} : { 'x-weighbridge-project': question.project }) } },
    );
    tell({ kind: 'opened', version: response.headers.get('x-weighbridge-model') });
    let done = false;
    for await (const { data } of response.body?.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream()) ?? []) {
      done ||= data === '[DONE]';
      tell({ kind: 'data', data, atMs: atMs() });
    }
    if (!done) tell({ kind: 'failed', message: 'The stream ended before the answer did.', atMs: atMs() });
  } catch (error) {
    if (signal.aborted) tell({ kind: 'failed', message: 'Stopped.', atMs: atMs() });
    else tell({ kind: 'failed', message: error instanceof ApiError ? error.problem.detail : errorText(error).message, atMs: atMs() });
  }
}

const bodyOf = ({ model, system, prompt, maxTokens, temperature }: Question) => ({
  model,
  messages: [...(system.trim() === '' ? [] : [{ role: 'system', content: system }]), { role: 'user', content: prompt }],
  max_completion_tokens: maxTokens,
  temperature,
  stream: true,
  stream_options: { include_usage: true },
});
