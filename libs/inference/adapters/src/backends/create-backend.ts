import type { Backend } from '@weighbridge/inference-domain';
import type { OutboundPolicy } from '@weighbridge/shared-adapters/outbound-url';
import { assertUrlForm } from '@weighbridge/shared-adapters/outbound-url';
import { createAnthropicBackend } from './anthropic/anthropic-backend.ts';
import type { CircuitBreakerOptions } from './circuit-breaker.ts';
import { withCircuitBreaker } from './circuit-breaker.ts';
import type { HttpTimeouts } from './http/http-backend.ts';
import { createLlamaCppBackend } from './llama-cpp/llama-cpp-backend.ts';
import type { LlamaModels } from './llama-cpp/llama-models.ts';
import { createLlamaModels } from './llama-cpp/llama-models.ts';
import { createOpenAiBackend } from './openai/openai-backend.ts';
import { withOutputCheck } from '../output-schema/with-output-check.ts';
import type { UpstreamPools } from './upstream-pools.ts';
import { createUpstreamPools } from './upstream-pools.ts';

/** A backend as the registry hands it to workers: what is secret is sealed. */
export type BackendSettings =
  | { readonly kind: 'openai' | 'anthropic'; readonly baseUrl: string; readonly upstreamModel: string; readonly apiKeySealed: string | null }
  | { readonly kind: 'llama-cpp'; readonly artifact: string; readonly sha256: string };

/** What a backend needs to know of its deployment. */
export interface BackendDeployment {
  readonly id: string;
  readonly concurrency: number;
  /** Tokens of prompt and answer together; null: the backend's own. */
  readonly contextLength: number | null;
  readonly backend: BackendSettings;
}

/** What the backends of one process share: connections and loaded models. */
export interface BackendHost {
  readonly pools: UpstreamPools;
  readonly models: LlamaModels;
  readonly policy: OutboundPolicy;
  /** Closes connections and models; the backends are closed before. */
  readonly close: () => Promise<void>;
}

export function createBackendHost(policy: OutboundPolicy): BackendHost {
  const pools = createUpstreamPools(policy);
  const models = createLlamaModels();
  return {
    pools,
    models,
    policy,
    close: async () => {
      await Promise.all([pools.close(), models.close()]);
    },
  };
}

export interface CreateBackendDeps {
  readonly host: BackendHost;
  /** Opens a sealed secret. */
  readonly openSecret: (sealed: string) => string;
  /** The path of a registered artifact on this machine. */
  readonly resolveModelFile: (artifact: { readonly artifact: string; readonly sha256: string }) => Promise<string>;
  readonly timeouts?: Partial<HttpTimeouts>;
  readonly maxResponseBytes?: number;
  /** Threads that llama.cpp computes with; 1 where absent. */
  readonly llamaThreads?: number;
  readonly breaker?: CircuitBreakerOptions;
}

/**
 * The backend of a deployment, behind its circuit breaker, with its answers checked against the request's `response_format`. Connects to nothing and loads nothing until its first call.
 * Throws an AppError `request.invalid` for a base URL that may not be called.
 */
export function createBackend(deployment: BackendDeployment, deps: CreateBackendDeps): Backend {
  // Outside of the breaker: a model that misses a format is not a server that is ill.
  return withOutputCheck(withCircuitBreaker(createBareBackend(deployment, deps), deps.breaker));
}

function createBareBackend({ backend, concurrency, contextLength }: BackendDeployment, deps: CreateBackendDeps): Backend {
  const { host } = deps;
  switch (backend.kind) {
    case 'openai':
    case 'anthropic': {
      const baseUrl = assertUrlForm(backend.baseUrl, host.policy.allowPrivate);
      return (backend.kind === 'openai' ? createOpenAiBackend : createAnthropicBackend)({
        baseUrl,
        upstreamModel: backend.upstreamModel,
        pool: host.pools.poolFor(baseUrl),
        ...(backend.apiKeySealed === null ? {} : { apiKey: deps.openSecret(backend.apiKeySealed) }),
        ...(deps.timeouts === undefined ? {} : { timeouts: deps.timeouts }),
        ...(deps.maxResponseBytes === undefined ? {} : { maxResponseBytes: deps.maxResponseBytes }),
      });
    }
    case 'llama-cpp': {
      const { artifact, sha256 } = backend;
      return createLlamaCppBackend({
        models: host.models,
        resolveFile: async () => ({ artifact, sha256, path: await deps.resolveModelFile({ artifact, sha256 }) }),
        concurrency,
        ...(contextLength === null ? {} : { contextLength }),
        ...(deps.llamaThreads === undefined ? {} : { threads: deps.llamaThreads }),
      });
    }
  }
}
