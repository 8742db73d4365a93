import type { FileId, ProjectId } from '@weighbridge/shared-domain';
import type pg from 'pg';

export interface NewStoredFile {
  readonly id: FileId;
  readonly projectId: ProjectId;
  readonly filename: string;
}

/** What is known when the last byte has come: a form may name the purpose after the file. */
export interface FileCompletion {
  readonly bytes: number;
  /** Of the content, hex. */
  readonly sha256: string;
  readonly purpose: string;
  /** Null: kept until it is deleted. */
  readonly expiresAt: Date | null;
}

export interface StoredFile extends NewStoredFile, FileCompletion {
  readonly createdAt: Date;
}

export interface FileFilter {
  readonly projectId: ProjectId;
  readonly purpose?: string | undefined;
  /** Only files with a smaller id, i.e. older ones. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Files in chunks, so that neither writing nor reading one ever holds the whole of it in memory. */
export interface FileStore {
  /** The file is not visible before `completeFile`. */
  startFile(file: NewStoredFile): Promise<void>;
  /** `position` counts from 0 without gaps. */
  appendChunk(id: FileId, position: number, content: Buffer): Promise<void>;
  completeFile(id: FileId, completion: FileCompletion): Promise<StoredFile>;
  findFile(id: FileId, projectId: ProjectId): Promise<StoredFile | null>;
  /** Newest first. */
  listFiles(filter: FileFilter): Promise<StoredFile[]>;
  /** The chunks in order. Ends early when the file is deleted meanwhile. */
  readFile(id: FileId): AsyncGenerator<Buffer, void, undefined>;
  /** `projectId` null: whosever it is, finished or not. False when there is none. */
  deleteFile(id: FileId, projectId: ProjectId | null): Promise<boolean>;
  /** Deletes up to `limit` files that have expired, or whose upload broke off a day ago. */
  purgeFiles(limit: number): Promise<number>;
}

interface FileRow {
  readonly id: FileId;
  readonly project_id: ProjectId;
  readonly filename: string;
  readonly purpose: string;
  readonly bytes: string;
  readonly sha256: string;
  readonly created_at: Date;
  readonly expires_at: Date | null;
}

const fileFromRow = (row: FileRow): StoredFile => ({
  id: row.id,
  projectId: row.project_id,
  filename: row.filename,
  purpose: row.purpose,
  bytes: Number(row.bytes),
  sha256: row.sha256,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
});

const visible = 'sha256 is not null and (expires_at is null or expires_at > now())';

export function createFileStore(pool: pg.Pool): FileStore {
  const query = <R extends object>(name: string, text: string, values: readonly unknown[]) => pool.query<R>({ name: `file.${name}`, text, values: [...values] });
  return {
    startFile: async ({ id, projectId, filename }) => {
      await query('start', `insert into file (id, project_id, filename, purpose) values ($1, $2, $3, '')`, [id, projectId, filename]);
    },
    appendChunk: async (id, position, content) => {
      await query('append', 'insert into file_chunk (file_id, position, content) values ($1, $2, $3)', [id, position, content]);
    },
    completeFile: async (id, { bytes, sha256, purpose, expiresAt }) => {
      const { rows } = await query<FileRow>('complete', 'update file set bytes = $2, sha256 = $3, purpose = $4, expires_at = $5 where id = $1 returning *', [
        id,
        bytes,
        sha256,
        purpose,
        expiresAt,
      ]);
      const [row] = rows;
      if (row === undefined) throw new Error(`file ${id} was deleted while it was written`);
      return fileFromRow(row);
    },
    findFile: async (id, projectId) => {
      const { rows } = await query<FileRow>('find', `select * from file where id = $1 and project_id = $2 and ${visible}`, [id, projectId]);
      return rows[0] === undefined ? null : fileFromRow(rows[0]);
    },
    listFiles: async ({ projectId, purpose, before, limit }) => {
      const { rows } = await query<FileRow>(
        'list',
        `select * from file where project_id = $1 and ($2::text is null or purpose = $2) and ($3::text is null or id < $3) and ${visible} order by id desc limit $4`,
        [projectId, purpose ?? null, before ?? null, limit],
      );
      return rows.map(fileFromRow);
    },
    readFile: async function* (id) {
      for (let position = 0; ; position += 1) {
        const { rows } = await query<{ content: Buffer }>('read', 'select content from file_chunk where file_id = $1 and position = $2', [id, position]);
        if (rows[0] === undefined) return;
        yield rows[0].content;
      }
    },
    deleteFile: async (id, projectId) => {
      const { rowCount } = await query('delete', `delete from file where id = $1 and ($2::text is null or (project_id = $2 and ${visible}))`, [id, projectId]);
      return rowCount === 1;
    },
    purgeFiles: async (limit) => {
      const { rowCount } = await query(
        'purge',
        `delete from file where id in (select id from file where expires_at <= now() or (sha256 is null and created_at < now() - interval '1 day') limit $1)`,
        [limit],
      );
      return rowCount ?? 0;
    },
  };
}
