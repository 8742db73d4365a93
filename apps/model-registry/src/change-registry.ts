import type { RegistryChange, Repositories } from '@weighbridge/registry-data';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { newId } from '@weighbridge/shared-adapters/ids';
import type { ProjectId } from '@weighbridge/shared-domain';
import type { RegistryDeps } from './deps.ts';

export type ChangeDeps = Pick<RegistryDeps, 'registry' | 'announce' | 'now'>;

/** What was done, for the audit log. No secret and no free text longer than a name belongs in it. */
export interface Act {
  /** `noun.verb`, past tense: `version.registered`. */
  readonly action: string;
  /** Id or reference of what it was done to. */
  readonly subject: string;
  /** Whose it is; absent: the project of the key that did it. */
  readonly projectId?: ProjectId | null;
  readonly details?: Readonly<Record<string, unknown>>;
}

export type WriteAudit = (act: Act) => Promise<void>;

/** The one way to write: work and its audit entries in one transaction; the others hear of the new revision once it is committed. */
export async function changeRegistry<T>({ registry, announce, now }: ChangeDeps, caller: Pick<Caller, 'keyId' | 'projectId'>, work: (change: Repositories, audit: WriteAudit) => Promise<T>): Promise<T> {
  const { value, revision } = await registry.change(({ record, ...change }: RegistryChange) =>
    work(change, ({ action, subject, projectId = caller.projectId, details = {} }) =>
      record({ id: newId('audit'), at: now(), actorKeyId: caller.keyId, projectId, action, subject, details: { ...details } }),
    ),
  );
  if (revision !== null) announce(revision);
  return value;
}
