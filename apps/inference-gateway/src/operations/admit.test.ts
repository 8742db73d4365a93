import { budgetAccountId } from '@weighbridge/cost-domain';
import type { AppError } from '@weighbridge/shared-domain';
import type { HoldOutcome, HoldRequest } from '@weighbridge/shared-adapters/budget-holds';
import { newId } from '@weighbridge/shared-adapters/ids';
import { picoUsd } from '@weighbridge/shared-domain';
import { describe, expect, test } from 'vitest';
import { indexCosts } from '../facts/cost-index.ts';
import { createJudge } from '../facts/license-judge.ts';
import { indexRegistry } from '../facts/registry-index.ts';
import { createTestFacts } from '../testing/test-facts.ts';
import type { TestFacts } from '../testing/test-facts.ts';
import { createAdmit } from './admit.ts';
import type { AdmissionRequest } from './admit.ts';

const now = new Date('2026-03-15T12:00:00.000Z');
const deadlineAt = new Date('2026-03-15T12:10:00.000Z');

/** Budget and rate are the far ends here; the rules are real. */
function admission(facts: TestFacts = createTestFacts(), { hold = { ok: true }, allowed = true }: { hold?: HoldOutcome; allowed?: boolean } = {}) {
  const holds: HoldRequest[] = [];
  const rates: string[] = [];
  const outcomes: string[] = [];
  const admit = createAdmit({
    registry: () => indexRegistry(facts.snapshot),
    costs: () => indexCosts(facts.costs),
    judge: createJudge(),
    rateLimiter: {
      consume: async (key, limit) => {
        rates.push(key);
        return { allowed, limit, remaining: allowed ? limit - 1 : 0, resetMs: 30_000 };
      },
    },
    holds: {
      hold: async (request) => {
        holds.push(request);
        return hold;
      },
    },
    recordEndUser: () => {},
    gatewayId: 'gw_1',
    now: () => now,
    random: () => 0,
    observe: (outcome) => void outcomes.push(outcome),
  });
  const request = (more: Partial<AdmissionRequest> = {}): AdmissionRequest => ({
    jobId: newId('job'),
    requester: { projectId: facts.search.id, keyId: facts.search.runner.id, useCaseId: facts.search.useCaseId },
    namedUseCase: undefined,
    modelReference: 'abacus:production',
    request: { model: 'abacus:production', messages: [{ role: 'user', content: 'hi' }], max_completion_tokens: 50 },
    lane: 'interactive',
    tags: { team: 'search' },
    batchId: null,
    runId: null,
    deadlineAt,
    countsAgainstRate: true,
    ...more,
  });
  const codeOf = (more: Partial<AdmissionRequest> = {}) => admit(request(more)).then(() => 'admitted', (error: AppError) => error.code);
  return { admit, request, codeOf, holds, rates, outcomes, facts };
}

describe('a ticket', () => {
  test('carries version, route, price, decision, and what is held for the worst case', async () => {
    const { admit, request, holds, facts } = admission();
    const asked = request();

    const { ticket } = await admit(asked);

    // 146 input tokens at most (128 for the template, 16 for the message, 2 bytes), at $1 a million; 50 output tokens at $10 a million.
    expect(ticket).toMatchObject({
      jobId: asked.jobId,
      projectId: facts.search.id,
      useCaseId: facts.search.useCaseId,
      model: 'abacus',
      version: '1',
      pool: 'default',
      inputTokensBound: 146,
      maxOutputTokens: 50,
      holdUsd: '0.000646',
      budgetAccounts: [],
      decision: { outcome: 'allow', approvalId: null, inputsDigest: expect.stringMatching(/^[0-9a-f]{64}$/) },
      admittedAt: now.toISOString(),
      deadlineAt: deadlineAt.toISOString(),
    });
    expect(ticket.candidates).toEqual([{ deploymentId: facts.snapshot.deployments[0]!.id, priceId: facts.costs.prices[0]!.id, price: facts.costs.prices[0]!.price }]);
    expect(holds).toMatchObject([{ holdId: asked.jobId, owner: 'gw_1', amountPicoUsd: 646_000_000n, accountIds: [], ttlMs: 900_000 }]);
    expect(JSON.parse(holds[0]!.context)).toMatchObject({ v: 1, attempt: 1, jobId: asked.jobId, model: 'abacus', version: '1', decisionDigest: ticket.decision.inputsDigest, queuedAt: now.toISOString() });
  });

  test('of n answers holds n times the output', async () => {
    const { admit, request, holds } = admission();

    await admit(request({ request: { model: 'abacus', messages: [{ role: 'user', content: 'hi' }], max_completion_tokens: 50, n: 3 } }));

    expect(holds[0]!.amountPicoUsd).toBe(146n * 1_000_000n + 150n * 10_000_000n);
  });

  test('names every budget that applies, and no other project’s', async () => {
    const facts = createTestFacts();
    const budget = (more: object) => ({ id: newId('budget'), name: 'b', projectId: facts.search.id, keyId: null, useCaseId: null, kind: 'hard' as const, period: 'month' as const, limitUsd: '1', createdAt: now.toISOString(), ...more });
    facts.costs.budgets = [budget({}), budget({ period: 'day', keyId: facts.search.runner.id }), budget({ useCaseId: newId('useCase') }), budget({ projectId: facts.rival.id })];
    const { admit, request } = admission(facts);

    const { ticket } = await admit(request());

    expect(ticket.budgetAccounts).toEqual(facts.costs.budgets.slice(0, 2).map((each) => budgetAccountId(each, now)));
  });

  test.each([
    { reference: 'abacus', version: '1' },
    { reference: 'abacus@2', version: '2' },
    { reference: 'abacus:next', version: '2' },
  ])('of $reference is for version $version', async ({ reference, version }) => {
    const { admit, request } = admission();

    expect((await admit(request({ modelReference: reference }))).ticket.version).toBe(version);
  });

  test('of a moved alias is for the version it points at now', async () => {
    const { admit, request, facts } = admission();
    facts.snapshot.models = facts.snapshot.models.map((model) => (model.name === 'abacus' ? { ...model, aliases: { production: '2' } } : model));

    expect((await admit(request())).ticket.version).toBe('2');
  });
});

describe('a refusal', () => {
  const expired = () => {
    const facts = createTestFacts();
    facts.snapshot.keys = facts.snapshot.keys.map((key) => ({ ...key, expiresAt: now.toISOString() }));
    return facts;
  };
  const limited = () => {
    const facts = createTestFacts();
    facts.snapshot.keys = facts.snapshot.keys.map((key) => ({ ...key, requestsPerMinute: 1 }));
    return facts;
  };
  const exceeded: HoldOutcome = { ok: false, reason: 'exceeded', accountId: 'bud_1/2026-03', limitPicoUsd: picoUsd(10n), spentPicoUsd: picoUsd(4n), heldPicoUsd: picoUsd(5n) };
  const keyless = { projectId: createTestFacts().search.id, keyId: null, useCaseId: null };

  test.each<{ what: string; code: string; facts?: TestFacts; far?: Parameters<typeof admission>[1]; request?: Partial<AdmissionRequest> }>([
    { what: 'a model that is not there', code: 'model.not_found', request: { modelReference: 'nobody' } },
    { what: 'what is no reference', code: 'model.not_found', request: { modelReference: 'abacus@' } },
    { what: 'a model without active deployment', code: 'model.no_deployment', request: { modelReference: 'idle' } },
    { what: 'a model whose file is not the registered one', code: 'artifact.mismatch', request: { modelReference: 'blocked' } },
    { what: 'a licence that denies', code: 'license.denied', request: { modelReference: 'scholar' } },
    { what: 'a licence that nobody has read', code: 'license.review', request: { modelReference: 'mystery' } },
    { what: 'a model without a price', code: 'price.unknown', request: { modelReference: 'unpriced' } },
    { what: 'an unknown project', code: 'resource.not_found', request: { requester: keyless } },
    { what: 'a key that was revoked', code: 'auth.invalid_key', request: { requester: { ...keyless, keyId: newId('key') } } },
    { what: 'a key that has expired', code: 'auth.expired_key', facts: expired() },
    { what: 'too many requests', code: 'rate_limit.exceeded', facts: limited(), far: { allowed: false } },
    { what: 'a budget that is used up', code: 'budget.exceeded', far: { hold: exceeded } },
    { what: 'a budget that is not set up yet', code: 'budget.unavailable', far: { hold: { ok: false, reason: 'unknown-account', accountId: 'bud_1/2026-03' } } },
  ])('of $what: $code', async ({ code, facts, far, request }) => {
    const { codeOf, outcomes } = admission(facts, far);

    expect(await codeOf(request)).toBe(code);
    expect(outcomes).toEqual([code]);
  });

  test('by licence comes before the request is counted or money is held', async () => {
    const { codeOf, holds, rates } = admission(limited());

    await codeOf({ modelReference: 'scholar' });

    expect([rates, holds]).toEqual([[], []]);
  });

  test('by budget says what is left and what it may cost', async () => {
    const { admit, request } = admission(undefined, { hold: exceeded });

    await expect(admit(request())).rejects.toMatchObject({ detail: expect.stringContaining('0.000000000001'), extensions: { remainingUsd: '0.000000000001', worstCaseUsd: '0.000646' } });
  });

  test('of a project that lets unknown prices pass is none: the ticket says that there is no price', async () => {
    const facts = createTestFacts();
    facts.snapshot.projects = facts.snapshot.projects.map((project) => ({ ...project, unknownPricePolicy: 'flag' as const }));
    const { admit, request } = admission(facts);

    const { ticket } = await admit(request({ modelReference: 'unpriced' }));

    expect(ticket).toMatchObject({ holdUsd: '0', candidates: [{ priceId: null, price: null }] });
  });
});

describe('a use case', () => {
  test('is the one that the request names, by id or name, before the key’s', async () => {
    const facts = createTestFacts();
    const other = { ...facts.snapshot.useCases[0]!, id: newId('useCase'), name: 'research', facts: { ...facts.snapshot.useCases[0]!.facts, commercial: false, purposes: ['research'] } };
    facts.snapshot.useCases.push(other);
    const { admit, request } = admission(facts);

    const named = await admit(request({ modelReference: 'scholar', namedUseCase: 'research' }));
    const byId = await admit(request({ modelReference: 'scholar', namedUseCase: other.id }));

    expect([named.ticket.useCaseId, byId.ticket.useCaseId]).toEqual([other.id, other.id]);
  });

  test('of another project is refused as one that does not exist', async () => {
    const { codeOf, facts } = admission();

    expect(await codeOf({ namedUseCase: facts.rival.useCaseId })).toBe('request.invalid');
  });

  test('is needed', async () => {
    const { codeOf, facts } = admission();

    expect(await codeOf({ requester: { projectId: facts.search.id, keyId: facts.search.unbound.id, useCaseId: null } })).toBe('request.invalid');
  });
});

describe('lines of batches and samples of runs', () => {
  test('do not count against the requests a minute of the key', async () => {
    const facts = createTestFacts();
    facts.snapshot.keys = facts.snapshot.keys.map((key) => ({ ...key, requestsPerMinute: 1 }));
    const { codeOf, rates } = admission(facts, { allowed: false });

    expect(await codeOf({ countsAgainstRate: false })).toBe('admitted');
    expect(rates).toEqual([]);
  });
});
