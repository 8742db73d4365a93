import { setImmediate } from 'node:timers/promises';
import { Version } from '@cyclonedx/cyclonedx-library/Spec';
import { JsonValidator } from '@cyclonedx/cyclonedx-library/Validation';
import { AppError } from '@weighbridge/shared-domain';

const validator = new JsonValidator(Version.v1dot7);

/** Lists whose items the schema wants to be different, those inside components too: comparing each with each of ten thousand takes minutes. */
const longLists = ['components', 'dependencies', 'services'] as const;
/** Items of one part; what is inside them counts. */
const partLength = 200;
/** Items inside one component of a part: a version of a thousand files is checked as ten of a hundred. */
const insideLength = 100;

type Item = Readonly<Record<string, unknown>> & { readonly components?: readonly Item[] };

interface Bom extends Readonly<Record<string, unknown>> {
  readonly metadata?: { readonly component?: Item };
  readonly components?: readonly Item[];
  readonly dependencies?: readonly Item[];
  readonly services?: readonly Item[];
}

/**
 * The document as JSON, once the official JSON schema of CycloneDX 1.7 has found nothing; anything else is our fault, and is not given out. A long one is
 * checked in parts, each a document with the same head and some of the items, so that the time grows with its length and others get their turn; that no
 * two items are the same is then seen by their references.
 */
export async function validCycloneDx(bom: Readonly<Record<string, unknown>>): Promise<string> {
  const text = `${JSON.stringify(bom, null, 2)}\n`;
  const document = JSON.parse(text) as Bom;
  refuseRepetition(document);
  const parts = partsOf(document);
  for (const part of parts) {
    const faults = await validator.validate(parts.length === 1 ? text : JSON.stringify(part));
    if (faults !== null) throw invalid(JSON.stringify(faults));
    if (parts.length > 1) await setImmediate();
  }
  return text;
}

function partsOf(document: Bom): readonly Bom[] {
  const main = document.metadata?.component;
  const mains = main === undefined ? [] : slicesOf(main);
  const lists = longLists.flatMap((list) => (document[list] === undefined ? [] : [[list, gathered(document[list].flatMap(slicesOf))] as const]));
  const count = Math.max(1, mains.length, ...lists.map(([, some]) => some.length));
  if (count === 1) return [document];
  return Array.from({ length: count }, (_, part) => ({
    ...document,
    ...(main !== undefined && { metadata: { ...document.metadata, component: mains[part] ?? withInside(main, 0, 1) } }),
    ...Object.fromEntries(lists.map(([list, some]) => [list, some[part] ?? []])),
  }));
}

/** A component with much inside, as several with some of it each. */
function slicesOf(item: Item): Item[] {
  const length = item.components?.length ?? 0;
  return length <= insideLength ? [item] : Array.from({ length: Math.ceil(length / insideLength) }, (_, slice) => withInside(item, slice * insideLength, (slice + 1) * insideLength));
}

const withInside = (item: Item, from: number, to: number): Item => (item.components === undefined ? item : { ...item, components: item.components.slice(from, to) });

function gathered(items: readonly Item[]): Item[][] {
  const parts: Item[][] = [];
  let weight = partLength;
  for (const item of items) {
    if (weight >= partLength) {
      parts.push([]);
      weight = 0;
    }
    parts.at(-1)?.push(item);
    weight += 1 + (item.components?.length ?? 0);
  }
  return parts;
}

function refuseRepetition({ metadata, components = [], services = [], dependencies = [] }: Bom): void {
  const inside = [metadata?.component, ...components].flatMap((component) => (component?.components === undefined ? [] : [[component.components, 'bom-ref'] as const]));
  for (const [list, key] of [[components, 'bom-ref'], [services, 'bom-ref'], [dependencies, 'ref'], ...inside] as const) {
    const refs = list.map((item) => item[key]);
    if (new Set(refs).size !== refs.length) throw invalid(`two items have the same ${key}`);
  }
}

const invalid = (faults: string): AppError => new AppError('service.internal', `a bill of materials is not valid CycloneDX: ${faults.slice(0, 2_000)}`);
