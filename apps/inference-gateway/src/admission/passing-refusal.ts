import type { ErrorCode } from '@weighbridge/shared-domain';

/** Refusals that say nothing about the request: the same one may be admitted in a moment. Durable work waits instead of failing. */
const passing: ReadonlySet<ErrorCode> = new Set(['budget.unavailable', 'service.unavailable', 'service.internal', 'rate_limit.exceeded', 'queue.full']);

export const isPassingRefusal = (code: ErrorCode): boolean => passing.has(code);
