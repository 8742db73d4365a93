import type { Registry } from '@weighbridge/registry-data';
import type { EvaluatePolicies, PolicySource } from '@weighbridge/registry-domain';
import { createPolicyEngine } from '@weighbridge/shared-adapters/policy';

export interface PoliciesInForce {
  /** The enabled ones, by name. */
  readonly policies: readonly PolicySource[];
  readonly evaluate: EvaluatePolicies;
}

/** Where the stories of this service get the organisation's policies. */
export interface PolicyDesk {
  /** As of the newest revision of the registry. The same object while no policy changes. */
  readonly inForce: () => Promise<PoliciesInForce>;
}

export const policiesOf = (policies: readonly PolicySource[]): PoliciesInForce => ({ policies, evaluate: createPolicyEngine({ policies }).evaluate });

/** Read anew only when the registry has changed, and compiled anew only when a policy has. */
export function createPolicyDesk(registry: Pick<Registry, 'revision' | 'policies'>): PolicyDesk {
  let kept: { readonly revision: number; readonly edition: string; readonly inForce: PoliciesInForce } = { revision: -1, edition: '', inForce: policiesOf([]) };
  return {
    inForce: async () => {
      const revision = await registry.revision();
      if (revision === kept.revision) return kept.inForce;
      const enabled = (await registry.policies.listPolicies()).filter((policy) => policy.enabled);
      const edition = enabled.map((policy) => `${policy.name} ${policy.revision}`).join('\n');
      kept = { revision, edition, inForce: edition === kept.edition ? kept.inForce : policiesOf(enabled) };
      return kept.inForce;
    },
  };
}
