import type { RequestListener, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigError } from './config.ts';
import type { Logger } from './logging.ts';

/** Everything that a process opens registers its own close; shutdown is start-up in reverse. */
export interface Lifecycle {
  readonly onClose: (what: string, close: () => unknown) => void;
  /** True from the first moment of the shutdown on: readiness turns red, no new work is taken. */
  readonly stopping: () => boolean;
  readonly stop: () => Promise<void>;
}

export function createLifecycle(logger: Logger): Lifecycle {
  const closers: { what: string; close: () => unknown }[] = [];
  let stopping: Promise<void> | undefined;
  const closeAll = async () => {
    for (const { what, close } of closers.toReversed()) {
      try {
        await close();
      } catch (error) {
        logger.error({ event: 'close_failed', what, err: error });
      }
    }
  };
  return {
    onClose: (what, close) => void closers.push({ what, close }),
    stopping: () => stopping !== undefined,
    stop: () => (stopping ??= closeAll()),
  };
}

export interface ServiceOptions {
  readonly name: string;
  readonly logger: Logger;
  /** Upper bound for the whole shutdown; a process that hangs is ended with exit code 1. */
  readonly drainTimeoutMs: number;
}

/**
 * The life of a service process: start, wait for SIGTERM, SIGINT or the end of the launcher that started it, close in reverse, exit 0.
 * A start that fails prints one line and exits with 1.
 */
export async function runService({ name, logger, drainTimeoutMs }: ServiceOptions, start: (life: Lifecycle) => Promise<void>): Promise<void> {
  const life = createLifecycle(logger);
  let ending = false;
  const limitShutdown = () => setTimeout(() => process.exit(1), drainTimeoutMs + 5_000);
  const end = (reason: string, exitCode: number) => {
    if (ending) return;
    ending = true;
    logger.info({ event: 'stopping', reason });
    limitShutdown();
    void life.stop().then(() => {
      logger.info({ event: 'stopped' });
      logger.flush(() => process.exit(exitCode));
    });
  };
  // Never `once`: exit hooks of packages (signal-exit, which node-llama-cpp brings) end the process at the signal when no other listener is left.
  process.on('SIGTERM', () => end('SIGTERM', 0));
  process.on('SIGINT', () => end('SIGINT', 0));
  // The launcher of the embedded mode holds a channel to each service: when it is killed, the channel closes.
  if (process.send !== undefined) process.once('disconnect', () => end('launcher gone', 0));
  process.on('unhandledRejection', (error) => logger.error({ event: 'unhandled_rejection', err: error }));
  try {
    await start(life);
  } catch (error) {
    // Told to stop while it started: what it then stumbled over is what the shutdown had closed.
    if (ending) return;
    ending = true;
    process.stderr.write(`${name}: ${startFault(error)}\n`);
    limitShutdown();
    await life.stop();
    process.exit(1);
  }
}

/** Settings are read before there is a logger: prints the faults and exits with 1. */
export function orExit<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const lines = error instanceof ConfigError ? error.lines : [startFault(error)];
    for (const line of lines) process.stderr.write(`${name}: ${line}\n`);
    process.exit(1);
  }
}

function startFault(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return `cannot start: ${error.message.replace('listen EADDRINUSE: ', '')}`;
  return `cannot start: ${firstLine(error)}`;
}

/** A connection to a name with several addresses fails with an error for each, and no words of its own. */
function firstLine(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(firstLine).join('; ');
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}

export interface Listening {
  readonly server: Server;
  readonly port: number;
  readonly url: string;
  /** Takes no new connection, lets requests in flight end until the limit, then cuts them. */
  readonly close: (drainMs?: number) => Promise<void>;
}

/** Listens, or rejects with the system's error (a taken port). Port 0 takes a free one. */
export function listen(listener: RequestListener, { port, host = '127.0.0.1' }: { readonly port: number; readonly host?: string }): Promise<Listening> {
  const server = createServer({ keepAliveTimeout: 65_000, headersTimeout: 30_000, requestTimeout: 0, maxHeaderSize: 32_768 }, listener);
  const inFlight = new Set<ServerResponse>();
  server.on('request', (_request, response) => {
    inFlight.add(response);
    response.once('close', () => inFlight.delete(response));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address() as AddressInfo;
      resolve({
        server,
        port: address.port,
        url: `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${address.port}`,
        close: (drainMs = 10_000) =>
          new Promise((done) => {
            // A connection that is kept alive counts as open until its client or a time limit ends it.
            for (const response of inFlight) response.once('close', () => setImmediate(() => server.closeIdleConnections()));
            const cut = setTimeout(() => server.closeAllConnections(), drainMs);
            server.close(() => {
              clearTimeout(cut);
              done();
            });
            server.closeIdleConnections();
          }),
      });
    });
  });
}
