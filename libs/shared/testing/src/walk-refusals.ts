import { fillPath } from '@weighbridge/shared-contracts';
import type { Endpoint, EndpointTable } from '@weighbridge/shared-contracts';
import { roleIncludes, roles } from '@weighbridge/shared-domain';
import type { Role } from '@weighbridge/shared-domain';

/** Who asks: without a key, with one that nobody gave out, with one that has expired, with a service token of another installation, or with a key of that role. */
export type Asker = 'nobody' | 'a stranger' | 'an expired key' | 'another installation' | Role;

export interface Refusal {
  readonly endpoint: string;
  readonly asker: Asker;
  readonly status: 401 | 403;
  readonly code: string;
}

export interface WalkOptions {
  readonly origin: string;
  readonly endpoints: EndpointTable;
  /** The token of an asker; those of nobody, a stranger and another installation are known here. Keys of roles belong to one project. */
  readonly tokenOf: (asker: 'an expired key' | Role) => string;
}

export interface Answer {
  readonly status: number;
  /** Of problem details, or of the part of OpenAI's error shape that is ours; undefined for a success. */
  readonly code: string | undefined;
}

/** Every refusal that a table of endpoints promises by the roles it declares: a row each, for `test.each`. */
export const refusalsOf = (endpoints: EndpointTable): Refusal[] =>
  Object.entries(endpoints).flatMap(([endpoint, { role }]): Refusal[] => {
    if (role === 'public') return [];
    const tooWeak = role === 'service' ? roles : roles.filter((held) => !roleIncludes(held, role));
    return [
      { endpoint, asker: 'nobody', status: 401, code: 'auth.missing_key' },
      { endpoint, asker: 'a stranger', status: 401, code: 'auth.invalid_key' },
      { endpoint, asker: 'another installation', status: 401, code: 'auth.invalid_key' },
      { endpoint, asker: 'an expired key', status: 401, code: 'auth.expired_key' },
      ...tooWeak.map((asker): Refusal => ({ endpoint, asker, status: 403, code: 'auth.forbidden' })),
    ];
  });

/** Tries one refusal. The request is not even valid: who may not ask does not learn what a valid one is. */
export function tryRefusal({ origin, endpoints, tokenOf }: WalkOptions, { endpoint, asker }: Refusal): Promise<Answer> {
  const token = asker === 'nobody' ? undefined : asker === 'a stranger' ? 'wb_nobody-gave-this-key-out' : asker === 'another installation' ? 'wbs_of-another-installation' : tokenOf(asker);
  return ask(origin, endpointOf(endpoints, endpoint), { token, body: {} });
}

export interface Asked {
  readonly token: string | undefined;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON; a string is sent as it is. */
  readonly body?: unknown;
}

/** Calls an endpoint with anything, past the checks of the typed client. Missing path parameters are filled with `x`. */
export async function ask(origin: string, endpoint: Endpoint, { token, params = {}, query = {}, body }: Asked): Promise<Answer> {
  const filled = Object.fromEntries([...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, params[name] ?? 'x']));
  const search = new URLSearchParams(query).toString();
  const sendsBody = endpoint.method !== 'get' && body !== undefined;
  const response = await fetch(`${origin}${fillPath(endpoint.path, filled)}${search === '' ? '' : `?${search}`}`, {
    method: endpoint.method.toUpperCase(),
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...(sendsBody ? { 'content-type': 'application/json' } : {}) },
    ...(sendsBody ? { body: typeof body === 'string' ? body : JSON.stringify(body) } : {}),
  });
  return { status: response.status, code: codeOf(await response.text()) };
}

export function endpointOf(endpoints: EndpointTable, name: string): Endpoint {
  const endpoint = endpoints[name];
  if (endpoint === undefined) throw new Error(`there is no endpoint ${name}`);
  return endpoint;
}

function codeOf(text: string): string | undefined {
  try {
    const body = JSON.parse(text) as { code?: string; error?: { weighbridge?: { code?: string } } };
    return body.code ?? body.error?.weighbridge?.code;
  } catch {
    return undefined;
  }
}
