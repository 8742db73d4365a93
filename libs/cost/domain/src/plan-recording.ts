import { parseUsd } from '@weighbridge/shared-domain';
import { correctionOf } from './correction.ts';
import type { UsageEvent } from './usage-event.ts';
import { usageEventKind } from './usage-event-fault.ts';

export interface RecordingPlan {
  /** To be written: what is new, and the corrections that it brings. */
  readonly events: readonly UsageEvent[];
  /** Ids of attempts that are recorded already with other content. The record stands. */
  readonly conflicts: readonly string[];
}

/**
 * What a group of events changes in the ledger, given all that is recorded of their attempts already. An attempt's own event always
 * wins over one of unknown outcome: the unknown one is dropped when it comes second, and corrected when it came first.
 */
export function planRecording(incoming: readonly UsageEvent[], recorded: readonly UsageEvent[]): RecordingPlan {
  const known = new Map(recorded.map((event) => [event.id, event]));
  const own = new Set([...recorded, ...incoming].filter((event) => usageEventKind(event) === 'attempt').map(attemptOf));
  const unknowns = new Map(recorded.filter((event) => usageEventKind(event) === 'unknown').map((event) => [attemptOf(event), event]));
  const events: UsageEvent[] = [];
  const conflicts: string[] = [];
  for (const event of incoming) {
    const isAttempt = usageEventKind(event) === 'attempt';
    const twin = known.get(event.id);
    if (twin !== undefined) {
      if (isAttempt && !sameContent(event, twin)) conflicts.push(event.id);
      continue;
    }
    if (!isAttempt && own.has(attemptOf(event))) continue;
    known.set(event.id, event);
    events.push(event);
    const unknown = unknowns.get(attemptOf(event));
    if (isAttempt && unknown !== undefined) events.push(correctionOf(unknown));
  }
  return { events, conflicts };
}

const attemptOf = (event: UsageEvent): string => `${event.jobId}.${event.attempt}`;

/** Whether two events tell the same of an attempt. Times may differ: who sends again may have measured again. */
const sameContent = (a: UsageEvent, b: UsageEvent): boolean =>
  parseUsd(a.costUsd) === parseUsd(b.costUsd) &&
  a.outcome === b.outcome &&
  a.priceId === b.priceId &&
  a.deploymentId === b.deploymentId &&
  (Object.keys(a.tokens) as (keyof UsageEvent['tokens'])[]).every((kind) => a.tokens[kind] === b.tokens[kind]);
