import type { EndpointRole } from '@weighbridge/shared-domain';
import type { z } from 'zod';

export type HttpMethod = 'get' | 'post' | 'put' | 'patch' | 'delete';

/**
 * All that anyone may know about an endpoint. Validation, authorisation, the OpenAPI document, the typed client
 * and the refusal tests are made from this one declaration.
 */
export interface Endpoint {
  readonly method: HttpMethod;
  /** With `{name}` for parameters, as in OpenAPI: `/v1/models/{name}`. */
  readonly path: string;
  readonly role: EndpointRole;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  /** The JSON body. Absent: the endpoint takes none. */
  readonly body?: z.ZodType;
  /** Media types that the body may also come in, besides JSON; the service brings a reader for each. */
  readonly bodyFormats?: readonly string[];
  /** The JSON answer, parsed before it is sent and again by the client. */
  readonly response: z.ZodType;
  /** Status of success; 200 where absent. */
  readonly status?: 200 | 201 | 202 | 204;
  /** Largest body in bytes; 1 MiB where absent. */
  readonly maxBodyBytes?: number;
  /**
   * `raw` endpoints write their own answer (a stream, a file, OpenAI's error shape) and may read their own body;
   * validation of params and query, and authorisation, are the same. `response` then documents the answer.
   */
  readonly reply?: 'json' | 'raw';
  /**
   * Marks an endpoint that calls a model or promises to: a handler must go through the one admission function
   * (DESIGN section 3), and the route table test fails when it does not.
   */
  readonly admission?: true;
}

export type EndpointTable = Readonly<Record<string, Endpoint>>;

/** Declares endpoints. The names become the handlers' and the client's method names. */
export const defineEndpoints = <const T extends EndpointTable>(endpoints: T): T => endpoints;

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
type Sent<S> = S extends z.ZodType ? z.input<S> : undefined;

export type ParamsOf<E extends Endpoint> = Parsed<E['params']>;
export type QueryOf<E extends Endpoint> = Parsed<E['query']>;
export type BodyOf<E extends Endpoint> = Parsed<E['body']>;
/** What a handler returns: the response before its schema has parsed it. */
export type ReplyOf<E extends Endpoint> = z.input<E['response']>;
/** What a client gets: the response after its schema has parsed it. */
export type ResponseOf<E extends Endpoint> = z.output<E['response']>;

type Part<K extends string, S> = S extends z.ZodType ? (Record<never, never> extends Sent<S> ? { readonly [P in K]?: Sent<S> } : { readonly [P in K]: Sent<S> }) : unknown;

/** What a client passes: the parts that the endpoint declares, each as its schema takes it. */
export type RequestOf<E extends Endpoint> = Part<'params', E['params']> & Part<'query', E['query']> & Part<'body', E['body']>;

/** `/v1/models/{name}` with its parameters put in, encoded. Throws on a missing one, and on `.` and `..`, which no encoding keeps from being a step of the path. */
export function fillPath(path: string, params: Readonly<Record<string, string>> = {}): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new TypeError(`path parameter "${name}" of ${path} is missing`);
    if (value === '.' || value === '..') throw new TypeError(`path parameter "${name}" of ${path} may not be "${value}"`);
    return encodeURIComponent(value);
  });
}
