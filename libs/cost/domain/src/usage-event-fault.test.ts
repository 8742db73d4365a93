import { describe, expect, test } from 'vitest';
import { correctionOf } from './correction.ts';
import { HoldContext, unknownUsageEvent } from './hold-context.ts';
import { PriceEntry } from './price-book.ts';
import { UsageEvent } from './usage-event.ts';
import { usageEventFault, usageEventKind } from './usage-event-fault.ts';

const id = (prefix: string, digit: string) => `${prefix}_${digit.repeat(32)}`;
const job = id('job', '1');

const price = PriceEntry.parse({
  id: id('price', '2'),
  model: 'mini',
  version: null,
  deploymentId: null,
  price: { inputUsdPerMillion: '1', outputUsdPerMillion: '2' },
  effectiveFrom: '2026-01-01T00:00:00Z',
  source: 'test',
  createdAt: '2026-01-01T00:00:00Z',
});

/** 100 tokens in and 50 out: 0.0002 USD. */
const attempt = (more: Record<string, unknown> = {}): UsageEvent =>
  UsageEvent.parse({
    id: `${job}.1`,
    jobId: job,
    attempt: 1,
    projectId: id('proj', '3'),
    keyId: null,
    useCaseId: null,
    model: 'mini',
    version: '1.0',
    deploymentId: id('dep', '4'),
    backend: 'openai',
    lane: 'interactive',
    batchId: null,
    runId: null,
    tags: {},
    outcome: 'succeeded',
    settlement: 'exact',
    tokens: { inputTokens: 100, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 50, reasoningTokens: 0 },
    priceId: price.id,
    costUsd: '0.0002',
    decisionDigest: null,
    errorCode: null,
    occurredAt: '2026-01-31T23:59:59.000Z',
    queuedMs: 1,
    firstTokenMs: null,
    durationMs: 10,
    final: true,
    budgetAccounts: [],
    ...more,
  });

const noTokens = { inputTokens: 0, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 0, reasoningTokens: 0 };
const unknown = (more: Record<string, unknown> = {}) => attempt({ id: `${job}.1.unknown`, outcome: 'unknown', settlement: 'unknown', tokens: noTokens, costUsd: '0.5', ...more });

describe('usageEventFault', () => {
  test.each([
    ['an attempt that costs what its tokens cost', attempt()],
    ['the same amount in another spelling', attempt({ costUsd: '0.000200' })],
    ['a failed attempt that cost nothing', attempt({ outcome: 'failed', settlement: 'estimated', tokens: noTokens, costUsd: '0' })],
    ['an attempt without a price that cost nothing', attempt({ priceId: null, costUsd: '0' })],
    ['an attempt of unknown outcome, at any amount', unknown()],
    ['a failed attempt of which nobody knows what it spent', unknown({ outcome: 'failed' })],
    ['a reserve for an attempt whose deployment has no price', unknown({ priceId: null })],
  ])('finds none in %s', (_, event) => {
    expect(usageEventFault(event, price)).toBeNull();
  });

  test.each([
    ['a pico-dollar too much', attempt({ costUsd: '0.000200000001' }), /cost 0.0002 USD/],
    ['a pico-dollar too little', attempt({ costUsd: '0.000199999999' }), /cost 0.0002 USD/],
    ['a negative cost', attempt({ costUsd: '-0.0002' }), /says -0.0002/],
    ['a cost without a price', attempt({ priceId: null }), /names no price/],
    ['a price that does not exist', attempt({ priceId: id('price', '9') }), /there is no price/],
    ['the price of another model', attempt({ model: 'base' }), /not for this deployment/],
    ['the id of another attempt', attempt({ id: `${job}.2` }), /not made of its job/],
    ['the id of another job', attempt({ id: `${id('job', '7')}.1` }), /not made of its job/],
    ['an attempt number with a zero in front', attempt({ id: `${job}.01` }), /not made of its job/],
    ['a correction', attempt({ id: `${job}.1.correction`, costUsd: '-0.5' }), /ledger alone/],
    ['an unknown outcome under the id of a known one', attempt({ outcome: 'unknown' }), /do not agree/],
    ['an exact settlement of an unknown outcome', unknown({ settlement: 'exact' }), /do not agree/],
    ['an estimate under the id of an unknown one', unknown({ outcome: 'failed', settlement: 'estimated' }), /do not agree/],
    ['an unknown settlement under the id of a known one', attempt({ settlement: 'unknown' }), /do not agree/],
    ['an unknown outcome with tokens', unknown({ tokens: { ...noTokens, inputTokens: 1 } }), /counts no tokens/],
    ['a negative unknown', unknown({ costUsd: '-0.5' }), /may be negative/],
  ])('finds %s', (_, event, fault) => {
    expect(usageEventFault(event, price)).toMatch(fault);
  });
});

describe('usageEventKind', () => {
  test.each([
    ['', 'attempt'],
    ['.unknown', 'unknown'],
    ['.correction', 'correction'],
  ])('"%s" is %s', (suffix, kind) => {
    expect(usageEventKind({ id: `${job}.1${suffix}` })).toBe(kind);
  });
});

describe('correctionOf', () => {
  test('cancels the unknown event in every sum, and differs in nothing that one groups by', () => {
    const event = unknown({ budgetAccounts: ['bud_1/2026-01'] });

    const correction = UsageEvent.parse(correctionOf(event));

    expect(correction).toEqual({ ...event, id: `${job}.1.correction`, costUsd: '-0.5', final: false });
  });

  test('of nothing is nothing, not minus nothing', () => {
    expect(correctionOf(unknown({ costUsd: '0' })).costUsd).toBe('0');
  });
});

describe('unknownUsageEvent', () => {
  const context = HoldContext.parse({
    v: 1,
    jobId: job,
    attempt: 1,
    projectId: id('proj', '3'),
    keyId: id('key', '5'),
    useCaseId: id('uc', '6'),
    model: 'mini',
    version: '1.0',
    deploymentId: id('dep', '4'),
    backend: 'openai',
    lane: 'batch',
    batchId: id('batch', '8'),
    runId: null,
    tags: { team: 'claims' },
    priceId: price.id,
    decisionDigest: 'abc',
    budgetAccounts: ['bud_1/2026-01'],
    queuedAt: '2026-01-31T10:00:00.000Z',
  });

  test('is an event that the ledger takes, at the amount that was held', () => {
    const event = UsageEvent.parse(unknownUsageEvent(context, { cost: 1_500_000_000_000n as never, attempt: 2, occurredAt: new Date('2026-01-31T10:00:05Z'), final: true }));

    expect(event).toMatchObject({ id: `${job}.2.unknown`, costUsd: '1.5', tokens: noTokens, final: true, budgetAccounts: ['bud_1/2026-01'], tags: { team: 'claims' }, durationMs: 5_000 });
    expect(usageEventFault(event, price)).toBeNull();
  });

  test('never lasts less than no time, even when clocks disagree', () => {
    expect(unknownUsageEvent(context, { cost: 0n as never, attempt: 1, occurredAt: new Date('2026-01-31T09:00:00Z'), final: false }).durationMs).toBe(0);
  });
});
