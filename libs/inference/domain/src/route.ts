import type { BackendHealth } from './backend.ts';

/** What routing needs to know of a deployment. */
export interface RoutableDeployment {
  readonly id: string;
  /** Share of the traffic, relative to the others; 0 takes none unless all others fail. */
  readonly weight: number;
  /** Active where absent. */
  readonly status?: 'active' | 'paused' | 'blocked';
}

export type PassedOverReason = 'paused' | 'blocked' | 'unhealthy';

export interface PassedOver {
  readonly deploymentId: string;
  readonly reason: PassedOverReason;
  /** One sentence for the receipt. */
  readonly message: string;
}

export interface Route<D extends RoutableDeployment> {
  /** In the order to try them; empty when none can take the request. */
  readonly candidates: readonly D[];
  readonly passedOver: readonly PassedOver[];
}

export interface RouteConditions {
  /** Health by deployment id; a deployment without an entry was never called, and counts as healthy. */
  readonly health: ReadonlyMap<string, BackendHealth>;
  /** A number drawn evenly from [0, 1). The same number gives the same route. */
  readonly random: number;
}

/**
 * Orders the deployments of a version: each place is drawn by weight among those left, so the first carries its share of the traffic and
 * the rest are fall-backs; those of weight 0 come last, in the order given. A deployment that is `probing` takes part, else it could
 * never recover; one that is `unhealthy`, paused or blocked is left out.
 */
export function chooseDeployments<D extends RoutableDeployment>(deployments: readonly D[], { health, random }: RouteConditions): Route<D> {
  const passedOver: PassedOver[] = [];
  const left: D[] = [];
  const lastResorts: D[] = [];
  for (const deployment of deployments) {
    if (deployment.status === 'paused') {
      passedOver.push({ deploymentId: deployment.id, reason: 'paused', message: 'It is paused: it takes no new requests.' });
    } else if (deployment.status === 'blocked') {
      passedOver.push({ deploymentId: deployment.id, reason: 'blocked', message: 'It is blocked: its model file is not the one that was registered.' });
    } else if (health.get(deployment.id) === 'unhealthy') {
      passedOver.push({ deploymentId: deployment.id, reason: 'unhealthy', message: 'It failed repeatedly and is resting before the next trial call.' });
    } else (deployment.weight > 0 ? left : lastResorts).push(deployment);
  }

  const candidates: D[] = [];
  let draw = random;
  while (left.length > 0) {
    const total = left.reduce((sum, deployment) => sum + deployment.weight, 0);
    let position = draw * total;
    let picked = left.length - 1;
    for (const [index, deployment] of left.entries()) {
      if (position < deployment.weight) {
        picked = index;
        break;
      }
      position -= deployment.weight;
    }
    const [deployment] = left.splice(picked, 1) as [D];
    candidates.push(deployment);
    // Where the draw fell inside the picked share is again evenly spread over [0, 1): one number serves every place.
    draw = Math.min(Math.max(position / deployment.weight, 0), 1 - Number.EPSILON);
  }
  return { candidates: [...candidates, ...lastResorts], passedOver };
}
