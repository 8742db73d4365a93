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

/**
 * A head that somebody wrote down outside of the database, `<sequence>:<hash>`: the log must still lead through it. Without one, whoever owns the
 * database could write a whole new chain.
 */
export const AuditHead = z.string().regex(/^[1-9]\d{0,14}:[0-9a-f]{64}$/, 'must be "<sequence>:<hash>", as a verification gave them');

export const AuditVerification = z.object({ entries: z.int(), intact: z.boolean(), firstBrokenSequence: z.int().nullable(), headHash: z.string() });
