import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { newWebhookSecret, signWebhook } from './sign-webhook.ts';
import { assertWebhookUrl, createWebhookClient } from './webhook-client.ts';

async function startReceiver(handle: RequestListener) {
  const server = createServer(handle).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}/hook`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const never = new AbortController().signal;
const call = (url: string) => ({ url, headers: {}, body: '{}', signal: never });

describe('a signature', () => {
  test('is what a stock library of Standard Webhooks accepts, by either secret', () => {
    const [newest, previous] = [newWebhookSecret(), newWebhookSecret()];
    const body = '{"type":"job.succeeded","data":{"text":"Füße"}}';

    const headers = { ...signWebhook({ id: 'evt_1', body, at: new Date(), secrets: [newest, previous] }) };

    expect(new Webhook(newest).verify(body, headers)).toEqual(JSON.parse(body));
    expect(new Webhook(previous).verify(body, headers)).toEqual(JSON.parse(body));
    expect(() => new Webhook(newWebhookSecret()).verify(body, headers)).toThrow();
    expect(() => new Webhook(newest).verify(`${body} `, headers)).toThrow();
  });
});

describe('which URLs may be called', () => {
  test.each(['http://example.com/', 'https://127.0.0.1/', 'https://10.0.0.8/', 'https://[::1]/', 'https://169.254.169.254/latest', 'https://0x7f000001/', 'https://user:word@example.com/', 'ftp://example.com/'])('not %s', async (url) => {
    await expect(assertWebhookUrl(url, { allowPrivate: false, resolve: async () => [{ address: '93.184.216.34', family: 4 }] })).rejects.toMatchObject({ code: 'request.invalid' });
  });

  test('not a name that leads inside', async () => {
    await expect(assertWebhookUrl('https://hooks.example.com/', { allowPrivate: false, resolve: async () => [{ address: '10.1.2.3', family: 4 }] })).rejects.toMatchObject({ code: 'request.invalid' });
  });

  test('https to a public address', async () => {
    await assertWebhookUrl('https://hooks.example.com/', { allowPrivate: false, resolve: async () => [{ address: '93.184.216.34', family: 4 }] });
  });
});

describe('a call', () => {
  test('to a name whose answer has changed since it was checked is not made', async () => {
    let reached = 0;
    await using receiver = await startReceiver((_, response) => {
      reached += 1;
      response.end();
    });
    const client = createWebhookClient({ allowPrivate: false, resolve: async () => [{ address: '127.0.0.1', family: 4 }] });

    const reply = await client.post(call(`https://rebound.example.com:${receiver.port}/`));
    const literal = await client.post(call(receiver.url.replace('http:', 'https:')));
    await client.close();

    expect(reply).toMatchObject({ statusCode: null, error: 'the address may not be called' });
    expect(literal).toMatchObject({ statusCode: null, error: expect.stringContaining('private address') });
    expect(reached).toBe(0);
  });

  test('does not follow a redirect', async () => {
    const paths: (string | undefined)[] = [];
    await using receiver = await startReceiver((request, response) => {
      paths.push(request.url);
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    const client = createWebhookClient({ allowPrivate: true });

    const reply = await client.post(call(receiver.url));
    await client.close();

    expect(reply.statusCode).toBe(302);
    expect(paths).toEqual(['/hook']);
  });

  test('reads a bounded piece of an endless answer', async () => {
    await using receiver = await startReceiver((_, response) => {
      response.writeHead(200);
      const write = () => {
        while (!response.destroyed && response.write('x'.repeat(4_096)));
      };
      response.on('drain', write);
      write();
    });
    const client = createWebhookClient({ allowPrivate: true });

    const reply = await client.post(call(receiver.url));
    await client.close();

    expect(reply).toMatchObject({ statusCode: 200, excerpt: 'x'.repeat(1_000) });
  });

  test('that is not answered ends in time, one that is refused at once', async () => {
    await using receiver = await startReceiver(() => {});
    const client = createWebhookClient({ allowPrivate: true, timeoutMs: 100 });

    const silent = await client.post(call(receiver.url));
    const refused = await client.post(call('http://127.0.0.1:1/'));
    await client.close();

    expect(silent).toMatchObject({ statusCode: null, error: 'no answer in time' });
    expect(refused).toMatchObject({ statusCode: null, error: 'the connection was refused' });
  });
});
