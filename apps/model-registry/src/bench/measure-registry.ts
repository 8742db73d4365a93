import type { RegistryClient, TestService } from '../start-test-service.ts';
import type { Registry } from '@weighbridge/registry-data';
import { prepareDecision } from '@weighbridge/registry-domain';
import type { DecisionOutcome, LineageVersion, UseCaseFacts } from '@weighbridge/registry-domain';
import type pg from 'pg';
import { createTermsDesk } from '../terms-desk.ts';
import { createRandom, generateChain, generateHub, generateLayers, insertVersions } from './generate-versions.ts';
import type { GeneratedVersion } from './generate-versions.ts';

/** One line of the report. */
export interface Measurement {
  readonly what: string;
  /** Milliseconds: the median, and the slowest where there were several. */
  readonly ms: number;
  readonly worstMs?: number;
  /** What else is worth knowing, e.g. how many there were. */
  readonly note: string;
  readonly aim?: string;
}

/** How long the reading of deep lineages is watched; all of them take minutes, with turns for others in between. */
const backgroundMs = 5_000;

export type Report = (measurement: Measurement) => void;

async function timed<T>(action: () => Promise<T>): Promise<{ readonly value: T; readonly ms: number }> {
  const startedAt = performance.now();
  const value = await action();
  return { value, ms: performance.now() - startedAt };
}

async function repeated<T>(times: number, action: () => Promise<T>): Promise<{ readonly value: T; readonly ms: number; readonly worstMs: number }> {
  const runs: number[] = [];
  let value: T | undefined;
  for (let run = 0; run < times; run++) {
    const each = await timed(action);
    runs.push(each.ms);
    value = each.value;
  }
  const sorted = runs.toSorted((a, b) => a - b);
  return { value: value as T, ms: sorted[Math.floor(sorted.length / 2)] ?? 0, worstMs: sorted.at(-1) ?? 0 };
}

/** Twenty uses that companies have: small and large, inside and outside, for harmless and for restricted purposes. */
export function generateUseCases(): UseCaseFacts[] {
  const random = createRandom(3);
  const purposes = ['customer-support', 'coding', 'summarization', 'medical-advice', 'military', 'research', 'education', 'finance', 'surveillance', 'translation'];
  return Array.from({ length: 20 }, (_, index): UseCaseFacts => ({
    purposes: [purposes[index % purposes.length] as string],
    commercial: index % 4 !== 3,
    monthlyActiveUsers: Math.round(10 ** (3 + random() * 6)),
    annualRevenueUsd: Math.round(10 ** (5 + random() * 6)),
    regions: index % 2 === 0 ? ['EU'] : ['US'],
    distribution: (['service', 'internal', 'weights', 'embedded'] as const)[index % 4] as 'service',
    trainOnOutputs: index % 5 === 4,
  }));
}

/** A hub of so many versions, a lineage of 10,000 versions 50 deep, and a chain of 10,000 links: written, indexed, their terms read. */
export async function fillRegistry(pool: pg.Pool, service: TestService, count: number, report: Report): Promise<readonly GeneratedVersion[]> {
  const hub = generateHub(count);
  const written = await timed(() => insertVersions(pool, hub));
  report({ what: `${count.toLocaleString('en')} generated versions written`, ms: written.ms, note: 'straight into the tables' });
  const read = await timed(() => service.deps.terms.read(Number.MAX_SAFE_INTEGER));
  await pool.query('analyze');
  const terms = await service.registry.terms.listTermsIds();
  report({ what: 'indexed for search, and the terms of every lineage read', ms: read.ms, note: `${terms.length.toLocaleString('en')} different terms; once, at the first start` });
  return hub;
}

/** All versions for all use cases, from a cold start of the process. */
export async function measureRedecision({ registry, deps }: TestService, report: Report): Promise<void> {
  const useCases = generateUseCases();
  const count = async () => {
    const desk = createTermsDesk({ registry, licenses: deps.licenses });
    const tally: Record<DecisionOutcome, number> = { allow: 0, allow_with_obligations: 0, review: 0, deny: 0 };
    const [terms, versions] = [await desk.read(), await registry.terms.countByTerms()];
    for (const useCase of useCases) {
      const outcomes = terms.outcomes(useCase);
      for (const { termsId, versions: alike } of versions) tally[outcomes.get(termsId) ?? 'review'] += alike;
    }
    return tally;
  };
  const { value, ms, worstMs } = await repeated(3, count);
  const total = Object.values(value).reduce((sum, each) => sum + each, 0);
  report({ what: `re-decision: every version for ${useCases.length} use cases`, ms, worstMs, note: `${total.toLocaleString('en')} decisions, ${value.deny.toLocaleString('en')} of them deny; reading included`, aim: 'under 15 s' });
  await measureOneByOne(registry, useCases, total, report);
}

/** The same without the terms, for comparison and as a check. */
async function measureOneByOne(registry: Registry, useCases: readonly UseCaseFacts[], total: number, report: Report): Promise<void> {
  const { value, ms } = await timed(async () => {
    const ids = await registry.terms.listIndexed();
    const lineage = new Map<string, LineageVersion>((await registry.lineage.listAncestors(ids)).map((version) => [version.ref, version]));
    const find = (ref: string) => lineage.get(ref);
    let denied = 0;
    for (const root of lineage.values()) {
      const decide = prepareDecision({ root, find });
      for (const useCase of useCases) if (decide(useCase).decision === 'deny') denied += 1;
    }
    return denied;
  });
  report({ what: 'the same, version by version', ms, note: `${total.toLocaleString('en')} decisions, ${value.toLocaleString('en')} of them deny; reading included` });
}

/** Pages as people ask for them, over HTTP. */
export async function measureSearch(client: RegistryClient, useCaseId: string, report: Report): Promise<void> {
  type Query = NonNullable<NonNullable<Parameters<RegistryClient['searchVersions']>[0]>['query']>;
  const questions: readonly (readonly [what: string, query: Query])[] = [
    ['the newest', {}],
    ['a part of a name', { query: 'granite' }],
    ['two words, by name', { query: 'ember someone-4', order: 'name' }],
    ['a rare word', { query: 'swift-amber-1999' }],
    ['a misspelt word', { query: 'lantren-wilow' }],
    ['commercial use without a limit on users', { licenseProperty: 'commercial-use,no-user-limit' }],
    ['open source, the largest first', { licenseProperty: 'osi-approved', order: 'largest' }],
    ['allowed for a use case', { allowedFor: useCaseId as never }],
    ['allowed for a purpose, and a word', { allowedFor: 'medical-advice', query: 'comet' }],
    ['what few have', { licenseProperty: 'no-obligations', allowedFor: 'military' }],
    ['licence, size and order', { license: 'Apache-2.0', minParameters: 7e9, maxParameters: 14e9, order: 'smallest' }],
    ['publisher', { publisher: 'Meta' }],
    ['a tag', { tag: 'reviewed' }],
  ];
  for (const [what, query] of questions) {
    const first = await client.searchVersions({ query });
    const { value, ms, worstMs } = await repeated(15, () => client.searchVersions({ query }));
    report({ what: `search page: ${what}`, ms, worstMs, note: `${value.data.length} of a page of 50${first.similar ? ', nearly alike' : ''}`, aim: 'under 50 ms' });
    if (first.nextCursor === null) continue;
    const cursor = first.nextCursor;
    const next = await repeated(5, () => client.searchVersions({ query: { ...query, cursor } }));
    report({ what: `search page: ${what}, the next page`, ms: next.ms, worstMs: next.worstMs, note: '', aim: 'under 50 ms' });
  }
}

/** Deep and wide lineages. */
export async function measureLineages(pool: pg.Pool, service: TestService, report: Report): Promise<void> {
  const { registry, admin, deps } = service;
  await insertVersions(pool, generateLayers({ width: 200, depth: 50 }));
  await insertVersions(pool, generateChain(10_000));
  while ((await registry.search.indexSome(2_000)) > 0);
  await pool.query('analyze');
  const top = { model: 'layers-top', version: '1' };
  const closure = await repeated(9, () => registry.lineage.countAncestors([top], 1_000_000));
  report({ what: 'lineage closure: 10,000 versions, 50 deep', ms: closure.ms, worstMs: closure.worstMs, note: `${closure.value.toLocaleString('en')} versions by recursive SQL over kept links`, aim: 'under 50 ms' });
  const records = await repeated(5, () => registry.lineage.listNearest(top, 'ancestors', 1_000_000));
  report({ what: 'the same, with all that decisions read of them', ms: records.ms, worstMs: records.worstMs, note: `${records.value.length.toLocaleString('en')} records` });
  const graph = await repeated(3, () => admin.getLineage({ params: { name: 'layers-top', version: '1' } }));
  report({ what: 'its graph over HTTP', ms: graph.ms, worstMs: graph.worstMs, note: `${graph.value.nodes.length.toLocaleString('en')} nodes, truncated` });

  const facts = generateUseCases()[0] as UseCaseFacts;
  for (const [what, model] of [['10,000 versions, 50 deep', 'layers-top'], ['a chain of 10,000 links', 'chain-9999']] as const) {
    const decided = await timed(() => admin.decide({ body: { model: `${model}@1`, useCase: facts } }));
    report({ what: `decision on ${what}`, ms: decided.ms, note: decided.value.decision });
  }
  const chain = await repeated(5, () => registry.lineage.countAncestors([{ model: 'chain-9999', version: '1' }], 1_000_000));
  report({ what: 'lineage closure: a chain of 10,000 links', ms: chain.ms, worstMs: chain.worstMs, note: `${chain.value.toLocaleString('en')} versions` });
  await admin.createModel({ body: { name: 'next-link', publisher: 'Acme' } });
  let version = 0;
  const registered = await repeated(5, () => admin.registerVersion({ params: { name: 'next-link' }, body: { version: String(version++), license: 'mit', baseModels: [{ model: 'chain-9999', version: '1', relation: 'finetune' }] } }));
  report({ what: 'registration on top of that chain', ms: registered.ms, worstMs: registered.worstMs, note: 'circle and size checked' });
  const before = await registry.terms.countPending();
  const read = await timed(() => deps.terms.read(backgroundMs));
  report({ what: 'the terms of such lineages read in the background', ms: read.ms, note: `${(before - read.value.pending).toLocaleString('en')} of ${before.toLocaleString('en')} versions, the shallow ones first` });
}

/** What a change would touch, and a table of decisions. */
export async function measureImpact(client: RegistryClient, hub: readonly GeneratedVersion[], report: Report): Promise<void> {
  const base = hub.find(({ license }) => license === 'LicenseRef-Llama-3.1');
  for (const [what, body] of [
    ['a licence became non-commercial', { license: 'LicenseRef-Llama-3.1', whatIf: { license: 'CC-BY-NC-4.0' } }],
    ['a base became non-commercial', { version: `${base?.model ?? ''}@${base?.version ?? ''}`, whatIf: { commercialUse: false as const } }],
  ] as const) {
    const { value, ms } = await timed(() => client.assessImpact({ body }));
    report({ what: `impact: ${what}`, ms, note: `${value.summary.versions.toLocaleString('en')} versions touched, ${value.summary.changed.decisions.toLocaleString('en')} decisions change` });
    const cursor = value.nextCursor;
    if (cursor === null) continue;
    const next = await timed(() => client.assessImpact({ body: { ...body, cursor } }));
    report({ what: `impact: ${what}, the next page`, ms: next.ms, note: '' });
  }
  const models = hub.slice(-100).map(({ model, version }) => `${model}@${version}`);
  const matrix = await repeated(3, () => client.decideMatrix({ body: { models: [...new Set(models)] } }));
  report({ what: 'matrix of decisions', ms: matrix.ms, worstMs: matrix.worstMs, note: `${matrix.value.models.length} versions x ${matrix.value.useCases.length} use cases` });
}
