import type { Policy, PolicyCheck, PolicyHistory } from '@weighbridge/registry-contracts';
import { policySchema } from '@weighbridge/registry-domain';
import { readPolicy } from '@weighbridge/shared-adapters/policy';
import { policyView } from '../api-views.ts';
import type { RegistryDeps } from '../deps.ts';
import { policyNotFound } from '../refusals.ts';

type ReadDeps = Pick<RegistryDeps, 'registry'>;

export const listPolicies = async ({ registry }: ReadDeps): Promise<{ data: Policy[] }> => ({ data: (await registry.policies.listPolicies()).map(policyView) });

export async function describePolicy({ registry }: ReadDeps, name: string): Promise<PolicyHistory> {
  const revisions = (await registry.policies.listPolicyRevisions(name)).map(policyView);
  const [newest] = revisions;
  if (newest === undefined) throw policyNotFound(name);
  return { ...newest, revisions };
}

export function checkPolicy(text: string): PolicyCheck {
  const { faults, warnings, statements } = readPolicy(text, policySchema);
  return { valid: faults.length === 0, faults: [...faults], warnings: [...warnings], statements: statements.map(({ statement, effect, message }) => ({ statement, effect, message })) };
}
