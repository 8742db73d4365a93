import { AppError } from '@weighbridge/shared-domain';

/** What an archive may be. Everything in it is chosen by whoever made it. */
export interface ArchiveLimits {
  /** Bytes that may be sent. */
  readonly archiveBytes: number;
  /** Bytes that may come out of it. */
  readonly unpackedBytes: number;
  readonly entries: number;
  /** Times that it may grow, once more than {@link ratioFromBytes} came out: text packs to a tenth, weights hardly at all, bombs to a thousandth. */
  readonly ratio: number;
  readonly ratioFromBytes: number;
  /** Bytes kept in memory: metadata and the headers of weights. */
  readonly keptBytes: number;
}

export const archiveLimits: ArchiveLimits = {
  archiveBytes: 4 * 1024 ** 3,
  unpackedBytes: 64 * 1024 ** 3,
  entries: 10_000,
  ratio: 200,
  ratioFromBytes: 64 * 1024 ** 2,
  keptBytes: 192 * 1024 ** 2,
};

const shown = (name: string): string => JSON.stringify(name.length > 100 ? `…${name.slice(-100)}` : name);

export const badArchive = (why: string, cause?: unknown): AppError => new AppError('artifact.unreadable', `bad archive: ${why}`, { detail: `The archive cannot be read: ${why}.`, ...(cause === undefined ? {} : { cause }) });

export const tooLargeArchive = (why: string): AppError => new AppError('request.too_large', `archive over its limits: ${why}`, { detail: `The archive is refused: ${why}.` });

/** The name of an entry with `/` between folders; throws for one that climbs out, is absolute, or could be read as either on another system. */
export function entryName(raw: string): string {
  const name = raw.replace(/^(\.\/)+/, '').replace(/\/+$/, '');
  const climbs = name.split('/').some((part) => part === '..');
  if (climbs) throw badArchive(`the entry ${shown(raw)} climbs out of the archive`);
  if (/^[/\\]|^[A-Za-z]:|\\|\0/.test(raw)) throw badArchive(`the entry ${shown(raw)} has an absolute path, or one of another system`);
  if (name.length > 500 || name.split('/').length > 20) throw badArchive(`the entry ${shown(raw)} has a name that is too long`);
  return name.split('/').filter((part) => part !== '' && part !== '.').join('/');
}

/** Counts what goes in and comes out of one archive, and throws at its limits. */
export class ArchiveBudget {
  readonly #limits: ArchiveLimits;
  readonly #names = new Set<string>();
  /** Bytes of the archive that were read. */
  packedBytes = 0;
  #unpackedBytes = 0;
  #keptBytes = 0;
  #entries = 0;

  constructor(limits: ArchiveLimits) {
    this.#limits = limits;
  }

  packed(bytes: number): void {
    this.packedBytes += bytes;
    if (this.packedBytes > this.#limits.archiveBytes) throw tooLargeArchive(`it has more than ${this.#limits.archiveBytes.toLocaleString('en')} bytes`);
  }

  unpacked(bytes: number): void {
    this.#unpackedBytes += bytes;
    if (this.#unpackedBytes > this.#limits.unpackedBytes) throw tooLargeArchive(`it unpacks to more than ${this.#limits.unpackedBytes.toLocaleString('en')} bytes`);
    if (this.#unpackedBytes > this.#limits.ratioFromBytes && this.#unpackedBytes > this.packedBytes * this.#limits.ratio) throw tooLargeArchive(`it unpacks to more than ${this.#limits.ratio} times its size, as only bombs do`);
  }

  kept(bytes: number): void {
    this.#keptBytes += bytes;
    if (this.#keptBytes > this.#limits.keptBytes) throw tooLargeArchive(`its metadata and headers take more than ${this.#limits.keptBytes.toLocaleString('en')} bytes`);
  }

  /** A second entry of a name, also one that differs in case only, would hide the first on some systems. */
  entry(name: string): void {
    const key = name.normalize('NFC').toLowerCase();
    if (this.#names.has(key)) throw badArchive(`two entries are called ${shown(name)}`);
    this.#names.add(key);
    this.folder();
  }

  folder(): void {
    this.#entries += 1;
    if (this.#entries > this.#limits.entries) throw tooLargeArchive(`it has more than ${this.#limits.entries.toLocaleString('en')} entries`);
  }
}
