import type { Deployment, NewDeployment } from '@weighbridge/registry-contracts';
import type { DeploymentRecord, StoredBackend, VersionRecord } from '@weighbridge/registry-data';
import { requirePlatform } from '@weighbridge/shared-adapters/auth';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { newId } from '@weighbridge/shared-adapters/ids';
import { assertUrlForm } from '@weighbridge/shared-adapters/outbound-url';
import { AppError } from '@weighbridge/shared-domain';
import type { z } from 'zod';
import { deploymentView } from '../api-views.ts';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps } from '../change-registry.ts';
import type { RegistryDeps } from '../deps.ts';
import { invalidField, requireMayChange, requireVersion } from '../refusals.ts';

type CreateDeploymentDeps = ChangeDeps & Pick<RegistryDeps, 'secrets' | 'allowPrivateAddresses'>;
type CreateDeploymentInput = z.output<typeof NewDeployment> & { readonly caller: Caller; readonly model: string };

/** A deployment serves every project. One with an address sends their prompts there, so only a key of the platform may name it. */
export async function createDeployment(deps: CreateDeploymentDeps, { caller, backend, ...settings }: CreateDeploymentInput): Promise<Deployment> {
  // Where it runs decides what policies let through, so that is the platform's word as well.
  if (backend.kind !== 'llama-cpp' || settings.hostedIn !== null) requirePlatform(caller);
  return changeRegistry(deps, caller, async (change, audit) => {
    const version = await requireVersion(change, settings.model, settings.version);
    const { ownerId } = await requireMayChange(change, caller, settings.model);
    const deployment: DeploymentRecord = { ...settings, id: newId('deployment'), status: 'active', block: null, backend: storedBackend(deps, backend, version), createdAt: deps.now() };
    await change.deployments.addDeployment(deployment);
    await audit({ action: 'deployment.created', subject: deployment.id, projectId: ownerId, details: { version: `${deployment.model}@${deployment.version}`, pool: deployment.pool, backend: backend.kind, hostedIn: deployment.hostedIn } });
    return deploymentView(deployment);
  });
}

function storedBackend({ secrets, allowPrivateAddresses }: CreateDeploymentDeps, backend: CreateDeploymentInput['backend'], { artifacts }: VersionRecord): StoredBackend {
  if (backend.kind !== 'llama-cpp') {
    requireCallable(backend.baseUrl, allowPrivateAddresses);
    return { kind: backend.kind, baseUrl: backend.baseUrl, upstreamModel: backend.upstreamModel, apiKeySealed: backend.apiKey === undefined ? null : secrets.seal(backend.apiKey) };
  }
  const artifact = artifacts.find(({ fileName }) => fileName === backend.artifact);
  if (artifact?.format === 'gguf') return { kind: 'llama-cpp', artifact: artifact.fileName, sha256: artifact.sha256 };
  const usable = artifacts.filter(({ format }) => format === 'gguf').map(({ fileName }) => fileName);
  throw invalidField('/body/backend/artifact', usable.length === 0 ? 'the version has no GGUF artifact, and llama-cpp runs nothing else' : `must be one of the GGUF artifacts of the version: ${usable.slice(0, 10).join(', ')}`);
}

/** Form, and the address where the host is one; where a name leads is checked by the worker at every connection. */
function requireCallable(baseUrl: string, allowPrivate: boolean): void {
  try {
    const url = assertUrlForm(baseUrl, allowPrivate);
    if (url.search !== '' || url.hash !== '') throw invalidField('/body/backend/baseUrl', 'may have no query and no fragment: paths are put after it');
  } catch (error) {
    if (!(error instanceof AppError) || error.faults.length > 0) throw error;
    throw invalidField('/body/backend/baseUrl', `${error.publicMessage}${allowPrivate ? '' : ' The operator allows private addresses, though never link-local ones, by ALLOW_PRIVATE_ADDRESSES=true'}`.replace(/\.$/, ''));
  }
}
