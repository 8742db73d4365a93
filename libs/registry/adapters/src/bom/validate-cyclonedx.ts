import { setImmediate } from 'node:timers/promises';
import { Version } from '@cyclonedx/cyclonedx-library/Spec';
import { JsonValidator } from '@cyclonedx/cyclonedx-library/Validation';
import { AppError } from '@weighbridge/shared-domain';

const validator = new JsonValidator(Version.v1dot7);

/** Lists whose items the schema wants to be different: comparing each with each of ten thousand takes minutes. */
const longLists = ['components', 'dependencies', 'services'] as const;
const partLength = 200;

interface Bom extends Readonly<Record<string, unknown>> {
  readonly components?: readonly { readonly 'bom-ref'?: string }[];
  readonly dependencies?: readonly { readonly ref?: string }[];
  readonly services?: readonly { readonly 'bom-ref'?: string }[];
}

/**
 * The document as JSON, once the official JSON schema of CycloneDX 1.7 has found nothing; anything else is our fault, and is not given out. A long one is
 * checked in parts, each a document with the same head and some of the items, so that the time grows with its length; that no two items are the same
 * is then seen by their references.
 */
export async function validCycloneDx(bom: Readonly<Record<string, unknown>>): Promise<string> {
  const text = `${JSON.stringify(bom, null, 2)}\n`;
  const document = JSON.parse(text) as Bom;
  refuseRepetition(document);
  const parts = Math.max(1, ...longLists.map((list) => Math.ceil((lengthOf(document[list]) ?? 0) / partLength)));
  for (let part = 0; part < parts; part += 1) {
    const some = parts === 1 ? {} : Object.fromEntries(longLists.flatMap((list) => (lengthOf(document[list]) === undefined ? [] : [[list, (document[list] ?? []).slice(part * partLength, (part + 1) * partLength)]])));
    const faults = await validator.validate(parts === 1 ? text : JSON.stringify({ ...document, ...some }));
    if (faults !== null) throw invalid(JSON.stringify(faults));
    if (part + 1 < parts) await setImmediate();
  }
  return text;
}

const lengthOf = (list: unknown): number | undefined => (Array.isArray(list) ? list.length : undefined);

function refuseRepetition({ components, dependencies, services }: Bom): void {
  const lists = [[components, 'bom-ref'], [services, 'bom-ref'], [dependencies, 'ref']] as const;
  for (const [list, key] of lists) {
    if (lengthOf(list) === undefined) continue;
    const refs = (list as readonly Readonly<Record<string, unknown>>[]).map((item) => item[key]);
    if (new Set(refs).size !== refs.length) throw invalid(`two items have the same ${key}`);
  }
}

const invalid = (faults: string): AppError => new AppError('service.internal', `a bill of materials is not valid CycloneDX: ${faults.slice(0, 2_000)}`);
