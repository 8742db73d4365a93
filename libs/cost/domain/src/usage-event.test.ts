import { describe, expect, test } from 'vitest';
import { UsageEvent, usageEventId } from './usage-event.ts';

const job = `job_${'a'.repeat(32)}`;

describe('usageEventId', () => {
  test.each([
    { attempt: 1, kind: undefined, id: `${job}.1` },
    { attempt: 12, kind: 'unknown', id: `${job}.12.unknown` },
    { attempt: 9999, kind: 'correction', id: `${job}.9999.correction` },
  ] as const)('$id', ({ attempt, kind, id }) => {
    expect(usageEventId(job, attempt, kind)).toBe(id);
    expect(UsageEvent.shape.id.safeParse(id).success).toBe(true);
  });

  test.each([`${job}`, `${job}.`, `${job}.10000`, `${job}.1.other`, `job_${'a'.repeat(31)}.1`, `run_${'a'.repeat(32)}.1`, `${job}.1.unknown.correction`])('%s is none', (id) => {
    expect(UsageEvent.shape.id.safeParse(id).success).toBe(false);
  });
});
