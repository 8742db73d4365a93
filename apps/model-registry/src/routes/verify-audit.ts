import type { registryEndpoints } from '@weighbridge/registry-contracts';
import { requirePlatform } from '@weighbridge/shared-adapters/auth';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { RegistryDeps } from '../deps.ts';

export const verifyAuditRoute =
  (deps: Pick<RegistryDeps, 'registry'>): Handler<typeof registryEndpoints.verifyAudit> =>
  ({ query, caller }) => {
    requirePlatform(caller);
    if (query.head === undefined) return deps.registry.audit.verifyAudit();
    const [sequence = '', hash = ''] = query.head.split(':');
    return deps.registry.audit.verifyAudit({ sequence: Number(sequence), hash });
  };
