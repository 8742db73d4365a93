import { costEndpoints, costChannels } from '@weighbridge/cost-contracts';
import { someEvent, someId, somePrice } from '@weighbridge/cost-data/test-events';
import { typedChannel } from '@weighbridge/shared-adapters/live';
import { fillPath } from '@weighbridge/shared-contracts';
import type { Endpoint } from '@weighbridge/shared-contracts';
import { formatUsd, parseUsd, roleIncludes, roles, sumUsd } from '@weighbridge/shared-domain';
import type { Role } from '@weighbridge/shared-domain';
import { waitFor } from '@weighbridge/shared-testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alignAccounts } from './operations/align-accounts.ts';
import { settlePending } from './operations/settle-pending.ts';
import { storeUsage } from './operations/store-usage.ts';
import { startCostHarness } from './test-harness.ts';
import type { CostHarness } from './test-harness.ts';

let harness: CostHarness;
beforeAll(async () => {
  harness = await startCostHarness();
});
afterAll(async () => harness[Symbol.asyncDispose]());

interface Answer {
  readonly status: number;
  readonly body: { code?: string; detail?: string; errors?: { pointer: string }[] } & Record<string, unknown>;
}

async function call(method: string, path: string, { token, body }: { token?: string | undefined; body?: unknown } = {}): Promise<Answer> {
  const response = await fetch(harness.url + path, {
    method: method.toUpperCase(),
    headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }), 'content-type': 'application/json' },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

const price = { inputUsdPerMillion: '1', outputUsdPerMillion: '2' };
const newPrice = (more: object = {}) => ({ model: 'priced', price, source: 'test', ...more });
const newBudget = (more: object = {}) => ({ name: `budget ${someId('budget')}`, kind: 'hard', period: 'month', limitUsd: '10', ...more });
const bodies: Readonly<Record<string, unknown>> = { createPrices: { entries: [newPrice()] }, createBudget: newBudget() };

describe('every route', () => {
  const routes = Object.entries<Endpoint>(costEndpoints).map(([name, endpoint]) => ({
    name,
    endpoint,
    path: fillPath(endpoint.path, { id: someId('budget') }),
    body: bodies[name],
  }));

  test.each(routes)('$name refuses whoever has no key, an unknown one or an expired one', async ({ endpoint, path, body }) => {
    expect(await call(endpoint.method, path, { body })).toMatchObject({ status: 401, body: { code: 'auth.missing_key' } });
    expect(await call(endpoint.method, path, { body, token: 'wb_unknown' })).toMatchObject({ status: 401, body: { code: 'auth.invalid_key' } });
    expect(await call(endpoint.method, path, { body, token: 'wbs_unknown' })).toMatchObject({ status: 401, body: { code: 'auth.invalid_key' } });
    expect(await call(endpoint.method, path, { body, token: harness.tokens.expired })).toMatchObject({ status: 401, body: { code: 'auth.expired_key' } });
  });

  test.each(routes)('$name refuses roles that are too weak', async ({ endpoint, path, body }) => {
    const weak = roles.filter((role) => endpoint.role === 'service' || !roleIncludes(role, endpoint.role as Role));
    for (const role of weak) expect(await call(endpoint.method, path, { body, token: harness.tokens[role] })).toMatchObject({ status: 403, body: { code: 'auth.forbidden' } });
  });

  test.each(routes.filter(({ body }) => body !== undefined))('$name refuses what is no JSON, unknown fields and too much', async ({ endpoint, path, body }) => {
    const token = harness.tokens.platform;
    expect(await call(endpoint.method, path, { token, body: '{"a":' })).toMatchObject({ status: 400, body: { code: 'request.malformed' } });
    expect(await call(endpoint.method, path, { token, body: { ...(body as object), extra: 1 } })).toMatchObject({ status: 400, body: { code: 'request.invalid', errors: [{ pointer: '/body/extra' }] } });
    expect(await call(endpoint.method, path, { token, body: 'x'.repeat(1_100_000) })).toMatchObject({ status: 413, body: { code: 'request.too_large' } });
  });

  test.each([
    ['/v1/usage?from=yesterday', '/query/from'],
    ['/v1/usage?groupBy=colour', '/query/groupBy/0'],
    ['/v1/usage?groupBy=model,model,model,model,model', '/query/groupBy'],
    ['/v1/usage?interval=minute', '/query/interval'],
    ['/v1/usage?from=2026-02-01T00:00:00Z&to=2026-02-01T00:00:00Z', '/query/to'],
    ['/v1/usage?project=mine', '/query/project'],
    ['/v1/usage/events?limit=0', '/query/limit'],
    ['/v1/usage/events?limit=201', '/query/limit'],
    ['/v1/usage/events?cursor=nonsense', '/query/cursor'],
    [`/v1/usage/events?cursor=${Buffer.from('["x"]').toString('base64url')}`, '/query/cursor'],
    ['/v1/usage/events?jobId=7', '/query/jobId'],
    ['/v1/usage/events/export?format=xml', '/query/format'],
    ['/v1/price-books?at=now', '/query/at'],
    ['/v1/price-books?cursor=7', '/query/cursor'],
    ['/v1/budgets?cursor=7', '/query/cursor'],
    ['/v1/budgets/7/status', '/params/id'],
  ])('GET %s is 400 and points at %s', async (path, pointer) => {
    const { status, body } = await call('get', path, { token: harness.tokens.viewer });

    expect([status, body.code, body.errors?.[0]?.pointer]).toEqual([400, 'request.invalid', pointer]);
  });

  test('health, readiness, metrics and the document of the API are there for all', async () => {
    for (const path of ['/healthz', '/readyz', '/openapi.json']) expect((await call('get', path)).status).toBe(200);
    expect(await (await fetch(`${harness.url}/metrics`)).text()).toContain('weighbridge_settlements_pending');
    expect((await call('get', '/v1/nothing')).status).toBe(404);
  });
});

describe('usage', () => {
  const at = '2026-01-15T10:30:00.000Z';
  const range = { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' };
  let mine: string[];

  beforeAll(async () => {
    const { projectId, otherProjectId } = harness;
    const events = [
      ...Array.from({ length: 12 }, (_, index) => someEvent({ projectId, model: index % 3 === 0 ? 'base' : 'mini', tokens: { inputTokens: index }, occurredAt: at, priceId: null, costUsd: '0' })),
      ...Array.from({ length: 12 }, (_, index) => someEvent({ projectId, tokens: { inputTokens: index * 7 + 1 }, occurredAt: `2026-01-${16 + (index % 3)}T00:00:00.000Z` })),
      someEvent({ projectId: otherProjectId, occurredAt: at }),
    ];
    const { refused } = await storeUsage(harness.deps, events);
    expect(refused).toEqual([]);
    mine = events.filter((event) => event.projectId === projectId).map(({ id }) => id);
  });

  test('sums of parts equal totals, and the total equals the sum of the events', async () => {
    const client = harness.client(harness.tokens.viewer);
    const { data } = await client.listUsageEvents({ query: { ...range, limit: 200 } });
    const ofEvents = formatUsd(sumUsd(data.map(({ costUsd }) => parseUsd(costUsd))));
    for (const groupBy of ['', 'model', 'model,version,lane', 'key,useCase,project,outcome']) {
      for (const interval of [undefined, 'hour', 'day', 'month'] as const) {
        const { rows, total } = await client.getUsage({ query: { ...range, groupBy, ...(interval && { interval }) } });
        expect(total).toMatchObject({ events: 24, costUsd: ofEvents });
        expect(formatUsd(sumUsd(rows.map(({ costUsd }) => parseUsd(costUsd))))).toBe(ofEvents);
      }
    }
  });

  test('a range is widened to whole hours, and says so', async () => {
    const answer = await harness.client(harness.tokens.viewer).getUsage({ query: { from: '2026-01-15T10:29:59Z', to: '2026-01-15T10:30:00.001Z' } });

    expect(answer).toMatchObject({ from: '2026-01-15T10:00:00.000Z', to: '2026-01-15T11:00:00.000Z', total: { events: 12 } });
  });

  test('more rows than can be answered are refused, not cut', async () => {
    const lots = Array.from({ length: 10_001 }, (_, index) => ({ hour: new Date(Date.UTC(1971, 0, 1, index)).toISOString() }));
    await harness.deps.pool.query(
      `insert into usage_rollup select $1, hour::timestamptz, 'm', 'v', '00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000000', 'l', 'o', 1, 0, 0, 0, 0, 0, 0 from unnest($2::text[]) as hour`,
      [someId('project').slice(5), lots.map(({ hour }) => hour)],
    );

    const query = 'from=1971-01-01T00:00:00Z&to=1973-01-01T00:00:00Z&interval=hour';
    expect(await call('get', `/v1/usage?${query}`, { token: harness.tokens.platform })).toMatchObject({ status: 400, body: { code: 'request.invalid', errors: [{ pointer: '/query/groupBy' }] } });
    expect((await call('get', `/v1/usage?${query.replace('hour', 'day')}`, { token: harness.tokens.platform })).status).toBe(200);
  });

  test('the ledger pages, newest first, without gaps', async () => {
    const client = harness.client(harness.tokens.viewer);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof client.listUsageEvents>> = await client.listUsageEvents({ query: { ...range, limit: 5, ...(cursor !== null && { cursor }) } });
      seen.push(...page.data.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);

    expect(seen.toSorted()).toEqual(mine.toSorted());
  });

  test.each(['csv', 'jsonl'] as const)('the export as %s has every event once, oldest first', async (format) => {
    const response = await harness.client(harness.tokens.viewer).exportUsageEvents({ query: { ...range, format } });
    const lines = (await response.text()).trim().split(/\r?\n/);

    const ids = format === 'csv' ? lines.slice(1).map((line) => line.split(',')[0] ?? '') : lines.map((line) => (JSON.parse(line) as { id: string }).id);
    expect(ids.toSorted()).toEqual(mine.toSorted());
    expect(response.headers.get('content-disposition')).toContain(`.${format}`);
    if (format === 'csv') expect(lines[0]).toMatch(/^id,jobId,attempt,occurredAt,.*costUsd.*tags$/);
  });

  test('an export of many pages is whole, and one that is broken off leaves nothing behind', async () => {
    const projectId = harness.registry.addProject();
    const client = harness.client(harness.registry.addKey({ projectId, role: 'viewer' }));
    const events = Array.from({ length: 2_500 }, (_, index) => someEvent({ projectId, occurredAt: new Date(Date.UTC(2026, 5, 1, 0, 0, index % 700)).toISOString() }));
    for (let first = 0; first < events.length; first += 500) await storeUsage(harness.deps, events.slice(first, first + 500));
    const query = { from: '2026-06-01T00:00:00Z', to: '2026-07-01T00:00:00Z', format: 'jsonl' } as const;

    const broken = await client.exportUsageEvents({ query });
    await broken.body?.cancel();
    const whole = await (await client.exportUsageEvents({ query })).text();

    const ids = whole.trim().split('\n').map((line) => (JSON.parse(line) as { id: string }).id);
    expect(ids).toHaveLength(2_500);
    expect(new Set(ids).size).toBe(2_500);
    await waitFor(() => harness.deps.pool.idleCount === harness.deps.pool.totalCount, { what: 'every connection to be back' });
  });

  test('a project sees nothing of another: not a row, not a sum, not that it exists (P6)', async () => {
    const { tokens, otherProjectId, projectId } = harness;
    const other = harness.client(tokens.other);
    expect((await other.getUsage({ query: { ...range, groupBy: 'project' } })).rows).toMatchObject([{ group: { project: otherProjectId }, events: 1 }]);
    expect((await other.listUsageEvents({ query: { ...range, limit: 200 } })).data.map((event) => event.projectId)).toEqual([otherProjectId]);
    expect(await (await other.exportUsageEvents({ query: { ...range, format: 'jsonl' } })).text()).not.toContain(projectId);
    for (const path of ['usage', 'usage/events', 'usage/events/export', 'budgets']) {
      const [foreign, missing] = await Promise.all([projectId, someId('project')].map((named) => call('get', `/v1/${path}?project=${named}`, { token: tokens.other })));
      expect(foreign).toMatchObject({ status: 404, body: { code: 'resource.not_found' } });
      expect({ ...missing?.body, requestId: '' }).toEqual({ ...foreign?.body, requestId: '' });
    }
    const [event] = (await harness.client(tokens.viewer).listUsageEvents({ query: { ...range, limit: 1 } })).data;
    expect((await other.listUsageEvents({ query: { ...range, limit: 1, jobId: event?.jobId as never } })).data).toEqual([]);
  });

  test('a key of the platform sees all, or the project it names', async () => {
    const platform = harness.client(harness.tokens.platform);

    expect((await platform.getUsage({ query: range })).total.events).toBe(25);
    expect((await platform.getUsage({ query: { ...range, project: harness.otherProjectId } })).total.events).toBe(1);
  });
});

describe('price books', () => {
  const create = (...entries: unknown[]) => call('post', '/v1/price-books', { token: harness.tokens.platform, body: { entries } });

  test('an administrator of a project may not set prices, and every viewer may read them', async () => {
    expect(await call('post', '/v1/price-books', { token: harness.tokens.admin, body: { entries: [newPrice()] } })).toMatchObject({ status: 403, body: { code: 'auth.forbidden' } });
    expect((await harness.client(harness.tokens.viewer).listPrices({ query: { model: 'mini' } })).data).toEqual([somePrice]);
  });

  test('a later price supersedes, the history keeps both, and what is in force depends on when one asks', async () => {
    const client = harness.client(harness.tokens.platform);
    const { entries: old } = await client.createPrices({ body: { entries: [newPrice({ model: 'superseded', effectiveFrom: '2025-01-01T00:00:00Z' })] } });
    const { entries: young } = await client.createPrices({ body: { entries: [newPrice({ model: 'superseded', price: { inputUsdPerMillion: '9', outputUsdPerMillion: '9' } })] } });

    expect((await client.listPrices({ query: { model: 'superseded' } })).data).toEqual(young);
    expect((await client.listPrices({ query: { model: 'superseded', at: '2025-06-01T00:00:00Z' } })).data).toEqual(old);
    expect((await client.listPrices({ query: { model: 'superseded', at: '2024-06-01T00:00:00Z' } })).data).toEqual([]);
    expect((await client.listPrices({ query: { model: 'superseded', history: 'true', limit: 1 } })).nextCursor).not.toBeNull();
    expect((await client.listPrices({ query: { model: 'superseded', history: 'true' } })).data).toHaveLength(2);
  });

  test('a price may not reach back over usage that was priced already; a later one may, and one for what was not used', async () => {
    await storeUsage(harness.deps, [someEvent({ model: 'billed', version: '1', priceId: null, costUsd: '0', occurredAt: '2026-01-10T00:00:00.000Z' })]);

    expect(await create(newPrice(), newPrice({ model: 'billed', effectiveFrom: '2026-01-09T00:00:00Z' }))).toMatchObject({
      status: 409,
      body: { code: 'resource.wrong_state', errors: [{ pointer: '/body/entries/1/effectiveFrom' }] },
    });
    expect(await create(newPrice({ model: 'billed', effectiveFrom: '2026-01-10T00:00:00.001Z' }))).toMatchObject({ status: 201 });
    expect(await create(newPrice({ model: 'billed', version: '2', effectiveFrom: '2026-01-01T00:00:00Z' }))).toMatchObject({ status: 201 });
  });

  test.each([
    ['no entries', [], '/body/entries'],
    ['a price finer than a pico-dollar a token', [newPrice({ price: { inputUsdPerMillion: '0.0000001', outputUsdPerMillion: '1' } })], '/body/entries/0/price'],
    ['a name that is none', [newPrice({ model: '../x' })], '/body/entries/0/model'],
    ['two for one target', [newPrice({ effectiveFrom: '2030-01-01T00:00:00Z' }), newPrice({ effectiveFrom: '2030-01-01T00:00:00.000Z' })], '/body/entries/1'],
  ])('refuses %s', async (_, entries, pointer) => {
    const { status, body } = await create(...entries);

    expect([status, body.errors?.[0]?.pointer]).toEqual([400, pointer]);
  });
});

describe('budgets', () => {
  const create = (body: unknown, token = harness.tokens.admin) => call('post', '/v1/budgets', { token, body });

  test('a new budget begins at what was spent, and its status adds up while requests are held and settled', async () => {
    const client = harness.client(harness.tokens.admin);
    const now = new Date().toISOString();
    const { projectId } = harness;
    const before = someEvent({ projectId, occurredAt: now });
    await storeUsage(harness.deps, [before]);

    const budget = await client.createBudget({ body: newBudget({ name: 'adds up' }) as never });
    const accountId = `${budget.id}/${now.slice(0, 7)}`;
    const status = async () => {
      const { spentUsd, heldUsd, remainingUsd } = await client.getBudgetStatus({ params: { id: budget.id } });
      return [spentUsd, heldUsd, remainingUsd];
    };
    expect(await status()).toEqual(['0.0002', '0', '9.9998']);

    const event = someEvent({ projectId, occurredAt: now, budgetAccounts: [accountId] });
    await harness.deps.holds.hold({ holdId: event.jobId, owner: 'test', amountPicoUsd: parseUsd('1.5'), accountIds: [accountId], context: '{}', ttlMs: 60_000 });
    expect(await status()).toEqual(['0.0002', '1.5', '8.4998']);

    await storeUsage(harness.deps, [event]);
    await settlePending(harness.deps);
    expect(await status()).toEqual(['0.0004', '0', '9.9996']);
    await alignAccounts(harness.deps);
    expect(await status()).toEqual(['0.0004', '0', '9.9996']);
    expect((await client.listBudgets({ query: {} })).data.find((one) => one.budget.id === budget.id)).toMatchObject({ spentUsd: '0.0004', periodKey: now.slice(0, 7) });
  });

  test('the same budget again is the one there is; another of that name is a conflict', async () => {
    const first = await create(newBudget({ name: 'twice', limitUsd: '5' }));
    const again = await create(newBudget({ name: 'twice', limitUsd: '5.00' }));

    expect([first.status, again.status, again.body['id']]).toEqual([201, 201, first.body['id']]);
    expect(await create(newBudget({ name: 'twice', limitUsd: '6' }))).toMatchObject({ status: 409, body: { code: 'resource.conflict' } });
    expect((await create(newBudget({ name: 'twice', limitUsd: '6' }), harness.tokens.other)).status).toBe(201);
  });

  test('another project cannot see, find or set them; one that does not exist looks the same', async () => {
    const { body } = await create(newBudget({ name: 'private' }));
    const [foreign, missing] = await Promise.all([String(body['id']), someId('budget')].map((id) => call('get', `/v1/budgets/${id}/status`, { token: harness.tokens.other })));

    expect(foreign).toMatchObject({ status: 404, body: { code: 'resource.not_found' } });
    expect({ ...missing?.body, requestId: '' }).toEqual({ ...foreign?.body, requestId: '' });
    expect((await harness.client(harness.tokens.other).listBudgets({ query: {} })).data.map((one) => one.budget.projectId)).not.toContain(harness.projectId);
    expect(await create(newBudget({ project: harness.projectId }), harness.tokens.other)).toMatchObject({ status: 404 });
    expect((await call('get', `/v1/budgets/${String(body['id'])}/status`, { token: harness.tokens.platform })).status).toBe(200);
  });

  test('a key of the platform names a project that exists; keys and use cases must be of the project', async () => {
    const { platform } = harness.tokens;
    expect(await create(newBudget(), platform)).toMatchObject({ status: 400, body: { code: 'project.required' } });
    expect(await create(newBudget({ project: someId('project') }), platform)).toMatchObject({ status: 404, body: { errors: [{ pointer: '/body/project' }] } });
    expect(await create(newBudget({ keyId: someId('key') }))).toMatchObject({ status: 404, body: { errors: [{ pointer: '/body/keyId' }] } });
    expect(await create(newBudget({ useCaseId: someId('useCase') }))).toMatchObject({ status: 404, body: { errors: [{ pointer: '/body/useCaseId' }] } });
    const ownKey = harness.registry.snapshot.keys.find((key) => key.projectId === harness.otherProjectId)?.id;
    expect((await create(newBudget({ project: harness.otherProjectId, keyId: ownKey }), platform)).status).toBe(201);
    expect((await create(newBudget({ keyId: ownKey }))).status).toBe(404);
  });

  test.each([
    ['a negative limit', { limitUsd: '-1' }, '/body/limitUsd'],
    ['a number', { limitUsd: 5 }, '/body/limitUsd'],
    ['a week', { period: 'week' }, '/body/period'],
    ['no name', { name: ' ' }, '/body/name'],
    ['another kind', { kind: 'firm' }, '/body/kind'],
  ])('refuses %s', async (_, more, pointer) => {
    const { status, body } = await create(newBudget(more));

    expect([status, body.errors?.[0]?.pointer]).toEqual([400, pointer]);
  });

  test('a project may not have any number of them', async () => {
    const projectId = harness.registry.addProject();
    const token = harness.registry.addKey({ projectId, role: 'admin' });
    await create(newBudget(), token);
    await harness.deps.pool.query(`insert into budget select gen_random_uuid(), 'more ' || n, project_id, null, null, kind, period, limit_usd, created_at from budget, generate_series(1, 49) as n where project_id = $1`, [projectId.slice(5)]);

    expect(await create(newBudget(), token)).toMatchObject({ status: 409, body: { code: 'resource.wrong_state' } });
  });

  test('without the hold store no budget is set and none is half set', async () => {
    const { result, unavailable } = await withoutHolds(() => create(newBudget({ name: 'while away' })));

    expect([unavailable, result.status, result.body.code]).toEqual([true, 503, 'budget.unavailable']);
    expect(await harness.deps.facts.budgets.findBudgetByName(harness.projectId, 'while away')).toBeUndefined();
  });

  /** The tables of the hold store are away while `work` runs. */
  async function withoutHolds<T>(work: () => Promise<T>) {
    await harness.asAdmin('alter table queue.budget_account rename to budget_account_away');
    try {
      return { result: await work(), unavailable: true };
    } finally {
      await harness.asAdmin('alter table queue.budget_account_away rename to budget_account');
    }
  }
});

describe('admission facts', () => {
  test('are for services only, and every change raises their revision and wakes whoever keeps them', async () => {
    const service = harness.client(harness.tokens.service);
    const messages: number[] = [];
    const awaited = Promise.withResolvers<void>();
    const stop = await typedChannel(harness.live, costChannels.changed).subscribe(({ revision }) => {
      messages.push(revision);
      if (messages.length === 2) awaited.resolve();
    });
    const { revision } = await service.getAdmissionFacts();

    const [future] = (await harness.client(harness.tokens.platform).createPrices({ body: { entries: [newPrice({ model: 'announced', effectiveFrom: '2040-01-01T00:00:00Z' })] } })).entries;
    const budget = await harness.client(harness.tokens.admin).createBudget({ body: newBudget({ name: 'announced' }) as never });
    await awaited.promise;
    await stop();

    const facts = await service.getAdmissionFacts();
    expect(messages).toEqual([revision + 1, revision + 2]);
    expect(facts.revision).toBe(revision + 2);
    expect(facts.prices).toContainEqual(future);
    expect(facts.prices).toContainEqual(somePrice);
    expect(facts.budgets).toContainEqual(budget);
  });
});
