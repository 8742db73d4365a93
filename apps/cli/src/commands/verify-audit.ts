import { findRunning } from '../embedded/data-directory.ts';
import { Failure } from '../failure.ts';
import type { CliSettings } from '../settings.ts';
import { createClients } from '../tour/clients.ts';
import { say } from './start.ts';

/**
 * Has the registry recompute the hash chain of its audit log, through a head that was written down elsewhere if there is one. Exit code 0: intact; 1: broken, and where.
 */
export async function verifyAudit(settings: CliSettings, { url, head }: { readonly url?: string; readonly head?: string }): Promise<number> {
  const running = url === undefined ? findRunning(settings.dataDirectory) : null;
  const origin = url ?? running?.origin;
  if (origin === undefined) throw new Failure('no platform runs on this data directory: start one, or name one with --url.');
  const adminKey = settings.adminKey ?? running?.adminKey;
  if (adminKey === undefined) throw new Failure('the audit log is the administrator’s to check: set WEIGHBRIDGE_ADMIN_KEY.');
  const { entries, intact, firstBrokenSequence, headHash } = await createClients(origin.replace(/\/+$/, ''), adminKey).registry.verifyAudit({ query: { ...(head !== undefined && { head }) } });
  say(intact ? `intact: ${entries} entries, head ${headHash}; write down ${entries}:${headHash} to check by it (--head)` : `BROKEN at entry ${firstBrokenSequence}: it, or what came before it, was changed after it was written`);
  return intact ? 0 : 1;
}
