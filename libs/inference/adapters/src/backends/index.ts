export { defaultCircuitBreaker, withCircuitBreaker } from './circuit-breaker.ts';
export type { CircuitBreakerOptions } from './circuit-breaker.ts';
export { createBackend, createBackendHost } from './create-backend.ts';
export type { BackendDeployment, BackendHost, BackendSettings, CreateBackendDeps } from './create-backend.ts';
export { defaultHttpTimeouts } from './http/http-backend.ts';
export type { HttpTimeouts } from './http/http-backend.ts';
