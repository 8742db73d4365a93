import type { NewPolicyRevision, Policy } from '@weighbridge/registry-contracts';
import type { PolicyRecord } from '@weighbridge/registry-data';
import { policySchema } from '@weighbridge/registry-domain';
import { requirePlatform } from '@weighbridge/shared-adapters/auth';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { readPolicy } from '@weighbridge/shared-adapters/policy';
import { sha256Hex } from '@weighbridge/shared-adapters/secrets';
import { AppError } from '@weighbridge/shared-domain';
import type { z } from 'zod';
import { policyView } from '../api-views.ts';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps } from '../change-registry.ts';
import { policyNotFound } from '../refusals.ts';

type Revision = z.output<typeof NewPolicyRevision> & { readonly name: string; readonly caller: Caller };

/** Each request is asked about all that are enabled. */
const mostEnabled = 50;

/** The next revision of a policy, its first one too. Disabling is a revision like any other. Throws `request.invalid` with line and column, `resource.not_found`, `resource.conflict`. */
export async function putPolicy(deps: ChangeDeps, { caller, name, text, description, enabled, expectedRevision }: Revision): Promise<Policy> {
  requirePlatform(caller);
  requireReadable(text, '/body/text');
  return changeRegistry(deps, caller, async (change, audit) => {
    const policies = await change.policies.listPolicies();
    const newest = policies.find((policy) => policy.name === name);
    if (newest === undefined && expectedRevision > 0) throw policyNotFound(name);
    refuseOutdated(name, newest?.revision ?? 0, expectedRevision);
    if (enabled && policies.filter((policy) => policy.enabled && policy.name !== name).length >= mostEnabled) {
      throw new AppError('resource.wrong_state', `${mostEnabled} policies are enabled`, { detail: `There may be ${mostEnabled} policies enabled at a time. Join some of them, or disable one.` });
    }
    const revision: PolicyRecord = { name, revision: expectedRevision + 1, text, description: description ?? null, enabled, changedBy: caller.keyId, changedAt: deps.now() };
    await change.policies.addPolicyRevision(revision);
    await audit({ action: newest === undefined ? 'policy.added' : 'policy.revised', subject: name, projectId: null, details: { revision: revision.revision, enabled, textSha256: sha256Hex(text) } });
    return policyView(revision);
  });
}

function refuseOutdated(name: string, newest: number, expected: number): void {
  if (newest === expected) return;
  throw new AppError('resource.conflict', `policy ${name} is at revision ${newest}, not ${expected}`, {
    detail: `The newest revision of the policy "${name}" is ${newest}, and not ${expected}. Read it, and send the change again on top of it.`,
    extensions: { revision: newest },
  });
}

export function requireReadable(text: string, pointer: string): void {
  const { faults } = readPolicy(text, policySchema);
  if (faults.length === 0) return;
  const named = faults.map(({ line, column, message }) => ({ pointer, message: `line ${line}, column ${column}: ${message}` }));
  throw new AppError('request.invalid', 'a policy that cannot be read', { faults: named, detail: `Not valid: ${pointer.slice(1).replaceAll('/', '.')}: ${named.map(({ message }) => message).join('; ')}.` });
}
