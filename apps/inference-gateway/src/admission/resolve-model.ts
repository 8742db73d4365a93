import { AppError, parseModelReference } from '@weighbridge/shared-domain';
import type { ModelName, VersionName } from '@weighbridge/shared-domain';
import type { z } from 'zod';
import type { RegistryIndex, SnapshotDeployment } from '../facts/registry-index.ts';

export interface ResolvedModel {
  readonly model: z.infer<typeof ModelName>;
  readonly version: z.infer<typeof VersionName>;
  /** `name@version`. */
  readonly ref: string;
  /** At least one is active; paused and blocked ones are among them. */
  readonly deployments: readonly SnapshotDeployment[];
}

/** What a model reference means now. Throws `model.not_found`, `model.no_deployment` or `artifact.mismatch`; none names any other model. */
export function resolveModel(registry: Pick<RegistryIndex, 'findModel' | 'findVersion' | 'deploymentsOf'>, reference: string): ResolvedModel {
  const unknown = (internal: string) => new AppError('model.not_found', internal, { detail: `There is no model "${reference}" that can be called here.` });
  const parsed = parseModelReference(reference);
  if (parsed === null) throw unknown('not a model reference');
  const model = registry.findModel(parsed.model);
  if (model === undefined) throw unknown('no such model in the snapshot');
  const version = parsed.kind === 'version' ? parsed.version : parsed.kind === 'alias' ? model.aliases[parsed.alias] : model.defaultVersion;
  if (version === undefined || version === null) throw unknown(`the ${parsed.kind} leads nowhere`);
  const ref = `${model.name}@${version}`;
  const deployments = registry.deploymentsOf(ref);
  if (registry.findVersion(ref) === undefined) throw unknown('no such version in the snapshot');
  if (!deployments.some(({ status }) => status === 'active')) {
    const blocked = deployments.find(({ block }) => block !== null)?.block;
    if (blocked !== undefined && blocked !== null) {
      throw new AppError('artifact.mismatch', `${ref} has no active deployment, and a blocked one`, {
        detail: `"${ref}" is not run: its model file ${blocked.artifact} is not the one that was registered. An administrator of the platform must put it right.`,
      });
    }
    throw new AppError('model.no_deployment', `${ref} has no active deployment`, { detail: `"${ref}" has no active deployment now.`, retryAfterSeconds: 30 });
  }
  return { model: model.name, version, ref, deployments };
}
