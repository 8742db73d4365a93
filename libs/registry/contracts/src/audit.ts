import { AuditId, Instant, KeyId, ProjectId } from '@weighbridge/shared-domain';
import { z } from 'zod';

/**
 * One link of the audit log. `hash` is SHA-256 over the canonical JSON of everything else in it, `previousHash` included. `sequence` and
 * `previousHash` are null for a key of a project: the chain runs through all projects, and its gaps would tell what the others do.
 */
export const AuditEntry = z.object({
  id: AuditId,
  sequence: z.int().nullable(),
  at: Instant,
  actorKeyId: KeyId.nullable(),
  projectId: ProjectId.nullable(),
  action: z.string(),
  subject: z.string(),
  details: z.record(z.string(), z.unknown()),
  previousHash: z.string().nullable(),
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditVerification = z.object({ entries: z.int(), intact: z.boolean(), firstBrokenSequence: z.int().nullable(), headHash: z.string() });
