import type { ServerResponse } from 'node:http';
import { AppError } from '@weighbridge/shared-domain';

/** What a client may leave unread before it counts as gone: a stream is never kept in memory without a bound. */
const mostUnreadBytes = 4_194_304;
const defaultKeepAliveMs = 15_000;

export interface EventStreamOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Between two comments that keep proxies from closing a silent stream. Default 15 s. */
  readonly keepAliveMs?: number;
  /** Keeps what is written, to be given again. */
  readonly record?: boolean;
}

export interface EventStream {
  /** Whether the status line is out: from then on an error can only be told inside the stream. */
  readonly started: () => boolean;
  /** One event. Throws when the client does not read. */
  readonly send: (data: string, event?: string) => void;
  readonly end: () => void;
  /** Leaves the response to whoever answers it otherwise. Only before it has started. */
  readonly discard: () => void;
  /** Everything sent, without the comments; empty unless recorded. */
  readonly recorded: () => Buffer;
}

export const eventStreamHeaders = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' } as const;

/** Server-sent events. The head goes out with the first event or comment, so that an early error still gets its own status. */
export function openEventStream(res: ServerResponse, { headers = {}, keepAliveMs = defaultKeepAliveMs, record = false }: EventStreamOptions = {}): EventStream {
  const kept: string[] = [];
  let started = false;
  const start = () => {
    if (started) return;
    started = true;
    res.writeHead(200, { ...eventStreamHeaders, ...headers });
  };
  const timer = setInterval(() => {
    start();
    res.write(': ping\n\n');
  }, keepAliveMs);
  timer.unref();
  const stopTimer = () => clearInterval(timer);
  res.once('close', stopTimer);
  return {
    started: () => started,
    send: (data, event) => {
      start();
      const text = event === undefined ? `data: ${data}\n\n` : `event: ${event}\ndata: ${data}\n\n`;
      if (record) kept.push(text);
      res.write(text);
      if (res.writableLength > mostUnreadBytes) throw new AppError('request.timeout', `the client left ${res.writableLength} bytes unread`);
    },
    end: () => {
      stopTimer();
      start();
      res.end();
    },
    discard: stopTimer,
    recorded: () => Buffer.from(kept.join('')),
  };
}
