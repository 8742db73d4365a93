import { setImmediate } from 'node:timers/promises';
import type { PendingVersion, Registry, TermsRecord } from '@weighbridge/registry-data';
import { decisionRulesVersion, licenseProperties, lineageTermsKey, lineageTermsVersion, nobodyCounted, prepareDecision } from '@weighbridge/registry-domain';
import type { CountedUsers, DecisionOutcome, FindVersion, LicenseBook, LicenseProperty, LineageVersion, UseCaseFacts } from '@weighbridge/registry-domain';
import { sha256Hex } from '@weighbridge/shared-adapters/secrets';
import { canonicalJson } from '@weighbridge/shared-domain';
import type { LicenseShelf } from './license-shelf.ts';

/**
 * Answers questions about the licences of all versions at once. Versions with the same terms are decided alike, so a question is decided once for each terms
 * (some thousand for a hundred thousand versions) and the database is asked for the versions that have them.
 */
export interface TermsDesk {
  /**
   * As of the newest revision of the registry. First reads the lineages that were registered or changed since, and all that a changed licence reaches: for so many
   * milliseconds, which is long enough for anything but the first start on a large registry.
   */
  readonly read: (patienceMs?: number) => Promise<TermsView>;
  /** Writes the index of what was registered before there was one: once, before anything is answered from it. */
  readonly index: () => Promise<void>;
  /** Goes on with what is left in the background; does not wait, and does not fail. */
  readonly keepUp: () => void;
  readonly close: () => Promise<void>;
}

/** Answers by id of the terms. */
export interface TermsView {
  /** Versions whose lineage is still to be read. They have no terms yet. */
  readonly pending: number;
  readonly licenses: LicenseBook;
  /** By the rules of the licences alone: what organisation policies say depends on where a version runs. */
  readonly outcomes: (useCase: UseCaseFacts) => ReadonlyMap<number, DecisionOutcome>;
  readonly properties: () => ReadonlyMap<number, ReadonlySet<LicenseProperty>>;
}

export interface TermsDeskOptions {
  readonly registry: Registry;
  readonly licenses: LicenseShelf;
  readonly counted?: () => CountedUsers | Promise<CountedUsers>;
  /** Told when the background work fails; it goes on with the next change or question. */
  readonly onError?: (error: unknown) => void;
}

const usualPatienceMs = 2_000;
const readAtATime = 1_000;
const indexedAtATime = 2_000;
const rememberedUses = 200;
const longestTurnMs = 20;
/** Stands for the key of lineages with too many ways. They are decided on one by one, and no question about licences finds them. */
const unreadable = 'too many ways';

export function createTermsDesk({ registry, licenses: shelf, counted: countUsers = () => nobodyCounted, onError = () => {} }: TermsDeskOptions): TermsDesk {
  const known = new Map<number, DecidableTerms>();
  const outcomes = createMemory<UseCaseFacts, DecisionOutcome>(rememberedUses);
  const properties = createMemory<'properties', ReadonlySet<LicenseProperty>>(1);
  /** What this process has made sure of: the index is whole, and the terms are read by the entries of this book. */
  const settled: Settled = { indexed: false, book: undefined };
  let newest: { readonly revision: number; readonly view: TermsView } | undefined;
  let reading: Promise<TermsView> | undefined;
  let keepingUp: Promise<void> | undefined;
  let closed = false;

  const readAnew = async (revision: number, patienceMs: number): Promise<TermsView> => {
    const [licenses, counted] = [await shelf.book(), await countUsers()];
    const pending = await catchUp(registry, licenses, settled, performance.now() + patienceMs);
    await refresh(registry, known);
    const view: TermsView = {
      pending,
      licenses,
      outcomes: (useCase) => outcomes(useCase, [licenses, counted], known, ({ root, find }) => prepareDecision({ root, find, licenses, counted })(useCase).decision),
      properties: () => properties('properties', [licenses], known, ({ root, find }) => new Set(licenseProperties(root, find, licenses))),
    };
    if (pending === 0) newest = { revision, view };
    return view;
  };
  const read = async (patienceMs = usualPatienceMs): Promise<TermsView> => {
    const revision = await registry.revision();
    if (newest?.revision === revision) return newest.view;
    reading ??= readAnew(revision, patienceMs).finally(() => (reading = undefined));
    return reading;
  };
  const readToTheEnd = async () => {
    while (!closed && (await read()).pending > 0);
  };

  return {
    read,
    index: async () => {
      while (!(await indexedWhole(registry)));
      settled.indexed = true;
    },
    keepUp: () => void (keepingUp ??= readToTheEnd().catch(onError).finally(() => (keepingUp = undefined))),
    close: async () => {
      closed = true;
      await keepingUp;
    },
  };
}

interface DecidableTerms {
  readonly root: LineageVersion;
  readonly find: FindVersion;
}

/** Terms never change while they are there, so each is read from the database once. */
async function refresh(registry: Registry, known: Map<number, DecidableTerms>): Promise<void> {
  const ids = new Set(await registry.terms.listTermsIds());
  for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
  for (const record of await registry.terms.listTerms([...ids].filter((id) => !known.has(id)))) {
    const decidable = decidableFrom(record);
    if (decidable !== undefined) known.set(record.id, decidable);
  }
}

function decidableFrom({ lineage }: TermsRecord): DecidableTerms | undefined {
  const [root] = lineage;
  if (root === undefined) return undefined;
  const byRef = new Map<string, LineageVersion>(lineage.map((version) => [version.ref, version as LineageVersion]));
  return { root: root as LineageVersion, find: (ref) => byRef.get(ref) };
}

/** Answers by question, for as long as what they were made from stays the same; terms that are new are answered when somebody asks again. */
function createMemory<Q, A>(most: number) {
  const kept = new Map<string, { readonly from: readonly unknown[]; readonly answers: Map<number, A> }>();
  return (question: Q, from: readonly unknown[], terms: ReadonlyMap<number, DecidableTerms>, answer: (terms: DecidableTerms) => A): ReadonlyMap<number, A> => {
    const key = canonicalJson(question);
    let entry = kept.get(key);
    if (entry === undefined || entry.from.some((part, index) => part !== from[index])) {
      if (entry === undefined && kept.size >= most) kept.clear();
      kept.set(key, (entry = { from, answers: new Map() }));
    }
    for (const [id, each] of terms) if (!entry.answers.has(id)) entry.answers.set(id, answer(each));
    return entry.answers;
  };
}

interface Settled {
  indexed: boolean;
  book: LicenseBook | undefined;
}

/** Writes a part of the index, all of it or nothing: half an entry would never be found again. True: there was nothing more to write. */
async function indexedWhole(registry: Registry): Promise<boolean> {
  const { value } = await registry.change(({ search }) => search.indexSome(indexedAtATime));
  return value < indexedAtATime;
}

async function catchUp(registry: Registry, book: LicenseBook, settled: Settled, until: number): Promise<number> {
  while (!settled.indexed && performance.now() < until) settled.indexed = await indexedWhole(registry);
  if (settled.book !== book) await changeBasis(registry, book);
  settled.book = book;
  do {
    const pending = await registry.terms.listPending(readAtATime);
    if (pending.length === 0) return 0;
    await readPending(registry, book, pending, until);
  } while (performance.now() < until);
  return registry.terms.countPending();
}

/** Lets others have their turn between lineages: one of ten thousand versions takes some milliseconds. */
async function readPending(registry: Registry, book: LicenseBook, pending: readonly PendingVersion[], until: number): Promise<void> {
  const lineage = new Map<string, LineageVersion>((await registry.lineage.listAncestors(pending.map(({ id }) => id))).map((version) => [version.ref, version]));
  const find: FindVersion = (ref) => lineage.get(ref);
  const terms = new Map<string, TermsRecord['lineage']>();
  const read: { readonly node: number; readonly generation: number; readonly key: string }[] = [];
  let turnEnds = performance.now() + longestTurnMs;
  for (const { node, generation, ref } of pending) {
    const root = lineage.get(ref);
    if (root === undefined) continue;
    const own = lineageTermsKey(root, find, book);
    const digest = sha256Hex(own?.key ?? unreadable);
    if (!terms.has(digest)) terms.set(digest, own?.sample.map(plain) ?? []);
    read.push({ node, generation, key: digest });
    if (performance.now() < turnEnds) continue;
    if (performance.now() > until) break;
    await setImmediate();
    turnEnds = performance.now() + longestTurnMs;
  }
  const ids = await registry.terms.keepTerms([...terms].map(([key, each]) => ({ key, lineage: each })));
  await registry.terms.assignTerms(
    read.flatMap(({ node, generation, key }) => {
      const termsId = ids.get(key);
      return termsId === undefined ? [] : [{ node, generation, termsId }];
    }),
  );
}

/** Nothing but what the rules read. */
const plain = ({ ref, publisher, license, releasedOn, multimodal, publisherVerified, conflictingLicenses, baseModels }: LineageVersion): TermsRecord['lineage'][number] => ({
  ref,
  publisher,
  license,
  releasedOn,
  multimodal,
  publisherVerified,
  conflictingLicenses: conflictingLicenses === undefined ? undefined : [...conflictingLicenses],
  baseModels: [...baseModels],
});

const digests = new WeakMap<LicenseBook, Readonly<Record<string, string>>>();

/** Keys hold for as long as the entries that they were read by: what a changed, new or withdrawn licence reaches is read anew. */
async function changeBasis(registry: Registry, book: LicenseBook): Promise<void> {
  let basis = digests.get(book);
  if (basis === undefined) {
    basis = { rules: `${lineageTermsVersion}.${decisionRulesVersion}`, ...Object.fromEntries([...book.values()].map((entry) => [entry.id, sha256Hex(canonicalJson(entry)).slice(0, 16)])) };
    digests.set(book, basis);
  }
  const before = await registry.terms.findBasis();
  const all = new Set([...Object.keys(before), ...Object.keys(basis)]);
  const changed = [...all].filter((id) => before[id] !== basis[id]);
  if (changed.length === 0) return;
  const next = basis;
  await registry.change((change) => change.terms.changeBasis(next, changed.includes('rules') ? null : changed));
}
