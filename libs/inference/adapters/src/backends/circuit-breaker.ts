import type { Backend, BackendErrorKind, BackendHealth } from '@weighbridge/inference-domain';
import { BackendError } from '@weighbridge/inference-domain';
import { BrokenCircuitError, CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';

export interface CircuitBreakerOptions {
  /** So many failures in a row open the circuit. */
  readonly consecutiveFailures: number;
  /** After this time one call is let through; its success closes the circuit, its failure opens it for as long again. */
  readonly halfOpenAfterMs: number;
}

export const defaultCircuitBreaker: CircuitBreakerOptions = { consecutiveFailures: 5, halfOpenAfterMs: 10_000 };

/** A refusal is about the request and a cancellation about us; neither says that the server is ill. */
const ILL: ReadonlySet<BackendErrorKind> = new Set(['failed', 'unavailable', 'timeout', 'cut']);

/** A 429 has its own cure (Retry-After) and comes from a server that is well; a wrong model file blocks the deployment, and each caller must hear of it. */
const isIllness = (error: unknown): boolean => error instanceof BackendError && ILL.has(error.kind) && error.status !== 429 && error.fileMismatch === undefined;

/**
 * A backend that rests after repeated failures: while the circuit is open, and while its one trial call runs, calls reject at once with
 * kind `unavailable`, without touching the server.
 */
export function withCircuitBreaker(backend: Backend, options: CircuitBreakerOptions = defaultCircuitBreaker): Backend {
  const policy = circuitBreaker(handleWhen(isIllness), {
    halfOpenAfter: options.halfOpenAfterMs,
    breaker: new ConsecutiveBreaker(options.consecutiveFailures),
  });
  let openedAt = 0;
  policy.onBreak(() => {
    openedAt = Date.now();
  });
  const restMs = () => Math.max(0, openedAt + options.halfOpenAfterMs - Date.now());

  const health = (): BackendHealth => {
    if (policy.state === CircuitState.Closed) return backend.health();
    return policy.state === CircuitState.Open && restMs() > 0 ? 'unhealthy' : 'probing';
  };
  const resting = (cause?: unknown) =>
    new BackendError('the circuit of this deployment is open after repeated failures', { kind: 'unavailable', retryable: true, retryAfterMs: restMs(), cause });

  const guarded = async <T>(call: () => Promise<T>): Promise<T> => {
    // cockatiel would let further calls wait for the trial call, which may take minutes; the next deployment is the better answer.
    if (policy.state === CircuitState.HalfOpen) throw resting();
    try {
      return await policy.execute(call);
    } catch (error) {
      throw error instanceof BrokenCircuitError ? resting(error) : error;
    }
  };
  const embed = backend.embed?.bind(backend);
  return {
    kind: backend.kind,
    health,
    close: () => backend.close(),
    chat: (chat, chatOptions) => guarded(() => backend.chat(chat, chatOptions)),
    ...(embed === undefined ? {} : { embed: (request, embedOptions) => guarded(() => embed(request, embedOptions)) }),
  };
}
