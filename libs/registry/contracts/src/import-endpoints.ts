import { LicenseExpression, LicenseId } from '@weighbridge/registry-domain';
import { defineEndpoints, pageOf, pageQuery } from '@weighbridge/shared-contracts';
import { DownloadId, Instant, ModelName, VersionName } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { versionFields } from './model.ts';

/** How a model is published. `auto` looks which of the others it is. */
export const ImportKind = z.enum(['auto', 'huggingface', 'gguf', 'ollama', 'oci', 'mlflow']);
export type ImportKind = z.infer<typeof ImportKind>;

/** A path inside the import folder of the installation: a file, or the folder of one model. */
const ImportPath = z.string().min(1).max(500);

/** `owner/name`, as the Hub writes it. */
export const RepositoryId = z
  .string()
  .max(200)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,95}(\/[A-Za-z0-9][A-Za-z0-9._-]{0,95})?$/, 'must be a repository like "owner/name"')
  .refine((id) => !/\.\.|--|\.git$|\.$/.test(id), 'may hold neither ".." nor "--", and end in neither "." nor ".git"');
/** Branch, tag or commit. */
export const Revision = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/, 'must be a branch, tag or commit')
  .refine((revision) => !/\.\.|\/\/|\/$|\.$/.test(revision), 'must be a branch, tag or commit');

const FileName = z
  .string()
  .min(1)
  .max(500)
  .refine((name) => !name.startsWith('/') && !name.includes('\\') && !name.split('/').some((part) => part === '' || part === '.' || part === '..'), 'must be a relative path that stays inside its folder');
/** One small file of a publication, or the header of weights: then `bytes` and `sha256` are of the whole file, which whoever sends it has read. */
export const ImportedFile = z
  .strictObject({
    name: FileName,
    text: z.string().max(6_000_000).optional(),
    contentBase64: z.string().max(24_000_000).regex(/^[A-Za-z0-9+/]*={0,2}$/, 'must be base64').optional(),
    bytes: z.int().min(0).optional(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 digest of 64 lower-case hex digits').optional(),
  })
  .refine((file) => (file.text === undefined) !== (file.contentBase64 === undefined), { message: 'give either text or contentBase64', path: ['text'] })
  .refine((file) => (file.bytes === undefined) === (file.sha256 === undefined), { message: 'give bytes and sha256 together, or neither', path: ['sha256'] })
  .refine((file) => file.bytes === undefined || (file.contentBase64 !== undefined && Math.floor((file.contentBase64.replace(/=+$/, '').length * 3) / 4) <= file.bytes), { message: 'is less than the content that was sent', path: ['bytes'] });

const Publication = z
  .strictObject({ kind: ImportKind, path: ImportPath.optional(), files: z.array(ImportedFile).min(1).max(500).optional() })
  .refine((request) => (request.path === undefined) !== (request.files === undefined), { message: 'give either a path or files', path: ['path'] });
const HubRepository = z.strictObject({ kind: z.literal('hub'), repo: RepositoryId, revision: Revision.default('main') });

/** Where to read a model: a path of the import folder, small files sent along, or a repository of the Hub. Archives have an endpoint of their own. */
export const ImportRequest = z.discriminatedUnion('kind', [Publication, HubRepository]);
export type ImportRequest = z.infer<typeof ImportRequest>;

/**
 * What an importer noticed. `error`: the publication contradicts itself or is broken, and somebody has to look before it is registered;
 * `warning`: something was taken in its strictest reading or is missing; `info`: good to know.
 */
export const ImportFinding = z.strictObject({
  severity: z.enum(['error', 'warning', 'info']),
  message: z.string().max(2_000),
  /** Where each side of it stands, as in `provenance.readFrom`: file, and line or key. */
  sources: z.array(z.string().max(300)).max(10),
});
export type ImportFinding = z.infer<typeof ImportFinding>;

/** A score that the publisher states. Whether it is a percentage or a fraction is not fixed by any format: it is shown as it stands. */
export const ImportedScore = z.strictObject({
  benchmark: z.string().max(300),
  metric: z.string().max(200),
  value: z.number(),
  task: z.string().max(200).nullable(),
  split: z.string().max(200).nullable(),
  /** Who measured, as the publisher says it; null: the publisher. */
  evaluatedBy: z.string().max(300).nullable(),
  url: z.url({ protocol: /^https?$/ }).nullable(),
  readFrom: z.string().max(300),
});
export type ImportedScore = z.infer<typeof ImportedScore>;

export const LicenseFile = z.strictObject({
  fileName: z.string().max(500),
  covers: z.enum(['model', 'code', 'use-policy', 'notice']),
  /** What its text is, surest first; empty: none that is known. */
  licenses: z.array(LicenseId).max(50),
});
export type LicenseFile = z.infer<typeof LicenseFile>;

/** What an importer read, before anything is registered. `version` can be posted as it is. */
export const ImportDraft = z.object({
  /** How it was read: never `auto`. */
  kind: ImportKind,
  suggestedModel: ModelName.nullable(),
  suggestedPublisher: z.string().max(100).nullable(),
  version: z.object({ ...versionFields, version: VersionName.nullable(), license: z.string().nullable() }),
  licenseId: LicenseExpression.nullable(),
  licenseFiles: z.array(LicenseFile).max(50),
  scores: z.array(ImportedScore).max(500),
  /** Errors first. */
  findings: z.array(ImportFinding).max(500),
});
export type ImportDraft = z.infer<typeof ImportDraft>;

export const NewDownload = z.strictObject({
  repo: RepositoryId,
  revision: Revision.default('main'),
  /** Names of the files wanted; absent: everything but what repeats the weights in another format. */
  files: z.array(FileName).min(1).max(2_000).optional(),
});

export const DownloadState = z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']);
export const DownloadFile = z.object({
  fileName: z.string(),
  bytes: z.int().min(0),
  downloadedBytes: z.int().min(0),
  /** Of the whole file, once it is there and checked. */
  sha256: z.string().nullable(),
});
export const Download = z.object({
  id: DownloadId,
  repo: z.string(),
  revision: z.string(),
  /** The commit that the revision meant when the download was asked for: it goes on with that one. */
  commit: z.string(),
  state: DownloadState,
  /** Where the files are, relative to the model folder of the installation. */
  folder: z.string(),
  files: z.array(DownloadFile),
  bytes: z.int().min(0),
  downloadedBytes: z.int().min(0),
  /** Why it failed, in a sentence. */
  error: z.string().nullable(),
  createdAt: Instant,
  finishedAt: Instant.nullable(),
});
export type Download = z.infer<typeof Download>;

const downloadParams = z.object({ id: DownloadId });

export const importEndpoints = defineEndpoints({
  importModel: { method: 'post', path: '/v1/imports', role: 'editor', summary: 'Reads a model as it is published and answers with a draft version', body: ImportRequest, response: ImportDraft, maxBodyBytes: 67_108_864 },
  importArchive: {
    method: 'post',
    path: '/v1/imports/archive',
    role: 'editor',
    summary: 'Reads a model out of a zip, tar or tar.gz archive, which is the body of the request; only metadata and the heads of weight files are kept, and those only until the answer',
    query: z.object({ kind: ImportKind.default('auto'), name: z.string().min(1).max(200).optional() }),
    response: ImportDraft,
    reply: 'raw',
  },
  createDownload: { method: 'post', path: '/v1/downloads', role: 'admin', summary: 'Fetches the files of a Hub repository into the model folder, in the background', body: NewDownload, response: Download, status: 202 },
  listDownloads: { method: 'get', path: '/v1/downloads', role: 'viewer', summary: 'Downloads, the newest first', query: z.object(pageQuery), response: pageOf(Download) },
  getDownload: { method: 'get', path: '/v1/downloads/{id}', role: 'viewer', summary: 'A download and how far it is', params: downloadParams, response: Download },
  cancelDownload: { method: 'delete', path: '/v1/downloads/{id}', role: 'admin', summary: 'Stops a download and removes what is incomplete', params: downloadParams, response: Download },
});
