import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AnthropicStubAnswer, AnthropicStubBehaviour, AnthropicStubRequest } from './behaviour.ts';
import { errorBody, errorEvent, messageOf } from './message-events.ts';
import { requestFault } from './request-faults.ts';

export interface StubAnthropicServer extends AsyncDisposable {
  /** Base URL without `/v1`, as Anthropic's SDKs take it. */
  readonly url: string;
  /** Every request so far, refused ones too, oldest first. */
  readonly requests: readonly AnthropicStubRequest[];
  /** One behaviour for each of the next requests that are not refused; after that, plain answers. */
  script(...behaviours: readonly AnthropicStubBehaviour[]): void;
  stop(): Promise<void>;
}

export interface StubAnthropicServerOptions {
  /** The key that callers must show. Default `sk-ant-stub`. */
  readonly apiKey?: string;
}

const plainAnswer: AnthropicStubAnswer = { kind: 'answer' };

/** A server of Anthropic's Messages API that is as strict about requests as the API, and answers as it is told. */
export async function startStubAnthropicServer({ apiKey = 'sk-ant-stub' }: StubAnthropicServerOptions = {}): Promise<StubAnthropicServer> {
  const requests: AnthropicStubRequest[] = [];
  const scripted: AnthropicStubBehaviour[] = [];

  const serve = async (incoming: IncomingMessage, response: ServerResponse) => {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const body = JSON.parse(Buffer.concat(parts).toString()) as Record<string, unknown>;
    const request: AnthropicStubRequest = { path: incoming.url ?? '', headers: incoming.headers, body, outcome: 'waiting' };
    requests.push(request);
    const refusal = refusalOf(incoming, body, apiKey);
    if (refusal !== null) {
      request.outcome = 'refused';
      sendError(response, refusal.status, refusal.type, refusal.message);
      return;
    }
    response.once('close', () => {
      if (request.outcome === 'waiting') request.outcome = 'left';
    });
    request.outcome = await perform(scripted.shift() ?? plainAnswer, request, response);
  };
  const server = createServer({ noDelay: true }, (incoming, response) => void serve(incoming, response).catch(() => response.destroy()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = async () => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    script: (...behaviours) => void scripted.push(...behaviours),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

interface Refusal {
  readonly status: number;
  readonly type: string;
  readonly message: string;
}

function refusalOf({ method, url, headers }: IncomingMessage, body: Record<string, unknown>, apiKey: string): Refusal | null {
  if (method !== 'POST' || url !== '/v1/messages') return { status: 404, type: 'not_found_error', message: 'Not found' };
  if (headers['x-api-key'] !== apiKey) return { status: 401, type: 'authentication_error', message: 'invalid x-api-key' };
  if (headers['anthropic-version'] !== '2023-06-01') return { status: 400, type: 'invalid_request_error', message: 'anthropic-version: header is required' };
  const fault = requestFault(body);
  return fault === null ? null : { status: 400, type: 'invalid_request_error', message: fault };
}

function sendError(response: ServerResponse, status: number, type: string, message: string, retryAfter?: string): void {
  response
    .writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_stub', ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }) })
    .end(JSON.stringify(errorBody(type, message)));
}

async function perform(behaviour: AnthropicStubBehaviour, { body }: AnthropicStubRequest, response: ServerResponse): Promise<AnthropicStubRequest['outcome']> {
  if (behaviour.kind === 'raw') {
    response.writeHead(200, { 'content-type': behaviour.contentType }).end(behaviour.body);
    return 'failed';
  }
  if (behaviour.kind === 'fail') {
    sendError(response, behaviour.status, behaviour.type, behaviour.message ?? `the stub fails with ${behaviour.status}`, behaviour.retryAfter);
    return 'failed';
  }
  const answer = behaviour.kind === 'answer' ? behaviour : (behaviour.answer ?? plainAnswer);
  const { json, events } = messageOf(answer, body['model']);
  const streamed = body['stream'] === true;
  if (behaviour.kind === 'error-event' && !streamed) {
    sendError(response, 529, behaviour.type, 'Overloaded');
    return 'failed';
  }
  response.writeHead(200, { 'content-type': streamed ? 'text/event-stream; charset=utf-8' : 'application/json', 'request-id': 'req_stub' });
  if (behaviour.kind === 'answer') {
    response.end(streamed ? events.join('') : json);
    return 'answered';
  }
  response.flushHeaders();
  const begun = streamed ? events.slice(0, behaviour.afterEvents).join('') : json.slice(0, json.length / 2);
  // A write is on its way when its callback comes, so that a cut after it comes behind it.
  if (begun !== '') await new Promise((resolve) => response.write(begun, resolve));
  if (behaviour.kind === 'error-event') response.end(errorEvent(behaviour.type));
  else if (behaviour.kind === 'cut') response.destroy();
  else if (!response.destroyed) await once(response, 'close');
  return behaviour.kind === 'hang' ? 'left' : 'failed';
}
