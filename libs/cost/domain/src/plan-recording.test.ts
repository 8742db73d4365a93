import { describe, expect, test } from 'vitest';
import { correctionOf } from './correction.ts';
import { planRecording } from './plan-recording.ts';
import type { UsageEvent } from './usage-event.ts';

const noTokens = { inputTokens: 0, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 0, reasoningTokens: 0 };
const attempt = (name: string, costUsd = '1', more: Partial<UsageEvent> = {}): UsageEvent => {
  const [jobId = '', number = ''] = name.split('.');
  return { id: name, jobId, attempt: Number(number), outcome: 'succeeded', priceId: 'p', deploymentId: 'd', costUsd, tokens: noTokens, budgetAccounts: [], final: true, ...more } as unknown as UsageEvent;
};
const unknown = (name: string, costUsd = '5') => attempt(`${name}.unknown`, costUsd, { outcome: 'unknown' });

describe('planRecording', () => {
  test.each<{ what: string; incoming: UsageEvent[]; recorded?: UsageEvent[]; written: string[]; conflicts?: string[] }>([
    { what: 'what is new is written', incoming: [attempt('a.1'), attempt('a.2'), attempt('b.1')], written: ['a.1', 'a.2', 'b.1'] },
    { what: 'what is there is not written again', incoming: [attempt('a.1'), attempt('b.1')], recorded: [attempt('a.1')], written: ['b.1'] },
    { what: 'amounts are compared, not their spelling', incoming: [attempt('a.1', '1.00')], recorded: [attempt('a.1', '1')], written: [] },
    { what: 'twice in one group is once', incoming: [attempt('a.1'), attempt('a.1')], written: ['a.1'] },
    { what: 'the same attempt at another cost is a conflict', incoming: [attempt('a.1', '2')], recorded: [attempt('a.1', '1')], written: [], conflicts: ['a.1'] },
    { what: 'with another outcome too', incoming: [attempt('a.1', '1', { outcome: 'failed' })], recorded: [attempt('a.1')], written: [], conflicts: ['a.1'] },
    { what: 'with other tokens too', incoming: [attempt('a.1', '1', { tokens: { ...noTokens, outputTokens: 1 } })], recorded: [attempt('a.1')], written: [], conflicts: ['a.1'] },
    { what: 'by another deployment too', incoming: [attempt('a.1', '1', { deploymentId: 'e' as never })], recorded: [attempt('a.1')], written: [], conflicts: ['a.1'] },
    { what: 'a conflict inside one group: the first stands', incoming: [attempt('a.1', '1'), attempt('a.1', '2')], written: ['a.1'], conflicts: ['a.1'] },
    { what: 'an unknown attempt is written', incoming: [unknown('a.1')], written: ['a.1.unknown'] },
    { what: 'a second unknown at another amount changes nothing', incoming: [unknown('a.1', '6')], recorded: [unknown('a.1', '5')], written: [] },
    { what: 'known first, unknown later: dropped', incoming: [unknown('a.1')], recorded: [attempt('a.1')], written: [] },
    { what: 'both in one group: the known one', incoming: [unknown('a.1'), attempt('a.1')], written: ['a.1'] },
    { what: 'unknown first, known later: corrected', incoming: [attempt('a.1')], recorded: [unknown('a.1')], written: ['a.1', 'a.1.correction'] },
    { what: 'corrected once', incoming: [attempt('a.1')], recorded: [unknown('a.1'), attempt('a.1'), correctionOf(unknown('a.1'))], written: [] },
    { what: 'another attempt of the job corrects nothing', incoming: [attempt('a.2')], recorded: [unknown('a.1')], written: ['a.2'] },
    { what: 'nothing of nothing', incoming: [], written: [] },
  ])('$what', ({ incoming, recorded = [], written, conflicts = [] }) => {
    const plan = planRecording(incoming, recorded);

    expect(plan.events.map(({ id }) => id)).toEqual(written);
    expect(plan.conflicts).toEqual(conflicts);
  });

  test('a correction takes back what the unknown event was recorded at', () => {
    const { events } = planRecording([attempt('a.1', '0.25')], [unknown('a.1', '5')]);

    expect(events.map(({ costUsd }) => costUsd)).toEqual(['0.25', '-5']);
  });
});
