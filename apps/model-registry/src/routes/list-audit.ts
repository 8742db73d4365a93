import type { registryEndpoints } from '@weighbridge/registry-contracts';
import { projectFilter } from '@weighbridge/shared-adapters/auth';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { toPage } from '@weighbridge/shared-contracts';
import type { QueryOf } from '@weighbridge/shared-contracts';
import type { ProjectId } from '@weighbridge/shared-domain';
import { auditView } from '../api-views.ts';
import type { RegistryDeps } from '../deps.ts';
import { pageRequest } from '../page-request.ts';

export const listAuditRoute =
  (deps: Pick<RegistryDeps, 'registry'>): Handler<typeof registryEndpoints.listAudit> =>
  async ({ query, caller }) => {
    const page = toPage(await deps.registry.audit.listAudit(auditFilter(query, projectFilter(caller, query.project)), pageRequest(query)), query.limit, ({ id }) => id);
    return { ...page, data: page.data.map((entry) => auditView(entry, caller)) };
  };

const auditFilter = ({ action, subject, actor, from, to }: QueryOf<typeof registryEndpoints.listAudit>, projectId: ProjectId | null) => ({
  projectId,
  action,
  subject,
  actor,
  from: from === undefined ? undefined : new Date(from),
  to: to === undefined ? undefined : new Date(to),
});
