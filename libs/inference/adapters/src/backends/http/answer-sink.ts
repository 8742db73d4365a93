import type { IncomingHttpHeaders } from 'node:http';
import type { BackendDelta, BackendErrorOptions, ChatChoice, ChatRequest } from '@weighbridge/inference-domain';
import { BackendError } from '@weighbridge/inference-domain';
import { createParser } from 'eventsource-parser';
import type { EventSourceParser } from 'eventsource-parser';
import type { ExchangeProgress, ResponseSink } from './exchange.ts';
import { providerRequestId, readRefusal, refusalError } from './refusal.ts';
import { settlePartialUsage, writtenText } from './settle-usage.ts';
import type { StreamReader, UpstreamAnswer, Wire } from './wire.ts';

export interface AnswerSinkOptions {
  readonly wire: Wire;
  readonly request: ChatRequest;
  readonly onDelta: ((delta: BackendDelta) => void) | undefined;
  readonly onFirstToken: () => void;
  readonly maxEventChars: number;
}

/**
 * Reads one answer of a model server, streamed or whole: the server decides, by its content type.
 * Throws a BackendError from any step at which the answer turns out to be none.
 */
export class AnswerSink implements ResponseSink {
  readonly #options: AnswerSinkOptions;
  readonly #streamed: StreamReader;
  readonly #body: Buffer[] = [];
  readonly #decoder = new TextDecoder();
  #status = 0;
  #headers: IncomingHttpHeaders = {};
  #exchange: ExchangeProgress | undefined;
  #events: EventSourceParser | undefined;
  #done = false;
  #answer: UpstreamAnswer | undefined;

  constructor(options: AnswerSinkOptions) {
    this.#options = options;
    this.#streamed = options.wire.createReader();
  }

  onHead(status: number, headers: IncomingHttpHeaders, exchange: ExchangeProgress): void {
    this.#status = status;
    this.#headers = headers;
    this.#exchange = exchange;
    if (this.#isSuccess && this.#contentType === 'text/event-stream') {
      this.#events = createParser({
        onEvent: (event) => this.#onEvent(event.event, event.data),
        onError: (error) => {
          if (error.type === 'max-buffer-size-exceeded') throw this.#broken('an event of the stream is too long');
        },
        maxBufferSize: this.#options.maxEventChars,
      });
    }
  }

  onData(chunk: Buffer): void {
    if (this.#events === undefined) this.#body.push(chunk);
    else if (!this.#done) this.#events.feed(this.#decoder.decode(chunk, { stream: true }));
  }

  onEnd(): void {
    if (this.#events !== undefined) this.#endStream();
    else if (this.#isSuccess) this.#readWhole();
    else throw refusalError(this.#status, this.#headers, readRefusal(this.#json().value), new Date());
  }

  /** The answer, after {@link onEnd}. */
  get answer(): UpstreamAnswer {
    if (this.#answer === undefined) throw this.#broken('the answer never came to its end');
    return this.#answer;
  }

  /** Whether the server has begun to answer. */
  get begun(): boolean {
    return this.#streamed.begun;
  }

  /** By which the provider's support finds the call. */
  get providerRequestId(): string | undefined {
    return providerRequestId(this.#headers);
  }

  /** What a call that ended now has consumed: known once a stream has begun, else nobody knows. */
  spent(): Pick<BackendErrorOptions, 'usage' | 'settlement'> {
    if (!this.#streamed.begun) return { settlement: 'unknown' };
    const { wire, request } = this.#options;
    return { usage: settlePartialUsage(wire.readUsage(this.#streamed.usage), request, writtenText(this.#streamed.choices())), settlement: 'estimated' };
  }

  get #isSuccess(): boolean {
    return this.#status >= 200 && this.#status < 300;
  }

  get #contentType(): string {
    return (this.#headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  }

  #onEvent(name: string | undefined, data: string): void {
    if (this.#done) return;
    if (data === '[DONE]') {
      this.#done = true;
      return;
    }
    let json: unknown;
    try {
      json = JSON.parse(data);
    } catch {
      throw this.#broken('an event of the stream is not JSON');
    }
    const refusal = name === 'error' || (typeof json === 'object' && json !== null && 'error' in json && json.error != null) ? readRefusal(json) : null;
    if (refusal !== null) {
      const status = this.#options.wire.statusOfError(json);
      // Told before anything else, it is a refusal like any other, only that its status came too late.
      if (status !== undefined && !this.#streamed.begun) throw refusalError(status, this.#headers, refusal, new Date());
      throw new BackendError(`the server broke off its stream: ${refusal.message ?? 'no reason given'}`, {
        kind: this.#streamed.begun ? 'cut' : 'failed',
        retryable: true,
        status: this.#status,
        ...(refusal.code === undefined ? {} : { code: refusal.code }),
        ...this.spent(),
        ...this.#requestId,
      });
    }
    const deltas = this.#streamed.add(json);
    if (deltas === null) throw this.#broken('an event of the stream is none that a model server sends');
    if (this.#options.wire.eventsAreProgress) this.#exchange?.progress();
    for (const delta of deltas) this.#pass(delta);
  }

  #pass(delta: BackendDelta): void {
    if (hasText(delta) || delta.finishReason !== undefined) {
      this.#exchange?.progress();
      this.#options.onFirstToken();
    }
    this.#options.onDelta?.(delta);
  }

  #endStream(): void {
    // Some servers close without the blank line that ends the last event.
    this.#events?.feed(`${this.#decoder.decode()}\n\n`);
    const whole = this.#streamed.finished || (this.#done && this.#streamed.begun);
    if (!whole) {
      throw this.#streamed.begun
        ? new BackendError('the stream ended before the answer did', { kind: 'cut', retryable: true, ...this.spent(), ...this.#requestId })
        : this.#broken('the stream ended without a chunk');
    }
    const { usage, model, serviceTier, systemFingerprint } = this.#streamed;
    this.#answer = { choices: this.#streamed.choices(), usage, model, serviceTier, systemFingerprint };
  }

  #readWhole(): void {
    const { ok, value } = this.#json();
    if (!ok) throw this.#broken(`its body is not JSON (content type ${this.#contentType || 'none'}, ${this.#bodyBytes} bytes)`);
    const answer = this.#options.wire.readWhole(value);
    if (typeof answer === 'string') {
      const refusal = readRefusal(value);
      if (refusal !== null) throw this.#broken(`its body is an error: ${refusal.message ?? refusal.code ?? 'no reason given'}`);
      throw this.#broken(`its body is ${answer}`);
    }
    this.#options.onFirstToken();
    if (this.#options.onDelta !== undefined) this.#passWhole(answer.choices);
    this.#answer = answer;
  }

  /** A server that was asked to stream and did not: its answer is one delta. */
  #passWhole(choices: readonly ChatChoice[]): void {
    for (const { index, message, finish_reason: finishReason } of choices) {
      this.#options.onDelta?.({
        index,
        ...(message.content == null ? {} : { content: message.content }),
        ...(message.reasoning_content == null ? {} : { reasoning: message.reasoning_content }),
        ...(message.refusal == null ? {} : { refusal: message.refusal }),
        ...(message.tool_calls == null ? {} : { toolCalls: message.tool_calls.map((call, position) => ({ ...call, index: position })) }),
        finishReason: finishReason ?? 'stop',
      });
    }
  }

  get #bodyBytes(): number {
    return this.#body.reduce((sum, chunk) => sum + chunk.length, 0);
  }

  #json(): { readonly ok: boolean; readonly value: unknown } {
    try {
      return { ok: true, value: JSON.parse(Buffer.concat(this.#body).toString('utf8')) };
    } catch {
      return { ok: false, value: undefined };
    }
  }

  get #requestId(): Pick<BackendErrorOptions, 'providerRequestId'> {
    const id = providerRequestId(this.#headers);
    return id === undefined ? {} : { providerRequestId: id };
  }

  /** An answer that is none. The server may have worked for it all the same. */
  #broken(what: string): BackendError {
    return new BackendError(`the server answered ${this.#status}, but ${what}`, {
      kind: this.#streamed.begun ? 'cut' : 'failed',
      retryable: true,
      status: this.#status,
      ...this.spent(),
      ...this.#requestId,
    });
  }
}

/** Whether a delta carries anything that the model wrote. */
const hasText = (delta: BackendDelta): boolean =>
  delta.content !== undefined || delta.reasoning !== undefined || delta.refusal !== undefined || delta.toolCalls !== undefined;
