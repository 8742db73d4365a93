import { placementKey } from '@weighbridge/registry-domain';
import type { DeploymentId } from '@weighbridge/shared-domain';
import type { SnapshotDeployment } from '../facts/registry-index.ts';
import type { JudgedDecision } from './check-license.ts';

export interface PolicedDeployments {
  readonly deployments: readonly SnapshotDeployment[];
  readonly passedOver: readonly { readonly deploymentId: DeploymentId; readonly reason: string }[];
}

/** Leaves out the deployments that a policy keeps the use away from, so that no fallback leads there. An approval covers what needs a review, never what is denied. */
export function keepToPolicies(deployments: readonly SnapshotDeployment[], { placements }: Pick<JudgedDecision, 'placements'>, isApproved: boolean): PolicedDeployments {
  if (placements === undefined) return { deployments, passedOver: [] };
  const outcomeOf = ({ hostedIn, backend }: SnapshotDeployment) => placements.get(placementKey({ hostedIn, backendKind: backend.kind }));
  const mayServe = (deployment: SnapshotDeployment): boolean => {
    // One that is not active was not judged, and is passed over for that.
    if (deployment.status !== 'active') return true;
    const outcome = outcomeOf(deployment);
    return outcome === 'allow' || outcome === 'allow_with_obligations' || (outcome === 'review' && isApproved);
  };
  const passedOver = deployments.filter((deployment) => !mayServe(deployment)).map((deployment) => ({ deploymentId: deployment.id, reason: `A policy of the organisation keeps this use from ${outcomeOf(deployment) === 'review' ? 'it without an approval' : 'it'}.` }));
  return { deployments: deployments.filter(mayServe), passedOver };
}
