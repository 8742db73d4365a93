import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { StubAnswer, StubBehaviour, StubRequest } from './behaviour.ts';
import type { Completion } from './completion.ts';

type Outcome = Exclude<StubRequest['outcome'], 'waiting'>;

const jsonHeaders = (body: string) => ({ 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
const streamHeaders = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' };

/** Does to the response what the behaviour says. Resolves when the stub is done, or the caller has left. */
export async function performBehaviour(behaviour: StubBehaviour, completion: Completion, { body }: StubRequest, response: ServerResponse): Promise<Outcome> {
  const caller = new AbortController();
  response.once('close', () => caller.abort());
  const leaving = caller.signal;
  const streamed = body.stream === true;
  try {
    switch (behaviour.kind) {
      case 'answer':
        return await (streamed ? streamAnswer : sendAnswer)(behaviour, completion, response, leaving);
      case 'fail':
        return await sendFailure(behaviour, response, leaving);
      case 'cut':
        if (streamed) await writeChunks(completion.chunks.slice(0, behaviour.afterChunks ?? 2), 0, response, leaving);
        else await write(response.writeHead(200, jsonHeaders(completion.json)), completion.json.slice(0, completion.json.length / 2), leaving);
        response.destroy();
        return 'failed';
      case 'garbage':
        response.writeHead(200, streamed ? streamHeaders : { 'content-type': 'application/json' });
        response.end(streamed ? 'data: {"choices":[{"delta"\n\n' : '<html>502</html>');
        return 'failed';
      case 'hang':
        if (streamed && behaviour.afterChunks !== undefined) await writeChunks(completion.chunks.slice(0, behaviour.afterChunks), 0, response, leaving);
        await untilAborted(leaving);
        return 'left';
      case 'reset':
        response.destroy();
        return 'failed';
    }
  } catch (error) {
    if (leaving.aborted) return 'left';
    throw error;
  }
}

async function sendAnswer({ latencyMs = 0 }: StubAnswer, { json }: Completion, response: ServerResponse, leaving: AbortSignal): Promise<Outcome> {
  if (latencyMs > 0) await delay(latencyMs, undefined, { signal: leaving });
  response.writeHead(200, jsonHeaders(json)).end(json);
  return 'answered';
}

async function streamAnswer({ latencyMs = 0, chunkGapMs = 0 }: StubAnswer, { chunks }: Completion, response: ServerResponse, leaving: AbortSignal): Promise<Outcome> {
  if (latencyMs > 0) await delay(latencyMs, undefined, { signal: leaving });
  await writeChunks(chunks, chunkGapMs, response, leaving);
  leaving.throwIfAborted();
  response.end();
  return 'answered';
}

async function sendFailure(
  { status, retryAfter, message = `the stub fails with ${status}`, latencyMs = 0 }: Extract<StubBehaviour, { kind: 'fail' }>,
  response: ServerResponse,
  leaving: AbortSignal,
): Promise<Outcome> {
  if (latencyMs > 0) await delay(latencyMs, undefined, { signal: leaving });
  const body = JSON.stringify({ error: { message, type: status === 429 ? 'rate_limit_error' : 'server_error', param: null, code: null } });
  response.writeHead(status, { ...jsonHeaders(body), ...(retryAfter !== undefined && { 'retry-after': retryAfter }) }).end(body);
  return 'failed';
}

async function writeChunks(chunks: readonly string[], gapMs: number, response: ServerResponse, leaving: AbortSignal): Promise<void> {
  if (!response.headersSent) response.writeHead(200, streamHeaders).flushHeaders();
  for (const [index, chunk] of chunks.entries()) {
    if (gapMs > 0 && index > 0) await delay(gapMs, undefined, { signal: leaving });
    leaving.throwIfAborted();
    await write(response, chunk, leaving);
  }
}

/** Resolves when the bytes are on their way, so that a cut after it comes behind them; or when the caller has left. */
async function write(response: ServerResponse, text: string, leaving: AbortSignal): Promise<void> {
  const { promise: written, resolve } = Promise.withResolvers<void>();
  // A write that fails says so a little before the connection counts as closed.
  response.write(text, (error) => {
    if (!error) resolve();
  });
  await Promise.race([written, untilAborted(leaving)]);
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
