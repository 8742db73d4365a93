import type { ImpactReport } from '@weighbridge/registry-contracts';
import { licenseCatalogue } from '@weighbridge/registry-domain';
import { createTestDatabase } from '@weighbridge/shared-testing';
import type { TestDatabase } from '@weighbridge/shared-testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestService } from './start-test-service.ts';
import type { RegistryClient, TestProject, TestService } from './start-test-service.ts';

let database: TestDatabase;
let service: TestService;
let ours: TestProject;
let theirs: TestProject;

type ImpactBody = NonNullable<NonNullable<Parameters<RegistryClient['assessImpact']>[0]>['body']>;
const assess = (body: ImpactBody, client: RegistryClient = ours.as.viewer) => client.assessImpact({ body });
const itemOf = (report: ImpactReport, version: string) => report.data.find((item) => item.version === version);

async function add(model: string, publisher: string, license: string, from: readonly { readonly ref: string; readonly relation: 'finetune' | 'quantized' | 'merge' }[] = []): Promise<void> {
  await service.admin.createModel({ body: { name: model, publisher } });
  await service.admin.registerVersion({ params: { name: model }, body: { version: '1', license, baseModels: from.map(({ ref, relation }) => ({ model: ref.split('@')[0] ?? '', version: '1', relation })) } });
}

beforeAll(async () => {
  database = await createTestDatabase({ scopes: ['registry'] });
  service = await startTestService({ databaseUrl: database.urlFor('registry') });
  [ours, theirs] = [await service.addProject('ours'), await service.addProject('theirs', { commercial: false, purposes: ['research'], distribution: 'internal' })];
  await add('llama', 'Meta', 'LicenseRef-Llama-3.1');
  await add('tune', 'someone', 'LicenseRef-Llama-3.1', [{ ref: 'llama@1', relation: 'finetune' }]);
  await add('small', 'somebody', 'Apache-2.0', [{ ref: 'tune@1', relation: 'quantized' }]);
  await add('open', 'Alibaba Cloud', 'Apache-2.0');
  await add('mixed', 'someone', 'Apache-2.0', [{ ref: 'open@1', relation: 'merge' }, { ref: 'small@1', relation: 'merge' }]);
  await service.admin.createDeployment({ params: { name: 'small' }, body: { version: '1', backend: { kind: 'openai', baseUrl: 'https://models.example/v1', upstreamModel: 'm' } } });
  await service.admin.setAlias({ params: { name: 'mixed', alias: 'production' }, body: { version: '1' } });
}, 60_000);

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await database.close();
});

describe('an impact report', () => {
  test('of a version: everything that was made from it, how, and where that is at work', async () => {
    const report = await assess({ version: 'llama@1' });

    expect(report.data.map(({ version, via, origin }) => [version, via, origin])).toEqual([
      ['mixed@1', 'merge of small@1, quantized from tune@1, finetune of llama@1', 'llama@1'],
      ['small@1', 'quantized from tune@1, finetune of llama@1', 'llama@1'],
      ['llama@1', null, 'llama@1'],
      ['tune@1', 'finetune of llama@1', 'llama@1'],
    ]);
    expect(itemOf(report, 'small@1')?.deployments).toMatchObject([{ status: 'active' }]);
    expect(itemOf(report, 'mixed@1')?.aliases).toEqual(['production']);
    expect(itemOf(report, 'tune@1')?.useCases).toMatchObject([{ id: ours.useCaseId, before: 'allow_with_obligations', after: null, newReasons: [] }]);
    expect(report.summary).toMatchObject({ versions: 4, models: 4, aliases: 1, deployments: 1, useCases: 1, after: null, truncated: false });
    expect(report.summary.before).toMatchObject({ allow_with_obligations: 4, deny: 0 });
  });

  test('of a base that became non-commercial', async () => {
    const report = await assess({ version: 'llama@1', whatIf: { license: 'CC-BY-NC-4.0' } });

    expect(report.summary).toMatchObject({ versions: 4, changed: { versions: 4, decisions: 4, useCases: 1, deployments: 1, worse: 4, better: 0 }, after: { deny: 4, allow_with_obligations: 0 } });
    const [use] = itemOf(report, 'small@1')?.useCases ?? [];
    expect(use).toMatchObject({ id: ours.useCaseId, before: 'allow_with_obligations', after: 'deny' });
    expect(use?.newReasons[0]).toMatchObject({ license: 'CC-BY-NC-4.0', version: 'llama@1', via: 'quantized from tune@1, finetune of llama@1' });
    expect((await assess({ version: 'small@1', whatIf: { license: 'CC-BY-NC-4.0' } })).data.map(({ version }) => version)).toEqual(['mixed@1', 'small@1']);
  });

  test('of a licence: each version under it, and what those were made into', async () => {
    const report = await assess({ license: 'LicenseRef-Llama-3.1', whatIf: { commercialUse: false } });

    expect(report.data.map(({ version }) => version)).toEqual(['mixed@1', 'small@1', 'llama@1', 'tune@1']);
    expect(report.summary.changed).toMatchObject({ versions: 4, worse: 4 });
    expect(itemOf(report, 'small@1')?.origin).toBe('tune@1');
  });

  test('of another text in its place, and of one that nobody knows', async () => {
    const entry = licenseCatalogue.get('LicenseRef-MistralAI-MRL-0.1');
    if (entry === undefined) throw new Error('no such licence');

    expect((await assess({ version: 'open@1', whatIf: { entry } })).summary.changed).toMatchObject({ versions: 2, worse: 2 });
    expect((await assess({ version: 'open@1', whatIf: { license: null } })).summary.after).toMatchObject({ review: 2 });
    expect((await assess({ version: 'open@1', whatIf: { license: 'Apache-2.0' } })).summary.changed).toMatchObject({ decisions: 0 });
  });

  test('agrees with decisions that are made once it has happened', async () => {
    const entry = licenseCatalogue.get('LicenseRef-Gemma');
    if (entry === undefined) throw new Error('no such licence');
    await add('gem', 'Google', 'LicenseRef-Gemma');
    await add('gem-tune', 'someone', 'MIT', [{ ref: 'gem@1', relation: 'finetune' }]);
    const amended = { ...entry, permissions: { ...entry.permissions, 'commercial-use': { answer: 'no' as const, clause: '9' } } };
    const foreseen = await assess({ license: 'LicenseRef-Gemma', whatIf: { entry: amended } });

    await service.admin.reviseLicense({ params: { id: 'LicenseRef-Gemma' }, body: { license: amended, reason: 'as was announced', expectedRevision: 0 } });

    for (const { version, useCases } of foreseen.data)
      for (const { id, after } of useCases) expect((await ours.as.viewer.decide({ body: { model: version, useCase: id } })).decision).toBe(after);
    expect(foreseen.summary.changed).toMatchObject({ versions: 2, worse: 2 });
  });

  test('comes page by page, what is at work first', async () => {
    const whole = await assess({ version: 'llama@1', whatIf: { commercialUse: false } });
    const versions: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page: ImpactReport = await assess({ version: 'llama@1', whatIf: { commercialUse: false }, limit: 1, ...(cursor !== undefined && { cursor }) });
      versions.push(...page.data.map(({ version }) => version));
      cursor = page.nextCursor;
    }

    expect(versions).toEqual(whole.data.map(({ version }) => version));
  });

  test('tells of one’s own use cases alone; a key of the platform may name a project', async () => {
    const ids = async (body: ImpactBody, client?: RegistryClient) => new Set((await assess(body, client)).data.flatMap(({ useCases }) => useCases.map(({ id }) => id)));

    expect(await ids({ version: 'open@1' })).toEqual(new Set([ours.useCaseId]));
    expect(await ids({ version: 'open@1' }, service.admin)).toEqual(new Set([ours.useCaseId, theirs.useCaseId]));
    expect(await ids({ version: 'open@1', project: theirs.id }, service.admin)).toEqual(new Set([theirs.useCaseId]));
    await expect(assess({ version: 'open@1', project: theirs.id })).rejects.toMatchObject({ status: 404 });
  });

  test.each<[what: string, body: unknown, status: number]>([
    ['a version that is not there', { version: 'open@9' }, 404],
    ['a licence that nobody has and nobody knows', { license: 'LicenseRef-None' }, 404],
    ['neither', {}, 400],
    ['both', { version: 'open@1', license: 'MIT' }, 400],
    ['two assumptions', { version: 'open@1', whatIf: { license: 'MIT', commercialUse: false } }, 400],
    ['no assumption', { version: 'open@1', whatIf: {} }, 400],
  ])('of %s is refused', async (_, body, status) => {
    await expect(assess(body as ImpactBody)).rejects.toMatchObject({ status });
  });
});

describe('a matrix', () => {
  const models = ['llama@1', 'small@1', 'open@1'];

  test('has the decision of each version for each use case, with the first reason', async () => {
    const matrix = await ours.as.viewer.decideMatrix({ body: { models, useCases: [ours.useCaseId] } });

    for (const [index, { ref }] of matrix.models.entries()) {
      const decision = await ours.as.viewer.decide({ body: { model: ref, useCase: ours.useCaseId } });
      const [cell] = matrix.cells[index] ?? [];
      expect(cell).toMatchObject({ outcome: decision.decision, reasons: decision.reasons.length, obligations: decision.obligations.length });
      expect(cell?.firstReason?.message).toBe(decision.reasons[0]?.message);
    }
    expect(matrix.useCases).toEqual([{ id: ours.useCaseId, name: 'support', projectId: ours.id }]);
  });

  test('takes the use cases of the asker where none are named', async () => {
    expect((await ours.as.viewer.decideMatrix({ body: { models } })).useCases.map(({ id }) => id)).toEqual([ours.useCaseId]);
    expect((await service.admin.decideMatrix({ body: { models } })).useCases.map(({ id }) => id).toSorted()).toEqual([ours.useCaseId, theirs.useCaseId].toSorted());
  });

  test.each([
    ['a version that is not there', () => ({ models: ['open@9'] })],
    ['another project’s use case', () => ({ models, useCases: [theirs.useCaseId] })],
  ])('of %s is 404', async (_, body) => {
    await expect(ours.as.viewer.decideMatrix({ body: body() })).rejects.toMatchObject({ status: 404 });
  });
});

describe('places of use', () => {
  test('are aliases, deployments, and use cases with an approval', async () => {
    await add('unread', 'someone', 'LicenseRef-Somebody-Wrote-This');
    await service.admin.createApproval({ body: { model: 'unread@1', useCaseId: ours.useCaseId, reason: 'read by counsel on Monday', expiresAt: new Date(Date.now() + 86_400_000).toISOString() } });
    const placesOf = (name: string, client = ours.as.viewer) => client.getUsagePlaces({ params: { name, version: '1' } });

    expect(await placesOf('unread')).toMatchObject({ ref: 'unread@1', aliases: [], deployments: [], useCases: [{ id: ours.useCaseId, outcome: 'review', approval: { reason: 'read by counsel on Monday' }, promotedTo: [] }] });
    expect((await placesOf('unread', theirs.as.viewer)).useCases).toEqual([]);
    expect((await placesOf('small')).deployments).toHaveLength(1);
    expect((await placesOf('mixed')).aliases).toMatchObject([{ name: 'production' }]);
  });
});

describe('a lineage', () => {
  const lineage = (name: string, query: Record<string, string | number> = {}) => ours.as.viewer.getLineage({ params: { name, version: '1' }, query: query as never });

  test('goes both ways, and says what each edge brings in', async () => {
    const graph = await lineage('tune', { direction: 'both' });

    expect(graph.nodes.map(({ ref, side, depth }) => [ref, side, depth])).toEqual([['tune@1', 'root', 0], ['llama@1', 'ancestor', 1], ['small@1', 'descendant', 1], ['mixed@1', 'descendant', 2]]);
    const edge = graph.edges.find(({ from, to }) => from === 'small@1' && to === 'tune@1');
    expect(edge?.brings[0]).toMatchObject({ license: 'LicenseRef-Llama-3.1', version: 'tune@1' });
    expect(edge?.brings[0]?.effects).toEqual(expect.arrayContaining(['permissions', 'limits', 'field-of-use', 'obligations']));
    expect(graph.truncated).toBe(false);
  });

  test('of so many steps says that there are more', async () => {
    const graph = await lineage('mixed', { depth: 1 });

    expect(graph.nodes.map(({ ref }) => ref)).toEqual(['mixed@1', 'open@1', 'small@1']);
    expect(graph.truncated).toBe(true);
    expect((await lineage('mixed', { depth: 3 })).truncated).toBe(false);
    await expect(lineage('mixed', { depth: 0 })).rejects.toMatchObject({ status: 400 });
  });
});
