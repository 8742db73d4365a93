import { Architecture, LicenseExpression, LicenseFinding, LineageRelation, ModelCard } from '@weighbridge/registry-domain';
import { Instant, ModelName, ProjectId, VersionId, VersionName } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { Tags } from './tags.ts';
import { Alias } from './alias.ts';

export const NewModel = z.strictObject({ name: ModelName, publisher: z.string().trim().min(1).max(100), description: z.string().max(4_000).optional() });

export const ArtifactFormat = z.enum(['gguf', 'safetensors', 'other']);
export const Artifact = z.strictObject({
  /** File name, with `/` for folders; relative, never climbing out. */
  fileName: z
    .string()
    .min(1)
    .max(500)
    .refine((name) => !name.startsWith('/') && !name.split('/').includes('..'), 'must be a relative path that stays inside its folder'),
  format: ArtifactFormat,
  bytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 digest of 64 lower-case hex digits'),
  quantization: z.string().max(40).nullable().default(null),
});
export type Artifact = z.infer<typeof Artifact>;

export const Source = z.strictObject({ title: z.string().min(1).max(300), url: z.url({ protocol: /^https?$/ }).nullable().default(null), retrievedOn: z.iso.date().nullable().default(null) });
export type Source = z.infer<typeof Source>;

/** Where one field of an imported version was read. */
export const Provenance = z.strictObject({ field: z.string().max(100), readFrom: z.string().max(300), value: z.string().max(1_000) });
export type Provenance = z.infer<typeof Provenance>;

export const BaseModel = z.strictObject({ model: ModelName, version: VersionName, relation: LineageRelation });

export const versionFields = {
  version: VersionName,
  /** Day on which the publisher released it: the clock of some licences' limits. */
  releasedOn: z.iso.date().nullable().default(null),
  baseModels: z.array(BaseModel).max(50).default([]),
  /** Takes images, sound or video: some licences say more about such models. Null: not known. */
  multimodal: z.boolean().nullable().default(null),
  /** Other licences that its tag, text or card claim for this version, with no way to tell which was granted: every use needs a review. */
  conflictingLicenses: z.array(LicenseExpression).max(20).default([]),
  architecture: Architecture.nullable().default(null),
  artifacts: z.array(Artifact).max(1_000).default([]),
  sources: z.array(Source).max(50).default([]),
  provenance: z.array(Provenance).max(200).default([]),
};

/** Either a licence by id, SPDX expression or Hugging Face tag, or the text of one to be detected. What cannot be recognised stays unknown, and decisions say `review`. */
export const NewVersion = z
  .strictObject({ ...versionFields, license: z.string().min(1).max(500).optional(), licenseText: z.string().min(1).max(1_000_000).optional() })
  .refine((version) => version.license === undefined || version.licenseText === undefined, { message: 'give either a license or a licenseText, not both', path: ['licenseText'] });
export type NewVersion = z.infer<typeof NewVersion>;

export const Version = z.object({
  ...versionFields,
  /** Marks that people put on it; the only thing of a version that changes. */
  tags: Tags,
  id: VersionId,
  model: ModelName,
  publisher: z.string(),
  /** Whether somebody who may vouches for the publisher: the reference catalogue, or a platform administrator. Without it, that the licensor itself published the version needs a review. */
  publisherVerified: z.boolean(),
  /** Id of a licence, or an SPDX expression of several; null: not recognised. */
  license: LicenseExpression.nullable(),
  /** What was declared, as it was written. */
  licenseDeclared: z.string().nullable(),
  /** Whether each artifact was found, and had its digest, when the version was registered. */
  artifactChecks: z.array(z.object({ fileName: z.string(), state: z.enum(['matched', 'absent']) })).default([]),
  /** Why the licence text that was declared is no licence for sure: what it nearly is, with the passages. Null: it is one, or none was declared. */
  licenseFinding: LicenseFinding.nullable(),
  /** SHA-256 of the canonical content: two posts of the same content are one version. */
  digest: z.string(),
  createdAt: Instant,
});
export type Version = z.infer<typeof Version>;

export const ModelSummary = z.object({
  name: ModelName,
  publisher: z.string(),
  description: z.string().nullable(),
  versions: z.int(),
  latestVersion: VersionName.nullable(),
  licenses: z.array(LicenseExpression.nullable()),
  aliases: z.array(Alias),
  deployed: z.boolean(),
  /** The project whose editors may change it, shown to that project and to the platform. Null: the organisation’s, or another project’s. */
  owner: ProjectId.nullable(),
  /** Whether the key that asks may register versions, move aliases and change deployments of it. */
  mayChange: z.boolean(),
  createdAt: Instant,
});
export type ModelSummary = z.infer<typeof ModelSummary>;

export const VersionSummary = z.object({
  id: VersionId,
  version: VersionName,
  license: LicenseExpression.nullable(),
  releasedOn: z.iso.date().nullable(),
  parametersTotal: z.number().nullable(),
  createdAt: Instant,
});

export const Model = ModelSummary.omit({ versions: true }).extend({
  /** The newest 50; `GET /v1/models/{name}/versions` pages through all. */
  versions: z.array(VersionSummary),
  versionCount: z.int(),
});
export type Model = z.infer<typeof Model>;

export const Card = z.object({ ref: z.string(), architecture: Architecture.nullable(), card: ModelCard.nullable() });
