import { z } from 'zod';
import { fillPath } from './endpoint.ts';
import type { Endpoint, EndpointTable, RequestOf, ResponseOf } from './endpoint.ts';
import { ApiError, Problem } from './problem.ts';

/** The part of `fetch` that a client needs. */
export type FetchFunction = (url: string, init: RequestInit) => Promise<Response>;

export interface ClientOptions {
  /** Origin and prefix that the paths are put after, without a slash at its end. */
  readonly baseUrl: string;
  /** The `wb_…` key or service token; absent for public endpoints and for browsers, which have a cookie. */
  readonly token?: string;
  readonly fetch: FetchFunction;
  readonly headers?: Readonly<Record<string, string>>;
  /** Most that a call may take; none where absent. */
  readonly timeoutMs?: number;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
}

type Method<E extends Endpoint> = Record<never, never> extends RequestOf<E>
  ? (request?: RequestOf<E>, options?: CallOptions) => Promise<E['reply'] extends 'raw' ? Response : ResponseOf<E>>
  : (request: RequestOf<E>, options?: CallOptions) => Promise<E['reply'] extends 'raw' ? Response : ResponseOf<E>>;

/** One method per endpoint. Answers are parsed by the endpoint's schema; refusals are thrown as {@link ApiError}. */
export type Client<T extends EndpointTable> = { readonly [K in keyof T]: Method<T[K]> };

export function createClient<T extends EndpointTable>(endpoints: T, options: ClientOptions): Client<T> {
  const methods = Object.entries(endpoints).map(([name, endpoint]) => [
    name,
    (request: LooseRequest = {}, call: CallOptions = {}) => send(endpoint, request, call, options),
  ]);
  return Object.fromEntries(methods) as Client<T>;
}

interface LooseRequest {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, unknown>;
  readonly body?: unknown;
}

async function send(endpoint: Endpoint, request: LooseRequest, call: CallOptions, options: ClientOptions): Promise<unknown> {
  const url = options.baseUrl + fillPath(endpoint.path, request.params) + queryString(request.query);
  const signals = [call.signal, options.timeoutMs === undefined ? undefined : AbortSignal.timeout(options.timeoutMs)].filter((s) => s !== undefined);
  const response = await options.fetch(url, {
    method: endpoint.method.toUpperCase(),
    headers: {
      accept: 'application/json',
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
      ...options.headers,
      ...call.headers,
    },
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    ...(signals.length === 0 ? {} : { signal: AbortSignal.any(signals) }),
  });
  if (!response.ok) throw await refusal(response);
  if (endpoint.reply === 'raw') return response;
  if (response.status === 204) return endpoint.response.parse(undefined);
  return endpoint.response.parse(await response.json());
}

/** Services answer with problem details, OpenAI's paths with OpenAI's error shape, and what stands in front of them with anything. */
async function refusal(response: Response): Promise<ApiError> {
  const text = await response.text();
  const body = parseJson(text);
  const problem = Problem.safeParse(body);
  if (problem.success) return new ApiError(problem.data);
  const openai = OpenAiError.safeParse(body);
  const detail = openai.success ? openai.data.error.message : `HTTP ${response.status}: ${text.slice(0, 300)}`;
  return new ApiError({
    type: 'about:blank',
    title: response.statusText,
    status: response.status,
    detail,
    code: openai.success && openai.data.error.weighbridge !== undefined ? openai.data.error.weighbridge.code : 'service.unavailable',
    requestId: response.headers.get('x-request-id') ?? '',
  });
}

const OpenAiError = z.object({
  error: z.looseObject({ message: z.string(), weighbridge: z.looseObject({ code: Problem.shape.code }).optional() }),
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function queryString(query: Record<string, unknown> = {}): string {
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(Array.isArray(value) ? value.join(',') : String(value))}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}
