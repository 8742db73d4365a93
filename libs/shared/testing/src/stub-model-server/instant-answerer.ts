import type { IncomingMessage, ServerResponse } from 'node:http';
import { completionOf } from './completion.ts';

/** A request that streams is told by these bytes; clients write the field without spaces, as JSON.stringify does. */
const streamMark = Buffer.from('"stream":true');
const usageMark = Buffer.from('"include_usage":true');

interface Served {
  requests: number;
  inputTokens: number;
  outputTokens: number;
}

/** Answers with the same bytes every time and parses nothing, so that the stub is not what a load test measures. */
export function createInstantAnswerer(served: Served): (incoming: IncomingMessage, response: ServerResponse) => void {
  const { json, chunks, tokens } = completionOf({ kind: 'answer' }, { body: {} });
  const withUsage = completionOf({ kind: 'answer' }, { body: { stream_options: { include_usage: true } } });
  const body = Buffer.from(json);
  const events = Buffer.from(chunks.join(''));
  const eventsWithUsage = Buffer.from(withUsage.chunks.join(''));
  const headers = ['content-type', 'application/json', 'content-length', `${body.length}`];
  const streamHeaders = ['content-type', 'text/event-stream; charset=utf-8'];

  return (incoming, response) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const request = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
      served.requests += 1;
      served.inputTokens += tokens.inputTokens;
      served.outputTokens += tokens.outputTokens;
      if (request.includes(streamMark)) response.writeHead(200, streamHeaders).end(request.includes(usageMark) ? eventsWithUsage : events);
      else response.writeHead(200, headers).end(body);
    });
  };
}
