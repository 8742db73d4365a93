import { HostRegion } from '@weighbridge/registry-domain';
import { DeploymentId, Instant, ModelName, VersionName } from '@weighbridge/shared-domain';
import { z } from 'zod';

const httpBackend = {
  baseUrl: z.url({ protocol: /^https?$/, error: 'must be an http or https URL, like http://127.0.0.1:8000/v1' }),
  /** The name by which the server knows the model. */
  upstreamModel: z.string().min(1).max(200),
};

/** A backend as an administrator enters it. The provider's key is sealed at once and never shown again. */
export const NewBackend = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('openai'), ...httpBackend, apiKey: z.string().min(1).max(500).optional() }),
  /** Anthropic's Messages API; `baseUrl` with or without `/v1`, like https://api.anthropic.com. */
  z.strictObject({ kind: z.literal('anthropic'), ...httpBackend, apiKey: z.string().min(1).max(500).optional() }),
  z.strictObject({ kind: z.literal('llama-cpp'), /** One of the version's GGUF artifacts. */ artifact: z.string().min(1).max(500) }),
]);

export const BackendView = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('openai'), ...httpBackend, hasApiKey: z.boolean() }),
  z.object({ kind: z.literal('anthropic'), ...httpBackend, hasApiKey: z.boolean() }),
  z.object({ kind: z.literal('llama-cpp'), artifact: z.string(), sha256: z.string() }),
]);

/** A backend as the worker gets it: with the sealed key. */
export const SealedBackend = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('openai'), ...httpBackend, apiKeySealed: z.string().nullable() }),
  z.object({ kind: z.literal('anthropic'), ...httpBackend, apiKeySealed: z.string().nullable() }),
  z.object({ kind: z.literal('llama-cpp'), artifact: z.string(), sha256: z.string() }),
]);
export type SealedBackend = z.infer<typeof SealedBackend>;

const deploymentFields = {
  version: VersionName,
  /** Workers take work by pool: `inference.<pool>`. */
  pool: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'may have lower-case letters, digits and "-", at most 40').default('default'),
  /** Share of the traffic among a version's deployments; 0 takes none unless the others fail. */
  weight: z.int().min(0).max(1_000).default(1),
  /** Calls at once per worker process. */
  concurrency: z.int().min(1).max(1_000).default(8),
  /** Tokens that prompt and answer may have together; null: not known. */
  contextLength: z.int().min(1).nullable().default(null),
  /** Where it runs; null: not known, so that a policy about places asks for a review. */
  hostedIn: HostRegion.nullable().default(null),
  /** Output tokens when the request names no limit. */
  defaultMaxOutputTokens: z.int().min(1).max(1_000_000).default(1_024),
};

export const NewDeployment = z.strictObject({ ...deploymentFields, backend: NewBackend });
export const DeploymentStatus = z.enum(['active', 'paused']);

/** Why a deployment takes no work until an administrator of the platform lifts the block: a worker found another file than the registered one. */
export const DeploymentBlock = z.object({ reason: z.literal('artifact_mismatch'), artifact: z.string(), registeredSha256: z.string(), foundSha256: z.string(), at: Instant });
export type DeploymentBlock = z.infer<typeof DeploymentBlock>;
export const NewDeploymentBlock = DeploymentBlock.omit({ at: true }).strict();

const deploymentState = {
  /** `blocked` comes before what an editor has set, and gives way to that again. */
  status: z.enum([...DeploymentStatus.options, 'blocked']),
  block: DeploymentBlock.nullable().default(null),
};

export const Deployment = z.object({ ...deploymentFields, id: DeploymentId, model: ModelName, ...deploymentState, backend: BackendView, createdAt: Instant });
export type Deployment = z.infer<typeof Deployment>;

export const DeploymentFacts = Deployment.omit({ backend: true, createdAt: true }).extend({ backend: SealedBackend });
export type DeploymentFacts = z.infer<typeof DeploymentFacts>;
