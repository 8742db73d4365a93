import { once } from 'node:events';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import type { Registry } from 'prom-client';
import type { Endpoint, EndpointTable } from '@weighbridge/shared-contracts';
import { KeyId, ProjectId } from '@weighbridge/shared-domain';
import type { AppError, Role } from '@weighbridge/shared-domain';
import { createAuthenticator } from '../auth.ts';
import type { KeyRecord } from '../auth.ts';
import type { Logger } from '../logging.ts';
import { keyDigest, serviceToken } from '../secrets.ts';
import { listen } from '../service.ts';
import type { Listening } from '../service.ts';
import { createHttpApp } from './create-http-app.ts';
import type { HttpAppOptions, RenderedError } from './create-http-app.ts';
import type { Handlers } from './handler.ts';

const hex = (digit: string): string => digit.repeat(32);

export const testProject = ProjectId.parse(`proj_${hex('1')}`);
const secretKey = 'a secret key that only these tests know';

/** Tokens that the test app knows: one per role, an expired one, a service's. */
export const testTokens = { viewer: 'wb_viewer', runner: 'wb_runner', editor: 'wb_editor', admin: 'wb_admin', expired: 'wb_expired', service: serviceToken(secretKey) } as const;
export const testKeyIds = { viewer: `key_${hex('1')}`, runner: `key_${hex('2')}`, editor: `key_${hex('3')}`, admin: `key_${hex('4')}`, expired: `key_${hex('5')}` } as const;

const record = (name: keyof typeof testKeyIds, role: Role, expiresAt: string | null = null): [string, KeyRecord] => [
  keyDigest(testTokens[name]),
  { id: KeyId.parse(testKeyIds[name]), projectId: testProject, useCaseId: null, role, requestsPerMinute: null, expiresAt },
];
const keys = new Map([record('viewer', 'viewer'), record('runner', 'runner'), record('editor', 'editor'), record('admin', 'admin'), record('expired', 'admin', '2020-01-01T00:00:00.000Z')]);

export interface LogCapture {
  readonly logger: Logger;
  readonly lines: Record<string, unknown>[];
  readonly text: () => string;
  /** The first line for which the condition holds, now or later. */
  readonly line: (matches: (line: Record<string, unknown>) => boolean) => Promise<Record<string, unknown>>;
}

/** A real logger whose lines can be read. */
export function captureLog(): LogCapture {
  const lines: Record<string, unknown>[] = [];
  let text = '';
  const out = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      text += chunk.toString();
      lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
      out.emit('line');
      done();
    },
  });
  return {
    logger: pino({ level: 'debug', base: null }, out),
    lines,
    text: () => text,
    line: async (matches) => {
      for (;;) {
        const found = lines.find(matches);
        if (found !== undefined) return found;
        await once(out, 'line', { signal: AbortSignal.timeout(5_000) });
      }
    },
  };
}

export interface TestHttpApp extends Listening {
  readonly log: LogCapture;
}

export interface TestHttpAppOptions<T extends EndpointTable> {
  readonly endpoints: T;
  readonly handlers: Handlers<T>;
  readonly readiness?: HttpAppOptions<T>['readiness'];
  readonly stopping?: () => boolean;
  readonly metrics?: Registry;
  readonly bodyReaders?: Readonly<Record<string, (bytes: Buffer) => unknown>>;
  readonly renderError?: (error: AppError, endpoint: Endpoint | undefined, requestId: string) => RenderedError | undefined;
}

/** The app as a service mounts it, on a free port, with keys of every role. */
export async function startTestHttpApp<T extends EndpointTable>({ readiness = {}, stopping = () => false, ...options }: TestHttpAppOptions<T>): Promise<TestHttpApp> {
  const log = captureLog();
  const app = createHttpApp({
    service: 'test-service',
    version: '1.2.3',
    description: 'What the tests talk to',
    publicPath: '/api/test',
    authenticate: createAuthenticator({ serviceToken: testTokens.service, findKey: (digest) => keys.get(digest) }),
    logger: log.logger,
    readiness,
    stopping,
    ...options,
  });
  return { ...(await listen(app, { port: 0 })), log };
}
