import { License, LicenseInput } from '@weighbridge/registry-domain';
import type { LicenseLimit } from '@weighbridge/registry-domain';

/** What a text in the editor comes to: an entry, or what is wrong with it. */
export type LicenseDraft = { readonly license: License; readonly faults: null } | { readonly license: null; readonly faults: readonly string[] };

const mostFaults = 20;

/** Reads the text as the registry will: the same schema, each fault with its field. */
export function readDraft(text: string): LicenseDraft {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { license: null, faults: [`Not JSON: ${(error as Error).message}`] };
  }
  const read = LicenseInput.safeParse(value);
  if (read.success) return { license: read.data as License, faults: null };
  return { license: null, faults: read.error.issues.slice(0, mostFaults).map(({ path, message }) => `${path.length === 0 ? 'The entry' : path.join('.')}: ${message}`) };
}

/** An entry as it is edited: without what it has by default, so that the text stays short. */
export const draftText = (license: License): string => JSON.stringify(License.parse(license), null, 2);

/** What a contract can settle of a limit: that it is gone, or begins elsewhere. */
export interface LimitChange {
  readonly name: string;
  readonly lifted?: boolean;
  readonly threshold?: number;
}

/** The text with one limit lifted or moved; as it was where the text is no entry. */
export function changeLimit(text: string, { name, lifted, threshold }: LimitChange): string {
  const { license } = readDraft(text);
  if (license === null) return text;
  const limits = license.limits.flatMap((limit): LicenseLimit[] => (limit.name !== name ? [limit] : lifted === true ? [] : [{ ...limit, ...(threshold === undefined ? {} : { threshold }) }]));
  return draftText({ ...license, limits });
}
