import type { Readable } from 'node:stream';
import { AppError } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { HubConnection, discard } from './hub-connection.ts';
import type { HubAnswer, HubOptions } from './hub-connection.ts';

export interface HubFile {
  readonly name: string;
  readonly bytes: number;
  /** Of files in the Hub's large file storage; null for small ones. */
  readonly sha256: string | null;
  /** Git's digest of a small file: SHA-1 over `blob <bytes>\0` and its content. */
  readonly blobId: string | null;
}

export interface HubRepository {
  readonly repo: string;
  readonly revision: string;
  /** 40 hex digits; files are read at this commit, whatever the branch does meanwhile. */
  readonly commit: string;
  readonly files: readonly HubFile[];
  readonly lastModified: string | null;
}

/** A file of a repository at a commit. */
export interface HubFileAddress {
  readonly repo: string;
  readonly commit: string;
  readonly name: string;
}

const mostInfoBytes = 32 * 1024 * 1024;
const mostFiles = 20_000;

const Info = z.looseObject({
  id: z.string().max(300).nullish(),
  sha: z.string().regex(/^[0-9a-f]{40}$/),
  lastModified: z.string().max(50).nullish().catch(null),
  siblings: z
    .array(
      z.looseObject({
        rfilename: z.string().min(1).max(1_000),
        size: z.int().min(0).nullish(),
        blobId: z.string().regex(/^[0-9a-f]{40}$/).nullish().catch(null),
        lfs: z.looseObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/), size: z.int().min(0) }).nullish(),
      }),
    )
    .max(mostFiles),
});

/** The models of a Hugging Face Hub, or of a mirror that speaks its HTTP protocol (hub-docs, API endpoints; the resolve route of huggingface_hub). */
export class Hub {
  readonly #connection: HubConnection;

  constructor(options: HubOptions) {
    this.#connection = new HubConnection(options);
  }

  close = (): Promise<void> => this.#connection.close();

  get attempts(): number {
    return this.#connection.attempts;
  }

  pause = (attempt: number, signal?: AbortSignal): Promise<void> => this.#connection.pause(attempt, signal);

  /** What a repository holds at a revision. Throws `resource.not_found` when there is no such thing, or none that we may see. */
  info = async (repo: string, revision: string, signal?: AbortSignal): Promise<HubRepository> => {
    const answer = await this.#connection.ask(`/api/models/${pathOf(repo)}/revision/${encodeURIComponent(revision)}?blobs=true`, { signal });
    requireOk(answer, repo, `revision ${revision}`);
    const json = parseJson(await readBounded(answer.body, mostInfoBytes), repo);
    const parsed = Info.safeParse(json);
    if (!parsed.success) throw strange(repo, `its description cannot be read (${parsed.error.issues[0]?.path.join('.') ?? ''}: ${parsed.error.issues[0]?.message ?? ''})`);
    const { sha, siblings, lastModified } = parsed.data;
    const files: HubFile[] = [];
    const names = new Set<string>();
    for (const { rfilename: name, size, blobId, lfs } of siblings) {
      if (!isInside(name) || names.has(name)) throw strange(repo, `it names a file ${JSON.stringify(name.slice(0, 100))}`);
      names.add(name);
      files.push({ name, bytes: lfs?.size ?? size ?? (await this.#sizeOf({ repo, commit: sha, name }, signal)), sha256: lfs?.sha256 ?? null, blobId: lfs == null ? (blobId ?? null) : null });
    }
    return { repo, revision, commit: sha, files, lastModified: lastModified ?? null };
  };

  /** `length` bytes of a file from `from` on, fewer at its end. Only they are fetched. */
  bytes = async (address: HubFileAddress, from: number, length: number, signal?: AbortSignal): Promise<Uint8Array> => {
    for (let attempt = 0; ; attempt += 1) {
      const { body, from: at } = await this.open(address, from, { to: from + length - 1, signal });
      try {
        // A server that knows no ranges begins at 0.
        return (await readBounded(body, from - at + length, true)).subarray(from - at);
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof AppError || attempt + 1 >= this.attempts) throw error;
        await this.pause(attempt, signal);
      }
    }
  };

  /** The content of a file from a byte on, and from which byte it really comes: 0 where the server knows no ranges. */
  open = async (address: HubFileAddress, from: number, { to, signal }: { readonly to?: number; readonly signal?: AbortSignal | undefined } = {}): Promise<{ readonly body: Readable; readonly from: number; readonly linkedSha256: string | null }> => {
    const range = from > 0 || to !== undefined ? `bytes=${from}-${to ?? ''}` : undefined;
    const answer = await this.#connection.ask(resolvePath(address), { ...(range !== undefined && { range }), signal });
    requireOk(answer, address.repo, address.name);
    const linkedSha256 = /^"?([0-9a-f]{64})"?$/.exec(answer.headers['x-linked-etag'] ?? '')?.[1] ?? null;
    if (answer.status === 200) return { body: answer.body, from: 0, linkedSha256 };
    const start = /^bytes (\d+)-/.exec(answer.headers['content-range'] ?? '')?.[1];
    if (answer.status !== 206 || Number(start) !== from) {
      discard(answer.body);
      throw strange(address.repo, `it answers ${answer.status} to a request for a part of ${address.name}`);
    }
    return { body: answer.body, from, linkedSha256 };
  };

  async #sizeOf(address: HubFileAddress, signal?: AbortSignal): Promise<number> {
    const answer = await this.#connection.ask(resolvePath(address), { method: 'HEAD', signal });
    discard(answer.body);
    requireOk(answer, address.repo, address.name);
    const bytes = Number(answer.headers['x-linked-size'] ?? answer.headers['content-length'] ?? Number.NaN);
    if (!Number.isSafeInteger(bytes) || bytes < 0) throw strange(address.repo, `it does not say how large ${address.name} is`);
    return bytes;
  }
}

const pathOf = (name: string): string => name.split('/').map(encodeURIComponent).join('/');
const resolvePath = ({ repo, commit, name }: HubFileAddress): string => `/${pathOf(repo)}/resolve/${commit}/${pathOf(name)}`;

const isInside = (name: string): boolean => name.length <= 500 && !/^[/\\]|\\|\p{Cc}/u.test(name) && !name.split('/').some((part) => part === '..' || part === '.' || part === '');

function requireOk({ status, body }: HubAnswer, repo: string, what: string): void {
  if (status === 200 || status === 206) return;
  discard(body);
  // The Hub answers 401 for what does not exist, too, to whoever is not known to it.
  if (status === 401 || status === 403) throw new AppError('artifact.unreadable', `the Hub answers ${status} for ${repo}`, { detail: `The Hub does not give out ${repo}: there is no such repository, or it is private or gated, and HUB_TOKEN belongs to nobody who may read it.` });
  if (status === 404) throw new AppError('resource.not_found', `the Hub has no ${repo}, ${what}`, { detail: `The Hub has no ${repo}, ${what}.` });
  throw strange(repo, `it answers ${status} when asked for ${what}`);
}

export const strange = (repo: string, what: string): AppError => new AppError('artifact.unreadable', `the Hub, ${repo}: ${what}`, { detail: `The Hub's ${repo} cannot be read: ${what}.` });

function parseJson(bytes: Uint8Array, repo: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw strange(repo, 'its description is not JSON');
  }
}

/** A body up to a limit. `cut`: what is longer ends there; otherwise it is an error. */
async function readBounded(body: Readable, mostBytes: number, cut = false): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    const part = chunk as Buffer;
    chunks.push(part);
    bytes += part.byteLength;
    if (bytes < mostBytes) continue;
    if (!cut && bytes > mostBytes) throw new AppError('artifact.unreadable', 'an answer of the Hub is too long', { detail: `An answer of the Hub has more than ${mostBytes} bytes.` });
    if (cut) break;
  }
  return Buffer.concat(chunks).subarray(0, mostBytes);
}
