import { z } from 'zod';

/** What a project may be told of. Jobs are those of their own: lines of a batch and samples of a run end by the thousand, and their batch or run tells. */
export const WebhookEvent = z.enum(['job.succeeded', 'job.failed', 'job.cancelled', 'job.expired', 'batch.completed', 'batch.failed', 'batch.expired', 'batch.cancelled']);
export type WebhookEvent = z.infer<typeof WebhookEvent>;

/** `pending`: is or will be tried. `dead`: given up, and given again by hand only. */
export const DeliveryStatus = z.enum(['pending', 'delivered', 'dead']);
export type DeliveryStatus = z.infer<typeof DeliveryStatus>;

/** What came of one try. `retryAfterMs` is what the receiver asked for. */
export interface DeliveryTry {
  /** Null: no answer came. */
  readonly statusCode: number | null;
  readonly retryAfterMs: number | null;
}

export interface RetryMoment {
  /** Tries of this round, this one included. */
  readonly round: number;
  /** Drawn evenly from [0, 1). */
  readonly random: number;
}

/** `gone`: the receiver wants no more, so the endpoint is disabled. */
export type DeliveryDecision = { readonly outcome: 'delivered' } | { readonly outcome: 'retry'; readonly delayMs: number } | { readonly outcome: 'dead' } | { readonly outcome: 'gone' };

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Waits between tries: twelve tries over 26 hours and 43 minutes, dense at first, since most receivers are back within minutes. */
export const deliveryWaitsMs: readonly number[] = [5 * second, 30 * second, 2 * minute, 10 * minute, 30 * minute, hour, 2 * hour, 4 * hour, 5 * hour, 6 * hour, 8 * hour];

/** A receiver may ask for a longer wait than the schedule has, but not for one that outlasts the day. */
const longestAskedMs = 6 * hour;

/** Statuses whose Retry-After counts: too many requests, and a receiver or what stands before it that is overwhelmed. */
const slowDown: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Any 2xx is a success, 410 the wish to hear no more; everything else, redirects too, is tried again. After: Standard Webhooks, "Operational considerations". */
export function decideDelivery({ statusCode, retryAfterMs }: DeliveryTry, { round, random }: RetryMoment): DeliveryDecision {
  if (statusCode !== null && statusCode >= 200 && statusCode < 300) return { outcome: 'delivered' };
  if (statusCode === 410) return { outcome: 'gone' };
  const waitMs = deliveryWaitsMs[round - 1];
  if (waitMs === undefined) return { outcome: 'dead' };
  const spread = Math.round(waitMs * (0.8 + 0.4 * random));
  const asked = statusCode !== null && slowDown.has(statusCode) ? Math.min(retryAfterMs ?? 0, longestAskedMs) : 0;
  return { outcome: 'retry', delayMs: Math.max(spread, asked) };
}

/** So many failures one after the other open the circuit of a receiver. */
export const circuitFailures = 5;

/** How long a receiver with so many failures one after the other is left alone; 0 while it is tried as usual. Afterwards one delivery tries it. */
export const circuitPauseMs = (failures: number): number => (failures < circuitFailures ? 0 : Math.min(30 * second * 2 ** (failures - circuitFailures), 15 * minute));

/** Milliseconds that a Retry-After header asks for (RFC 9110, section 10.2.3: seconds or a date); null without one that can be read. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * second;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
