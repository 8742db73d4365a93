import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What stands for the Hub and the store behind it, in tests: two servers that speak its protocol. */
export interface TestHub extends AsyncDisposable {
  readonly url: string;
  /** Where large files come from. */
  readonly storeUrl: string;
  readonly commit: string;
  /** By name; those of more than a kilobyte are in the store. */
  readonly files: Map<string, Uint8Array>;
  readonly requests: { readonly server: 'hub' | 'store'; readonly path: string; readonly range: string | undefined; readonly authorization: string | undefined }[];
  /** What goes wrong, in order; each is used up by one request for a file, or by one for the description where it says so. */
  readonly faults: HubFault[];
  /** What the Hub claims of a file, instead of the truth. */
  readonly claims: Map<string, { readonly sha256?: string; readonly size?: number }>;
  /** Where large files are sent, instead of the store. */
  redirectTo: string | null;
  /** Whether ranges are understood. */
  ranges: boolean;
}

export type HubFault = { readonly cutAfterBytes: number } | { readonly silentAfterBytes: number } | { readonly status: number; readonly retryAfter?: string; readonly on?: 'info' };

export const repository = 'acme/Tiny-Llama';
const largeBytes = 1_024;
const sha = (algorithm: 'sha1' | 'sha256', content: Uint8Array, before = '') => createHash(algorithm).update(before).update(content).digest('hex');

export async function startTestHub(files: Readonly<Record<string, Uint8Array | string>>): Promise<TestHub> {
  const state: Omit<TestHub, 'url' | 'storeUrl' | typeof Symbol.asyncDispose> = {
    commit: 'c0ffee'.padEnd(40, '0'),
    files: new Map(Object.entries(files).map(([name, content]) => [name, typeof content === 'string' ? new TextEncoder().encode(content) : content])),
    requests: [],
    faults: [],
    claims: new Map(),
    redirectTo: null,
    ranges: true,
  };
  const note = (server: 'hub' | 'store', req: IncomingMessage) => state.requests.push({ server, path: req.url ?? '', range: req.headers.range, authorization: req.headers.authorization });

  const store = await listening((req, res) => {
    note('store', req);
    const content = state.files.get(decodeURIComponent((req.url ?? '').slice(1)));
    if (content === undefined) res.writeHead(404).end();
    else send(state, req, res, content, {});
  });
  const hub = await listening((req, res) => {
    note('hub', req);
    const path = decodeURIComponent((req.url ?? '').split('?', 1)[0] ?? '');
    if (path === `/api/models/${repository}/revision/main`) return info(state, res);
    const prefix = `/${repository}/resolve/${state.commit}/`;
    const name = path.startsWith(prefix) ? path.slice(prefix.length) : null;
    const content = name === null ? undefined : state.files.get(name);
    if (name === null || content === undefined) return void res.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"not found"}');
    if (content.byteLength <= largeBytes) return send(state, req, res, content, { etag: `"${sha('sha1', content, `blob ${content.byteLength}\0`)}"`, 'x-repo-commit': state.commit });
    res.writeHead(302, { location: state.redirectTo ?? `${originOf(store)}/${encodeURIComponent(name)}`, 'x-linked-etag': `"${state.claims.get(name)?.sha256 ?? sha('sha256', content)}"`, 'x-linked-size': String(content.byteLength), 'x-repo-commit': state.commit }).end();
  });
  return Object.assign(state, {
    url: originOf(hub),
    storeUrl: originOf(store),
    [Symbol.asyncDispose]: async () => {
      for (const server of [hub, store]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  });
}

type State = Pick<TestHub, 'files' | 'faults' | 'claims' | 'commit' | 'ranges'>;

function info({ files, faults, claims, commit }: State, res: ServerResponse): void {
  const [fault] = faults;
  if (fault !== undefined && 'status' in fault && fault.on === 'info') {
    faults.shift();
    res.writeHead(fault.status, fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter }).end();
    return;
  }
  const siblings = [...files].map(([rfilename, content]) => {
    const size = claims.get(rfilename)?.size ?? content.byteLength;
    return { rfilename, size, blobId: sha('sha1', content, `blob ${content.byteLength}\0`), ...(content.byteLength > largeBytes && { lfs: { sha256: claims.get(rfilename)?.sha256 ?? sha('sha256', content), size, pointerSize: 134 } }) };
  });
  res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ id: repository, sha: commit, lastModified: '2026-01-02T03:04:05.000Z', gated: false, siblings }));
}

function send({ faults, ranges }: State, req: IncomingMessage, res: ServerResponse, content: Uint8Array, headers: Record<string, string>): void {
  const [fault] = faults;
  if (fault !== undefined && !('on' in fault)) faults.shift();
  if (fault !== undefined && 'status' in fault && !('on' in fault)) {
    res.writeHead(fault.status, fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter }).end();
    return;
  }
  const range = ranges ? /^bytes=(\d+)-(\d*)$/.exec(req.headers.range ?? '') : null;
  const from = range === null ? 0 : Number(range[1]);
  const to = range === null || range[2] === '' ? content.byteLength - 1 : Math.min(Number(range[2]), content.byteLength - 1);
  const part = content.subarray(from, to + 1);
  res.writeHead(range === null ? 200 : 206, { ...headers, 'content-length': part.byteLength, ...(range !== null && { 'content-range': `bytes ${from}-${to}/${content.byteLength}` }) });
  if (fault !== undefined && 'cutAfterBytes' in fault) res.write(part.subarray(0, fault.cutAfterBytes), () => setImmediate(() => res.destroy()));
  else if (fault !== undefined && 'silentAfterBytes' in fault) res.write(part.subarray(0, fault.silentAfterBytes));
  else res.end(part);
}

async function listening(handler: (req: IncomingMessage, res: ServerResponse) => void): Promise<Server> {
  const server = createServer(handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const originOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
