import { stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { createBackend } from '@weighbridge/inference-adapters/backends';
import type { BackendHost } from '@weighbridge/inference-adapters/backends';
import type { Backend } from '@weighbridge/inference-domain';
import type { DeploymentFacts } from '@weighbridge/registry-contracts';
import { AppError } from '@weighbridge/shared-domain';

export interface BackendCache {
  /** The backend of a deployment: made at its first call, kept while the deployment stays as it is. */
  readonly backendFor: (deployment: DeploymentFacts) => Backend;
  /** Closes what no longer has a deployment. */
  readonly keepOnly: (deployments: readonly DeploymentFacts[]) => void;
  readonly close: () => Promise<void>;
}

export interface BackendCacheOptions {
  readonly host: BackendHost;
  readonly openSecret: (sealed: string) => string;
  readonly modelsDir: string;
}

export function createBackendCache({ host, openSecret, modelsDir }: BackendCacheOptions): BackendCache {
  const kept = new Map<string, { readonly fingerprint: string; readonly backend: Backend }>();
  const fingerprintOf = (deployment: DeploymentFacts) => JSON.stringify([deployment.backend, deployment.concurrency, deployment.contextLength]);
  const discard = (id: string) => {
    const entry = kept.get(id);
    kept.delete(id);
    void entry?.backend.close();
  };
  return {
    backendFor: (deployment) => {
      const fingerprint = fingerprintOf(deployment);
      const entry = kept.get(deployment.id);
      if (entry?.fingerprint === fingerprint) return entry.backend;
      if (entry !== undefined) discard(deployment.id);
      const backend = createBackend(deployment, { host, openSecret, resolveModelFile: ({ artifact }) => resolveModelFile(modelsDir, artifact) });
      kept.set(deployment.id, { fingerprint, backend });
      return backend;
    },
    keepOnly: (deployments) => {
      const present = new Set(deployments.map(({ id }) => id as string));
      for (const id of kept.keys()) if (!present.has(id)) discard(id);
    },
    close: async () => {
      await Promise.all([...kept.values()].map(({ backend }) => backend.close()));
      kept.clear();
    },
  };
}

/** The file of a registered artifact below the models folder; a name that climbs out of it is none. */
async function resolveModelFile(modelsDir: string, artifact: string): Promise<string> {
  const path = resolve(modelsDir, artifact);
  const inside = relative(resolve(modelsDir), path);
  if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) throw new AppError('artifact.unreadable', `${artifact} lies outside the models folder`);
  const found = await stat(path).catch((cause: unknown) => {
    throw new AppError('artifact.unreadable', `${artifact} is not in ${modelsDir}`, { cause, detail: `The model file ${artifact} is not on this worker.` });
  });
  if (!found.isFile()) throw new AppError('artifact.unreadable', `${artifact} is no file`);
  return path;
}
