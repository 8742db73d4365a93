import { defineEndpoints, pageOf, pageQuery } from '@weighbridge/shared-contracts';
import { Instant, KeyId, ProjectId } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { AuditEntry, AuditHead, AuditVerification } from './audit.ts';
import { RegistrySnapshot } from './snapshot.ts';

const projectQuery = { project: ProjectId.optional() };

const auditFilter = {
  /** `alias.moved`, or all of a noun: `alias.*`. */
  action: z.string().regex(/^[a-z_]+\.(?:[a-z_]+|\*)$/, 'must be like "alias.moved" or "alias.*"').optional(),
  subject: z.string().min(1).max(300).optional(),
  actor: KeyId.optional(),
  /** From this instant on, it included. */
  from: Instant.optional(),
  /** Before this instant. */
  to: Instant.optional(),
};

export const auditEndpoints = defineEndpoints({
  listAudit: { method: 'get', path: '/v1/audit', role: 'admin', summary: 'The audit log, newest first', query: z.object({ ...pageQuery, ...projectQuery, ...auditFilter }), response: pageOf(AuditEntry) },
  verifyAudit: { method: 'get', path: '/v1/audit/verification', role: 'admin', summary: 'Recomputes the hash chain of the audit log (platform administrators only)', query: z.object({ head: AuditHead.optional() }), response: AuditVerification },

  getSnapshot: { method: 'get', path: '/v1/snapshot', role: 'service', summary: 'Everything that admission needs, for the services', response: RegistrySnapshot },
});
