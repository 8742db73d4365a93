import { describe, expect, test } from 'vitest';
import { PriceEntry, priceCovers, priceInForce } from './price-book.ts';

const id = (digit: string) => digit.repeat(32);
const deployment = `dep_${id('d')}`;
const target = { model: 'deepseek-v3', version: '2024-12-26', deploymentId: deployment };

const entry = (name: string, more: Record<string, unknown> = {}): PriceEntry =>
  PriceEntry.parse({
    id: `price_${id(name)}`,
    model: 'deepseek-v3',
    version: null,
    deploymentId: null,
    price: { inputUsdPerMillion: '1', outputUsdPerMillion: '2' },
    effectiveFrom: '2026-01-01T00:00:00.000Z',
    source: 'test',
    createdAt: '2026-01-01T00:00:00.000Z',
    ...more,
  });

describe('priceInForce', () => {
  const model = entry('1');
  const version = entry('2', { version: '2024-12-26' });
  const ofDeployment = entry('3', { deploymentId: deployment });
  const both = entry('4', { version: '2024-12-26', deploymentId: deployment });
  const later = entry('5', { effectiveFrom: '2026-02-01T00:00:00.000Z' });
  const rewritten = entry('6', { createdAt: '2026-01-15T00:00:00.000Z' });
  const twin = entry('7');

  test.each<{ what: string; entries: PriceEntry[]; at?: string; wins: PriceEntry | null }>([
    { what: 'no entries: no price', entries: [], wins: null },
    { what: 'the entry of the model', entries: [model], wins: model },
    { what: 'a version before its model', entries: [model, version], wins: version },
    { what: 'a deployment before a version', entries: [version, ofDeployment], wins: ofDeployment },
    { what: 'deployment and version before all', entries: [ofDeployment, both, version, model], wins: both },
    { what: 'a narrow old price before a broad new one', entries: [version, later], at: '2026-03-01T00:00:00Z', wins: version },
    { what: 'not yet in force', entries: [model], at: '2025-12-31T23:59:59.999Z', wins: null },
    { what: 'in force from its very instant', entries: [model, later], at: '2026-02-01T00:00:00.000Z', wins: later },
    { what: 'the old one until just before', entries: [model, later], at: '2026-01-31T23:59:59.999Z', wins: model },
    { what: 'the one written last, of two from the same instant', entries: [rewritten, model], wins: rewritten },
    { what: 'the larger id, of two written at once', entries: [twin, model], wins: twin },
    { what: 'another version', entries: [entry('8', { version: 'other' })], wins: null },
    { what: 'another deployment', entries: [entry('8', { deploymentId: `dep_${id('e')}` })], wins: null },
    { what: 'another model', entries: [entry('8', { model: 'deepseek-r1' })], wins: null },
  ])('$what', ({ entries, at = '2026-01-20T00:00:00Z', wins }) => {
    expect(priceInForce(entries, target, new Date(at))).toBe(wins);
    expect(priceInForce(entries.toReversed(), target, new Date(at))).toBe(wins);
  });

  test('instants are compared, not their spelling', () => {
    const short = entry('9', { effectiveFrom: '2026-02-01T00:00:00Z' });

    expect(priceInForce([short, model], target, new Date('2026-02-01T00:00:00.000Z'))).toBe(short);
  });
});

describe('priceCovers', () => {
  test.each([
    { entryOf: { model: 'm', version: null, deploymentId: null }, covers: true },
    { entryOf: { model: 'm', version: 'v', deploymentId: null }, covers: true },
    { entryOf: { model: 'm', version: 'w', deploymentId: null }, covers: false },
    { entryOf: { model: 'n', version: null, deploymentId: null }, covers: false },
    { entryOf: { model: 'm', version: 'w', deploymentId: deployment }, covers: false },
    { entryOf: { model: 'm', version: 'v', deploymentId: deployment }, covers: true },
  ])('$entryOf: $covers', ({ entryOf, covers }) => {
    expect(priceCovers(entryOf as never, { model: 'm', version: 'v', deploymentId: deployment })).toBe(covers);
  });
});
