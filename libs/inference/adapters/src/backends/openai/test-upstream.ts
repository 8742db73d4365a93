import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BackendError } from '@weighbridge/inference-domain';
import type { Backend } from '@weighbridge/inference-domain';
import type { HttpServerOptions } from '../http/http-backend.ts';
import { createUpstreamPools } from '../upstream-pools.ts';
import { createOpenAiBackend } from './openai-backend.ts';

export type Answer = (request: { readonly body: Record<string, unknown>; readonly message: IncomingMessage }, response: ServerResponse) => void;

export interface TestUpstream {
  /** How the next requests are answered. */
  answer: Answer;
  /** In their order; a test takes them off when it begins. */
  received: {
    readonly path: string | undefined;
    readonly headers: IncomingMessage['headers'];
    readonly body: Record<string, unknown>;
    /** Of the connection, at the caller's end. */
    readonly remotePort: number | undefined;
  }[];
  readonly baseUrl: URL;
  readonly openBackend: (options?: Partial<HttpServerOptions>) => Backend;
  readonly close: () => Promise<void>;
}

/** The far end of the protocol: a server that a test tells what to answer, and a backend that calls it. */
export async function startTestUpstream(): Promise<TestUpstream> {
  const server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
      upstream.received.push({ path: message.url, headers: message.headers, body, remotePort: message.socket.remotePort });
      upstream.answer({ body, message }, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const pools = createUpstreamPools({ allowPrivate: true });
  const baseUrl = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`);
  const upstream: TestUpstream = {
    answer: json(500, { error: { message: 'the test has not said what to answer' } }),
    received: [],
    baseUrl,
    openBackend: (options = {}) => createOpenAiBackend({ baseUrl, upstreamModel: 'upstream-model', apiKey: 'sk-test', pool: pools.poolFor(baseUrl), ...options }),
    close: async () => {
      await pools.close();
      server.closeAllConnections();
      server.close();
    },
  };
  return upstream;
}

/** A string goes out as it is. */
export const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };

export const chunk = (choices: unknown[], more: Record<string, unknown> = {}): string =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'upstream-1', choices, ...more })}\n\n`;
export const textChunk = (content: string, finish: string | null = null): string => chunk([{ index: 0, delta: { content }, finish_reason: finish }]);

export const events =
  (...parts: readonly string[]): Answer =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-request-id': 'up-1' });
    for (const part of parts) response.write(part);
    response.end();
  };

/** What a call failed with; anything but a failure of the backend is thrown. */
export const failureOf = async (promise: Promise<unknown>): Promise<BackendError> => {
  const error: unknown = await promise.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof BackendError)) throw error;
  return error;
};
