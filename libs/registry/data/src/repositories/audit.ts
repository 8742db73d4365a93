import { createHash } from 'node:crypto';
import { canonicalJson } from '@weighbridge/shared-domain';
import type { KeyId, ProjectId } from '@weighbridge/shared-domain';
import type { AuditEntry } from '../generated/client.ts';
import { AuditRecord } from '../records.ts';
import type { NewAuditRecord, PageRequest } from '../records.ts';
import { json } from './session.ts';
import type { Session } from './session.ts';

export interface AuditRepository {
  /** Newest first; project null: of everything. The cursor is the id of an entry in the list; nothing follows any other. Gives one more than the limit if there are more. */
  readonly listAudit: (filter: AuditFilter, page: PageRequest) => Promise<AuditRecord[]>;
  /** Recomputes the chain up to the head as it is now, in batches. `known`: a place that it must lead through, whatever the head says. */
  readonly verifyAudit: (known?: { readonly sequence: number; readonly hash: string }) => Promise<AuditVerdict>;
}

export interface AuditFilter {
  readonly projectId: ProjectId | null;
  /** All of it, or `noun.*`. */
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
  readonly actor?: KeyId | undefined;
  /** Inclusive. */
  readonly from?: Date | undefined;
  /** Exclusive. */
  readonly to?: Date | undefined;
}

export interface AuditVerdict {
  /** That the head of the log counts. */
  readonly entries: number;
  readonly intact: boolean;
  /** The first place where an entry is missing, was changed, does not follow from the one before, or is not the one that was known. */
  readonly firstBrokenSequence: number | null;
  readonly headHash: string;
}

const verifyBatch = 1_000;
const firstPreviousHash = '0'.repeat(64);

/** SHA-256 over the canonical JSON of everything else in the entry, `previousHash` included; instants as ISO strings. */
const auditHash = (entry: Omit<AuditRecord, 'hash'>): string => createHash('sha256').update(canonicalJson(entry)).digest('hex');

const fromRow = (row: AuditEntry): AuditRecord => AuditRecord.parse({ ...row, sequence: Number(row.sequence) });

/** Appends at the head of the chain. Only one transaction at a time may do so: see `change` in open-registry.ts. */
export async function appendAudit(session: Session, entry: NewAuditRecord): Promise<void> {
  const head = await session.registryState.findUniqueOrThrow({ where: { id: 1 } });
  const { sequence, ...linked } = linkAudit(entry, { sequence: Number(head.auditSequence), hash: head.auditHash });
  await session.auditEntry.create({ data: { ...linked, sequence: BigInt(sequence), details: json(linked.details) } });
  await session.registryState.update({ where: { id: 1 }, data: { auditSequence: BigInt(sequence), auditHash: linked.hash } });
}

function linkAudit({ id, at, actorKeyId, projectId, action, subject, details }: NewAuditRecord, head: { sequence: number; hash: string }): AuditRecord {
  const linked = { sequence: head.sequence + 1, id, at, actorKeyId, projectId, action, subject, details, previousHash: head.hash };
  return { ...linked, hash: auditHash(linked) };
}

const auditConditions = ({ action, subject, actor, from, to }: Omit<AuditFilter, 'projectId'>) => ({
  ...(action !== undefined && { action: action.endsWith('.*') ? { startsWith: action.slice(0, -1) } : action }),
  ...(subject !== undefined && { subject }),
  ...(actor !== undefined && { actorKeyId: actor }),
  ...((from !== undefined || to !== undefined) && { at: { ...(from !== undefined && { gte: from }), ...(to !== undefined && { lt: to }) } }),
});

export const createAuditRepository = (session: Session): AuditRepository => ({
  listAudit: async ({ projectId, ...filter }, { limit, after }) => {
    const ofProject = projectId === null ? {} : { projectId };
    const last = after === undefined ? undefined : await session.auditEntry.findFirst({ where: { id: after, ...ofProject }, select: { sequence: true } });
    if (last === null) return [];
    const rows = await session.auditEntry.findMany({
      where: { ...ofProject, ...auditConditions(filter), ...(last !== undefined && { sequence: { lt: last.sequence } }) },
      orderBy: { sequence: 'desc' },
      take: limit + 1,
    });
    return rows.map(fromRow);
  },

  verifyAudit: async (known) => {
    const head = await session.registryState.findUniqueOrThrow({ where: { id: 1 } });
    const entries = Number(head.auditSequence);
    const broken = (firstBrokenSequence: number): AuditVerdict => ({ entries, intact: false, firstBrokenSequence, headHash: head.auditHash });
    let previousHash = firstPreviousHash;
    let sequence = 0;
    while (sequence < entries) {
      const rows = await session.auditEntry.findMany({ where: { sequence: { gt: sequence, lte: entries } }, orderBy: { sequence: 'asc' }, take: verifyBatch });
      if (rows.length === 0) return broken(sequence + 1);
      for (const row of rows) {
        sequence += 1;
        const entry = AuditRecord.safeParse({ ...row, sequence: Number(row.sequence) });
        if (!entry.success) return broken(sequence);
        const { hash, ...rest } = entry.data;
        if (rest.sequence !== sequence || rest.previousHash !== previousHash || auditHash(rest) !== hash) return broken(sequence);
        if (sequence === known?.sequence && hash !== known.hash) return broken(sequence);
        previousHash = hash;
      }
    }
    if (known !== undefined && known.sequence > entries) return broken(entries + 1);
    return previousHash === head.auditHash ? { entries, intact: true, firstBrokenSequence: null, headHash: head.auditHash } : broken(entries);
  },
});
