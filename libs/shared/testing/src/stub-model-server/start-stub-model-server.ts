import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StubAnswer, StubBehaviour, StubRequest } from './behaviour.ts';
import { completionOf } from './completion.ts';
import { embeddingsOf } from './embeddings.ts';
import { createInstantAnswerer } from './instant-answerer.ts';
import { performBehaviour } from './perform-behaviour.ts';

export interface StubModelServerOptions {
  /** What GET /v1/models lists. Default `stub-model`. */
  readonly models?: readonly string[];
  /** For requests that no scripted behaviour is left for. Default: an answer without delay. */
  readonly behaviour?: StubBehaviour | ((request: StubRequest) => StubBehaviour);
  /** Default: any free port. */
  readonly port?: number;
  /** For load: the same precomputed bytes for every request, which is neither parsed nor recorded, only counted. */
  readonly instant?: boolean;
}

export interface StubModelServer extends AsyncDisposable {
  /** Base URL with `/v1`, as clients of OpenAI take it. */
  readonly url: string;
  /** Every completion request so far, oldest first. Stays empty in instant mode. */
  readonly requests: readonly StubRequest[];
  /** What was answered in full: requests, and the tokens their answers tell. */
  readonly served: { readonly requests: number; readonly inputTokens: number; readonly outputTokens: number };
  /** One behaviour for each of the next requests, in this order; after that, the default again. */
  script(...behaviours: readonly StubBehaviour[]): void;
  /** From now on, for every request that nothing is scripted for. */
  always(behaviour: StubBehaviour | ((request: StubRequest) => StubBehaviour)): void;
  /** Resolves with the request once that many have arrived, counted from the start. */
  arrival(count: number): Promise<StubRequest>;
  stop(): Promise<void>;
}

export const plainAnswer: StubAnswer = { kind: 'answer' };

/** An OpenAI-compatible model server that does what it is told: POST /v1/chat/completions, plain and streamed, POST /v1/embeddings and GET /v1/models. */
export async function startStubModelServer({ models = ['stub-model'], behaviour = plainAnswer, port = 0, instant = false }: StubModelServerOptions = {}): Promise<StubModelServer> {
  const requests: StubRequest[] = [];
  const scripted: StubBehaviour[] = [];
  const awaited: { readonly count: number; readonly resolve: (request: StubRequest) => void }[] = [];
  const served = { requests: 0, inputTokens: 0, outputTokens: 0 };
  let usual = behaviour;

  const serve = async (incoming: IncomingMessage, response: ServerResponse, embeddings = false) => {
    const raw = await readBody(incoming);
    const request: StubRequest = { headers: incoming.headers, body: parseBody(raw), raw, index: requests.length, outcome: 'waiting' };
    requests.push(request);
    for (const { resolve } of takeWhere(awaited, ({ count }) => count <= requests.length)) resolve(request);
    const chosen = scripted.shift() ?? (typeof usual === 'function' ? usual(request) : usual);
    const completion = { ...completionOf(chosen.kind === 'answer' ? chosen : plainAnswer, request), ...(embeddings ? embeddingsOf(request) : {}) };
    request.outcome = await performBehaviour(chosen, completion, request, response);
    if (request.outcome !== 'answered') return;
    served.requests += 1;
    served.inputTokens += completion.tokens.inputTokens;
    served.outputTokens += completion.tokens.outputTokens;
  };

  const modelList = JSON.stringify({ object: 'list', data: models.map((id) => ({ id, object: 'model', created: 0, owned_by: 'stub' })) });
  const answerInstantly = createInstantAnswerer(served);
  const server = createServer({ keepAliveTimeout: 60_000, noDelay: true }, (incoming, response) => {
    if (incoming.method === 'POST' && incoming.url === '/v1/chat/completions') {
      if (instant) answerInstantly(incoming, response);
      else serve(incoming, response).catch(() => response.destroy());
    } else if (incoming.method === 'POST' && incoming.url === '/v1/embeddings') {
      serve(incoming, response, true).catch(() => response.destroy());
    } else if (incoming.url === '/v1/models') {
      response.writeHead(200, { 'content-type': 'application/json' }).end(modelList);
    } else {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":{"message":"no such endpoint","type":"invalid_request_error"}}');
    }
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');

  const stop = () => closeServer(server);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    served,
    script: (...behaviours) => void scripted.push(...behaviours),
    always: (next) => {
      usual = next;
    },
    arrival: (count) => {
      const arrived = requests[count - 1];
      if (arrived !== undefined) return Promise.resolve(arrived);
      const { promise, resolve } = Promise.withResolvers<StubRequest>();
      awaited.push({ count, resolve });
      return promise;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

function parseBody(raw: string): StubRequest['body'] {
  try {
    return JSON.parse(raw) as StubRequest['body'];
  } catch {
    return {};
  }
}

function takeWhere<T>(list: T[], matches: (item: T) => boolean): T[] {
  const taken = list.filter(matches);
  list.splice(0, list.length, ...list.filter((item) => !matches(item)));
  return taken;
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
