import { newId } from '@weighbridge/shared-adapters/ids';
import type { AppError } from '@weighbridge/shared-domain';
import { describe, expect, test } from 'vitest';
import { indexCosts } from '../facts/cost-index.ts';
import { createJudge } from '../facts/license-judge.ts';
import { indexRegistry } from '../facts/registry-index.ts';
import { createAdmit } from '../operations/admit.ts';
import type { AdmissionRequest } from '../operations/admit.ts';
import { createTestFacts } from '../testing/test-facts.ts';

const now = new Date('2026-03-15T12:00:00.000Z');
const euOnly = `
@message("Personal data stays in the EU.")
forbid (principal, action, resource)
when { principal.hasTag("data") && principal.getTag("data") == "personal" }
unless { context.hostedInEu };
`;

/** `abacus@1` runs at these places, and the use case has these labels; money and rate are no matter here. */
function gate(places: readonly (string | null)[], { labels = { data: 'personal' }, approved = false }: { labels?: Record<string, string>; approved?: boolean } = {}) {
  const facts = createTestFacts();
  const { snapshot } = facts;
  const template = snapshot.deployments[0];
  const useCase = snapshot.useCases.find(({ id }) => id === facts.search.useCaseId);
  if (template === undefined || useCase === undefined) throw new Error('the test facts have no deployment or use case');
  useCase.labels = labels;
  snapshot.policies = [{ name: 'eu-only', revision: 3, text: euOnly }];
  snapshot.deployments = places.map((hostedIn) => ({ ...template, id: newId('deployment'), hostedIn }));
  if (approved) snapshot.approvals = [{ id: newId('approval'), projectId: facts.search.id, useCaseId: useCase.id, model: 'abacus@1', grounds: null, expiresAt: '2026-04-01T00:00:00.000Z' }];
  const [registry, costs, judge] = [indexRegistry(snapshot), indexCosts(facts.costs), createJudge()];
  const admit = createAdmit({
    registry: () => registry,
    costs: () => costs,
    judge,
    rateLimiter: { consume: async (_, limit) => ({ allowed: true, limit, remaining: 1, resetMs: 1 }) },
    holds: { hold: async () => ({ ok: true }) },
    recordEndUser: () => {},
    gatewayId: 'gw_1',
    now: () => now,
    random: () => 0,
    observe: () => {},
  });
  const request: AdmissionRequest = {
    jobId: newId('job'),
    requester: { projectId: facts.search.id, keyId: facts.search.runner.id, useCaseId: useCase.id },
    namedUseCase: undefined,
    modelReference: 'abacus@1',
    request: { model: 'abacus@1', messages: [{ role: 'user', content: 'hi' }] },
    lane: 'interactive',
    tags: {},
    batchId: null,
    runId: null,
    deadlineAt: new Date(now.getTime() + 60_000),
    countsAgainstRate: false,
  };
  const placeOf = new Map(snapshot.deployments.map(({ id, hostedIn }) => [id, hostedIn]));
  return async () => {
    const { ticket } = await admit(request);
    const at = (ids: readonly { deploymentId: (typeof ticket.candidates)[number]['deploymentId'] }[]) => ids.map(({ deploymentId }) => placeOf.get(deploymentId));
    return { ticket, candidates: at(ticket.candidates), passedOver: at(ticket.passedOver) };
  };
}

describe('the route of a use that a policy keeps in the EU', () => {
  test('has no deployment outside, not even to fall back on', async () => {
    const { ticket, candidates, passedOver } = await gate(['US', 'DE', null, 'EU'])();

    expect(new Set(candidates)).toEqual(new Set(['DE', 'EU']));
    expect(passedOver).toEqual(['US', null]);
    expect(ticket.passedOver.map(({ reason }) => reason)).toEqual(['A policy of the organisation keeps this use from it.', 'A policy of the organisation keeps this use from it without an approval.']);
  });

  test('is open to what the policy is not about', async () => {
    expect((await gate(['US', 'DE'], { labels: { data: 'public' } })()).candidates).toHaveLength(2);
  });

  test('is refused with the policy where every deployment is outside, whatever was approved', async () => {
    const refusal = await gate(['US'], { approved: true })().catch((error: unknown) => error as AppError);

    expect(refusal).toMatchObject({ code: 'license.denied', detail: expect.stringMatching(/^A policy of the organisation does not allow .*Policy "eu-only": Personal data stays in the EU\.$/), extensions: { reasons: [{ code: 'policy', policy: 'eu-only' }] } });
  });

  test('needs an approval where the place is not known, and an approval opens nothing that is denied', async () => {
    expect(await gate([null, 'US'])().catch((error: unknown) => (error as AppError).code)).toBe('license.review');
    expect((await gate([null, 'US'], { approved: true })()).candidates).toEqual([null]);
  });

  test('stays where it is allowed: an approval is for a use that nothing allows, not for more places', async () => {
    expect((await gate([null, 'DE'], { approved: true })()).candidates).toEqual(['DE']);
  });
});
