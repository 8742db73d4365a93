export { defaultCircuitBreaker, withCircuitBreaker } from './circuit-breaker.ts';
export type { CircuitBreakerOptions } from './circuit-breaker.ts';
export { createBackend, createBackendHost } from './create-backend.ts';
export type { BackendDeployment, BackendHost, BackendSettings, CreateBackendDeps } from './create-backend.ts';
export { defaultOpenAiTimeouts } from './openai/openai-backend.ts';
export type { OpenAiTimeouts } from './openai/openai-backend.ts';
