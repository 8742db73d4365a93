export { createRateLimiter } from './rate-limiter.ts';
export type { RateDecision, RateLimiter } from './rate-limiter.ts';
