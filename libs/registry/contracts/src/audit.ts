import { AuditId, Instant, KeyId, ProjectId } from '@weighbridge/shared-domain';
import { z } from 'zod';

/** One link of the audit log. `hash` is SHA-256 over the canonical JSON of everything else in it, `previousHash` included. */
export const AuditEntry = z.object({
  id: AuditId,
  sequence: z.int(),
  at: Instant,
  actorKeyId: KeyId.nullable(),
  projectId: ProjectId.nullable(),
  action: z.string(),
  subject: z.string(),
  details: z.record(z.string(), z.unknown()),
  previousHash: z.string(),
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditVerification = z.object({ entries: z.int(), intact: z.boolean(), firstBrokenSequence: z.int().nullable(), headHash: z.string() });
