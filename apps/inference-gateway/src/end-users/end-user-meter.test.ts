import type { SeenMembers } from '@weighbridge/shared-adapters/distinct-counts';
import { silentLogger } from '@weighbridge/shared-adapters/logging';
import { describe, expect, test } from 'vitest';
import { indexRegistry } from '../facts/registry-index.ts';
import { createTestFacts } from '../testing/test-facts.ts';
import { createEndUserMeter } from './end-user-meter.ts';
import { createFamiliesOf } from './license-families.ts';

const registry = indexRegistry(createTestFacts().snapshot);

function meter({ mostPending, at = '2026-03-15T12:00:00Z' }: { mostPending?: number; at?: string } = {}) {
  const sent: SeenMembers[][] = [];
  const warnings: string[] = [];
  const store = { down: false, at };
  const made = createEndUserMeter({
    counts: {
      add: async (seen) => {
        if (store.down) throw new Error('away');
        sent.push([...seen]);
      },
    },
    familiesOf: () => ['*', 'Llama'],
    pseudonymOf: (user) => `pseudonym of ${user}`,
    now: () => new Date(store.at),
    logger: { ...silentLogger(), warn: (entry: object) => void warnings.push((entry as { event: string }).event) },
    ...(mostPending === undefined ? {} : { mostPending }),
  });
  const ask = (user: string | null | undefined, safety_identifier?: string) => made.record(registry, 'abacus@1', { ...(user === undefined ? {} : { user }), ...(safety_identifier === undefined ? {} : { safety_identifier }) });
  return { ...made, ask, sent, warnings, store };
}

describe('the meter of end users', () => {
  test('sends pseudonyms in groups, each person once, for every family and month', async () => {
    const { ask, flush, sent, store } = meter();
    for (const user of ['ada', 'bob', 'ada']) ask(user);
    await flush();
    ask('ada');
    await flush();
    store.at = '2026-04-01T00:00:00Z';
    ask('ada');
    await flush();

    expect(sent).toEqual([
      [
        { period: '2026-03', series: '*', members: ['pseudonym of ada', 'pseudonym of bob'] },
        { period: '2026-03', series: 'Llama', members: ['pseudonym of ada', 'pseudonym of bob'] },
      ],
      [
        { period: '2026-04', series: '*', members: ['pseudonym of ada'] },
        { period: '2026-04', series: 'Llama', members: ['pseudonym of ada'] },
      ],
    ]);
  });

  test('takes the safety identifier before the user, and a request that names nobody for nobody', async () => {
    const { ask, flush, sent } = meter();
    ask('ada', 'hash of ada');
    ask(undefined);
    ask(null);
    ask('');
    await flush();

    expect(sent.flat().flatMap(({ members }) => members)).toEqual(['pseudonym of hash of ada', 'pseudonym of hash of ada']);
  });

  test('keeps what could not be sent for the next time', async () => {
    const { ask, flush, sent, store, warnings } = meter();
    store.down = true;
    ask('ada');
    await flush();
    store.down = false;
    ask('bob');
    await flush();

    expect(warnings).toEqual(['end_users_not_sent']);
    expect(sent.flat().map(({ members }) => members.length)).toEqual([2, 2]);
  });

  test('holds no more than its bound, and counts who was left out when he comes again', async () => {
    const { ask, flush, sent, store, warnings } = meter({ mostPending: 4 });
    store.down = true;
    for (const user of ['ada', 'bob', 'eve']) ask(user);
    await flush();
    store.down = false;
    await flush();
    ask('eve');
    await flush();

    expect(warnings).toContain('end_users_not_counted');
    expect(new Set(sent.flat().flatMap(({ members }) => members))).toEqual(new Set(['pseudonym of ada', 'pseudonym of bob', 'pseudonym of eve']));
  });

  test('sends the rest when it closes', async () => {
    const { ask, close, sent } = meter();
    ask('ada');
    await close();

    expect(sent).toHaveLength(1);
  });
});

test('a version counts for the families of all licences that reach it, and for all together', () => {
  const facts = createTestFacts();
  const [abacus] = facts.snapshot.versions;
  if (abacus === undefined) throw new Error('the test facts have no version');
  facts.snapshot.versions.push({ ...abacus, ref: 'llama@1', publisher: 'Meta', license: 'LicenseRef-Llama-3.3' }, { ...abacus, ref: 'tuned@1', baseModels: [{ ref: 'llama@1', relation: 'finetune' }] });
  const familiesOf = createFamiliesOf();

  expect(familiesOf(indexRegistry(facts.snapshot), 'tuned@1')).toEqual(expect.arrayContaining(['*', 'Llama']));
  expect(familiesOf(indexRegistry(facts.snapshot), 'abacus@1')).not.toContain('Llama');
  expect(familiesOf(indexRegistry(facts.snapshot), 'nobody@1')).toEqual(['*']);
});
