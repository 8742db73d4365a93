import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Told {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly event: { readonly id: string; readonly type: string; readonly data: Record<string, unknown> };
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly text?: string;
}

export interface TestReceiver extends AsyncDisposable {
  readonly url: string;
  /** Everything that came, in order. */
  readonly told: Told[];
  /** What it answers, by the path called; 204 where nothing is said. `undefined` answers nothing. */
  answer: (told: Told) => Answer | undefined | Promise<Answer | undefined>;
}

/** The far end of webhooks, on a real port. */
export async function startReceiver(): Promise<TestReceiver> {
  const told: Told[] = [];
  const receiver: Pick<TestReceiver, 'answer'> = { answer: () => ({ status: 204 }) };
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const one: Told = { path: request.url ?? '', headers: plain(request.headers), body, event: JSON.parse(body) as Told['event'] };
    told.push(one);
    const answer = await receiver.answer(one);
    if (answer !== undefined) response.writeHead(answer.status, answer.headers).end(answer.text);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(receiver, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    told,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
}

const plain = (headers: IncomingHttpHeaders): Record<string, string> => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
