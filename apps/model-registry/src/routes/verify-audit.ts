import type { registryEndpoints } from '@weighbridge/registry-contracts';
import { requirePlatform } from '@weighbridge/shared-adapters/auth';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { RegistryDeps } from '../deps.ts';

export const verifyAuditRoute =
  (deps: Pick<RegistryDeps, 'registry'>): Handler<typeof registryEndpoints.verifyAudit> =>
  ({ caller }) => {
    requirePlatform(caller);
    return deps.registry.audit.verifyAudit();
  };
