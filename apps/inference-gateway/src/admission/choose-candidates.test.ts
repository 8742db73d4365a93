import type { PriceEntry } from '@weighbridge/cost-domain';
import { newId } from '@weighbridge/shared-adapters/ids';
import type { AppError } from '@weighbridge/shared-domain';
import { describe, expect, test } from 'vitest';
import type { SnapshotDeployment } from '../facts/registry-index.ts';
import { chooseCandidates } from './choose-candidates.ts';
import type { CandidateInput } from './choose-candidates.ts';

const at = new Date('2026-03-15T12:00:00.000Z');
const deployment = (more: Partial<SnapshotDeployment> = {}): SnapshotDeployment => ({
  id: newId('deployment'),
  model: 'abacus',
  version: '1',
  pool: 'default',
  weight: 1,
  concurrency: 8,
  contextLength: null,
  defaultMaxOutputTokens: 100,
  hostedIn: null,
  status: 'active',
  block: null,
  backend: { kind: 'openai', baseUrl: 'http://127.0.0.1:9/v1', upstreamModel: 'abacus', apiKeySealed: null },
  ...more,
});
const price = (output: string, more: Partial<PriceEntry> = {}): PriceEntry => ({
  id: newId('price'),
  model: 'abacus',
  version: null,
  deploymentId: null,
  price: { inputUsdPerMillion: '0', outputUsdPerMillion: output },
  effectiveFrom: '2026-01-01T00:00:00.000Z',
  source: 'test',
  createdAt: '2026-01-01T00:00:00.000Z',
  ...more,
});
const choose = (deployments: readonly SnapshotDeployment[], prices: readonly PriceEntry[], more: Partial<CandidateInput> = {}) =>
  chooseCandidates({
    resolved: { model: 'abacus', version: '1', ref: 'abacus@1', deployments },
    request: { model: 'abacus', messages: [{ role: 'user', content: 'hi' }] },
    prices,
    unknownPricePolicy: 'deny',
    at,
    random: 0,
    ...more,
  });

describe('chooseCandidates', () => {
  test('holds the dearest of all that may be tried', () => {
    const [cheap, dear] = [deployment(), deployment()];

    const chosen = choose([cheap, dear], [price('1'), price('7', { deploymentId: dear.id })]);

    expect(chosen.candidates.map(({ deploymentId }) => deploymentId)).toEqual([cheap.id, dear.id]);
    expect(chosen.worstCase).toBe(100n * 7_000_000n);
  });

  test('takes the price in force now, not one that comes later', () => {
    const chosen = choose([deployment()], [price('1'), price('9', { effectiveFrom: '2026-04-01T00:00:00.000Z' })]);

    expect(chosen.worstCase).toBe(100n * 1_000_000n);
  });

  test('leaves out what is paused, has no price, or is in another pool, and says why', () => {
    const [first, paused, elsewhere, unpriced] = [deployment(), deployment({ status: 'paused' }), deployment({ pool: 'gpu' }), deployment()];
    const prices = [first, elsewhere].map(({ id }) => price('1', { deploymentId: id }));

    const chosen = choose([first, paused, elsewhere, unpriced], prices);

    expect(chosen.candidates).toHaveLength(1);
    expect(chosen.pool).toBe('default');
    expect(Object.fromEntries(chosen.passedOver.map(({ deploymentId, reason }) => [deploymentId, reason]))).toEqual({
      [paused.id]: expect.stringContaining('paused'),
      [elsewhere.id]: expect.stringContaining('gpu'),
      [unpriced.id]: expect.stringContaining('price'),
    });
  });

  test.each([
    { limit: undefined, contextLength: null, expected: 100 },
    { limit: 30, contextLength: null, expected: 30 },
    { limit: 5_000, contextLength: 2_048, expected: 2_048 },
  ])('output of at most $expected tokens for a limit of $limit and a context of $contextLength', ({ limit, contextLength, expected }) => {
    const request = { model: 'abacus', messages: [{ role: 'user' as const, content: 'hi' }], ...(limit === undefined ? {} : { max_completion_tokens: limit }) };

    expect(choose([deployment({ contextLength })], [price('1')], { request }).maxOutputTokens).toBe(expected);
  });

  test('a prompt is bounded by the context, past which no server bills', () => {
    const request = { model: 'abacus', messages: [{ role: 'user' as const, content: 'x'.repeat(10_000) }] };

    expect(choose([deployment({ contextLength: 4_096 })], [price('1')], { request }).inputTokensBound).toBe(4_096);
  });

  test.each([
    { what: 'all are paused', deployments: [deployment({ status: 'paused' })], prices: [price('1')], code: 'model.no_deployment' },
    { what: 'none has a price', deployments: [deployment()], prices: [], code: 'price.unknown' },
  ])('where $what: $code', ({ deployments, prices, code }) => {
    let thrown: unknown;
    try {
      choose(deployments, prices);
    } catch (error) {
      thrown = error;
    }

    expect((thrown as AppError).code).toBe(code);
  });
});

describe('chooseCandidates for embeddings', () => {
  const llama = () => deployment({ backend: { kind: 'llama-cpp', artifact: 'a.gguf', sha256: 'a'.repeat(64) } });
  const request = { model: 'abacus', input: ['a', 'bc'] };
  const perInput = price('0', { price: { inputUsdPerMillion: '1', outputUsdPerMillion: '0' } });

  test('passes over what has none, and holds every input, whatever the context', () => {
    const [able, unable] = [deployment({ contextLength: 8 }), llama()];

    const chosen = choose([unable, able], [perInput], { request });

    expect(chosen.candidates.map(({ deploymentId }) => deploymentId)).toEqual([able.id]);
    expect(chosen.passedOver).toEqual([{ deploymentId: unable.id, reason: expect.stringContaining('no embeddings') }]);
    expect(chosen.inputTokensBound).toBe(2 * 16 + 3);
    expect(chosen.worstCase).toBe(35n * 1_000_000n);
  });

  test('refuses a model that nothing can embed with', () => {
    expect(() => choose([llama()], [perInput], { request })).toThrow(expect.objectContaining({ code: 'request.unsupported' }) as AppError);
  });
});
