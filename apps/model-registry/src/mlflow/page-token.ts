import { sha256Hex } from '@weighbridge/shared-adapters/secrets';
import { canonicalJson } from '@weighbridge/shared-domain';
import { invalidParameter } from './refusals.ts';

/** Says where the next page begins, and of which search: a token of another one is refused rather than answered with anything. */
const tokenOf = (offset: number, asked: unknown): string => Buffer.from(`${offset} ${digestOf(asked)}`).toString('base64url');
const digestOf = (asked: unknown): string => sha256Hex(canonicalJson(JSON.parse(JSON.stringify(asked)))).slice(0, 16);

export function offsetOf(token: string | undefined, asked: unknown): number {
  if (token === undefined || token === '') return 0;
  const [, offset, digest] = /^(\d{1,9}) ([0-9a-f]{16})$/.exec(Buffer.from(token, 'base64url').toString('latin1')) ?? [];
  if (offset === undefined || digest !== digestOf(asked)) throw invalidParameter('page_token', 'is of no search like this one: give the filter and order of the page before');
  return Number(offset);
}

/** Cuts what was read with one more than the limit, and gives the token of what follows. */
export function pageOf<T>(found: readonly T[], limit: number, offset: number, asked: unknown): { readonly rows: readonly T[]; readonly next: string | undefined } {
  return { rows: found.slice(0, limit), next: found.length > limit ? tokenOf(offset + limit, asked) : undefined };
}
