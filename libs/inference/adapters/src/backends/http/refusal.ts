import type { IncomingHttpHeaders } from 'node:http';
import type { BackendErrorKind } from '@weighbridge/inference-domain';
import { BackendError, isRetryableStatus } from '@weighbridge/inference-domain';
import { z } from 'zod';

/** OpenAI's `{error: {message, code}}`, plain strings (Ollama), and FastAPI's `{message}` or `{detail}`. */
const ErrorBody = z.looseObject({
  error: z.union([z.string(), z.looseObject({ message: z.string().nullish(), code: z.union([z.string(), z.number()]).nullish(), type: z.string().nullish() })]).nullish(),
  message: z.string().nullish(),
  detail: z.string().nullish(),
});

const MAX_MESSAGE_LENGTH = 500;

/** The header that names the call at the provider, by which its support finds it. */
export const providerRequestId = (headers: IncomingHttpHeaders): string | undefined => {
  const value = headers['x-request-id'] ?? headers['request-id'] ?? headers['x-ds-trace-id'];
  return typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined;
};

/** `retry-after-ms`, else `retry-after` in seconds or as an HTTP date; undefined when there is neither or it cannot be read. */
export function retryAfterMs(headers: IncomingHttpHeaders, now: Date): number | undefined {
  const milliseconds = headers['retry-after-ms'];
  if (typeof milliseconds === 'string' && /^\d+(\.\d+)?$/.test(milliseconds)) return Math.ceil(Number(milliseconds));
  const after = headers['retry-after'];
  if (after === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(after)) return Math.ceil(Number(after) * 1_000);
  const at = Date.parse(after);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime());
}

/** 401 to 404 speak about our key, credit and model name, not about the request: the client has no part in them. */
const ABOUT_US: ReadonlySet<number> = new Set([401, 402, 403, 404]);

function kindOf(status: number): BackendErrorKind {
  if (status === 429 || status === 503 || status === 529) return 'unavailable';
  if (status === 408 || status === 504) return 'timeout';
  if (status >= 400 && status < 500 && status !== 409 && !ABOUT_US.has(status)) return 'rejected';
  return 'failed';
}

/** What a server says in the body of an error. */
export interface UpstreamRefusal {
  readonly message: string | undefined;
  readonly code: string | undefined;
}

/** Reads an error out of a body, whatever its shape; null when the body holds none. */
export function readRefusal(json: unknown): UpstreamRefusal | null {
  const body = ErrorBody.safeParse(json);
  if (!body.success) return null;
  const { error, message, detail } = body.data;
  const inner = typeof error === 'string' ? { message: error, code: undefined } : error;
  const text = inner?.message ?? message ?? detail ?? undefined;
  if (inner == null && text === undefined) return null;
  return { message: text?.slice(0, MAX_MESSAGE_LENGTH), code: inner?.code == null ? undefined : String(inner.code).slice(0, 100) };
}

const CONTEXT_TOO_LONG = /context[ _](length|size|window)|maximum context|too many tokens|exceeds? the available context|prompt is too long|context limit/i;

/** Anthropic tells with 400 that we have no money left there; that is no fault of the request. */
const NO_CREDIT = /credit balance is too low|specified API usage limits/i;

/** The error for an answer with a status outside 2xx. */
export function refusalError(answered: number, headers: IncomingHttpHeaders, refusal: UpstreamRefusal | null, now: Date): BackendError {
  const said = refusal?.message;
  const status = answered === 400 && said !== undefined && NO_CREDIT.test(said) ? 402 : answered;
  const kind = kindOf(status);
  const code = refusal?.code ?? (said !== undefined && CONTEXT_TOO_LONG.test(said) ? 'context_length_exceeded' : undefined);
  const waitMs = retryAfterMs(headers, now);
  const requestId = providerRequestId(headers);
  return new BackendError(`the server answered ${answered}${said === undefined ? '' : `: ${said}`}`, {
    kind,
    // What is about us may be right at another deployment.
    retryable: isRetryableStatus(status) || ABOUT_US.has(status),
    status,
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
    ...(code === undefined ? {} : { code }),
    ...(kind === 'rejected' && said !== undefined ? { publicDetail: said } : {}),
    ...(requestId === undefined ? {} : { providerRequestId: requestId }),
  });
}
