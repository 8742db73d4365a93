import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { assertOutboundUrl, guardedLookup } from '@weighbridge/shared-adapters/outbound-url';
import type { OutboundPolicy } from '@weighbridge/shared-adapters/outbound-url';
import { AppError } from '@weighbridge/shared-domain';
import { Agent } from 'undici';
import type { Dispatcher } from 'undici';

export interface HubOptions {
  /** Origin of the Hub, or of a mirror that speaks its protocol; no slash at its end. Set by the operator, so it may be a private address. */
  readonly baseUrl: string;
  /** Goes to that origin and nowhere else, and into no message. Null: public repositories only. */
  readonly token: string | null;
  /** Where redirects may lead. */
  readonly policy: OutboundPolicy;
  /** Tries of one request, the first included. */
  readonly attempts?: number;
  readonly firstDelayMs?: number;
  /** Longest that is waited when the Hub asks for it; longer is an error that says how long. */
  readonly mostDelayMs?: number;
  /** Silence after which a connection counts as cut. */
  readonly idleTimeoutMs?: number;
}

export interface HubAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readable;
}

export interface HubRequest {
  readonly method?: 'GET' | 'HEAD';
  readonly range?: string;
  readonly signal?: AbortSignal | undefined;
}

const mostRedirects = 5;
const redirects = new Set([301, 302, 303, 307, 308]);
const worthAnotherTry = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Connections to the Hub. Redirects are followed one by one: each address is checked before it is called, and the token stays at home. */
export class HubConnection {
  readonly #options: Required<Omit<HubOptions, 'token'>> & Pick<HubOptions, 'token'>;
  readonly #origin: string;
  readonly #home: Agent;
  readonly #away: Agent;

  constructor(options: HubOptions) {
    this.#options = { attempts: 5, firstDelayMs: 500, mostDelayMs: 60_000, idleTimeoutMs: 30_000, ...options };
    this.#origin = new URL(options.baseUrl).origin;
    const timeouts = { headersTimeout: this.#options.idleTimeoutMs, bodyTimeout: this.#options.idleTimeoutMs, connections: 16 };
    this.#home = new Agent({ ...timeouts, connect: { timeout: 10_000 } });
    this.#away = new Agent({ ...timeouts, connect: { timeout: 10_000, lookup: guardedLookup(options.policy) } });
  }

  get attempts(): number {
    return this.#options.attempts;
  }

  close = async (): Promise<void> => {
    await Promise.all([this.#home.destroy(), this.#away.destroy()]);
  };

  /** Waits before the next try; longer with each. Rejects when the signal aborts. */
  pause = (attempt: number, signal?: AbortSignal): Promise<void> => delay(Math.min(this.#options.firstDelayMs * 2 ** attempt, this.#options.mostDelayMs), undefined, { ...(signal !== undefined && { signal }) });

  /**
   * Asks the Hub, again after outages and when it asks to wait. Answers with whatever status is no outage.
   * Throws AppError `service.unavailable` when it stays away, and `artifact.unreadable` when it sends us where we may not go.
   */
  ask = async (path: string, request: HubRequest = {}): Promise<HubAnswer> => {
    for (let attempt = 0; ; attempt += 1) {
      const last = attempt + 1 >= this.#options.attempts;
      let answer: HubAnswer;
      try {
        answer = await this.#followed(`${this.#options.baseUrl}${path}`, request);
      } catch (error) {
        request.signal?.throwIfAborted();
        if (error instanceof AppError) throw error;
        if (last) throw new AppError('service.unavailable', `the Hub does not answer: ${error instanceof Error ? error.message : String(error)}`, { cause: error, detail: `The Hub (${new URL(this.#options.baseUrl).host}) does not answer.`, retryAfterSeconds: 30 });
        await this.pause(attempt, request.signal);
        continue;
      }
      if (!worthAnotherTry.has(answer.status)) return answer;
      discard(answer.body);
      const waitMs = retryAfterMs(answer.headers['retry-after']);
      if (last || (waitMs !== null && waitMs > this.#options.mostDelayMs))
        throw new AppError('service.unavailable', `the Hub answers with ${answer.status}`, { detail: answer.status === 429 ? 'The Hub asks to wait: too many requests.' : `The Hub answers with ${answer.status}.`, retryAfterSeconds: Math.ceil((waitMs ?? 30_000) / 1_000) });
      if (waitMs === null) await this.pause(attempt, request.signal);
      else await delay(waitMs, undefined, { ...(request.signal !== undefined && { signal: request.signal }) });
    }
  };

  async #followed(first: string, { method = 'GET', range, signal }: HubRequest): Promise<HubAnswer> {
    let url = new URL(first);
    let linked: Readonly<Record<string, string>> = {};
    for (let hop = 0; hop <= mostRedirects; hop += 1) {
      const atHome = url.origin === this.#origin;
      if (!atHome) await this.#refuseForbidden(url);
      const answer = await this.#once(url, atHome, { method, ...(range !== undefined && { range }), signal });
      const location = redirects.has(answer.status) ? answer.headers['location'] : undefined;
      if (location === undefined) return { ...answer, headers: { ...answer.headers, ...linked } };
      discard(answer.body);
      // What the Hub says about the file, said before the redirect, counts more than what the store behind it says.
      linked = { ...linked, ...Object.fromEntries(['x-linked-etag', 'x-linked-size', 'x-repo-commit'].flatMap((name) => (answer.headers[name] === undefined ? [] : [[name, answer.headers[name]]]))) };
      if (!URL.canParse(location, url.href)) throw forbidden('an address that cannot be read');
      url = new URL(location, url.href);
    }
    throw forbidden(`more than ${mostRedirects} addresses in a row`);
  }

  async #refuseForbidden(url: URL): Promise<void> {
    try {
      await assertOutboundUrl(url.href, this.#options.policy);
    } catch (error) {
      throw forbidden(error instanceof AppError ? `${url.host}: ${error.publicMessage.replace(/\.$/, '')}` : url.host, error);
    }
    if (this.#origin.startsWith('https:') && url.protocol !== 'https:') throw forbidden(`${url.host} without encryption`);
  }

  async #once(url: URL, atHome: boolean, { method, range, signal }: Required<Pick<HubRequest, 'method'>> & HubRequest): Promise<HubAnswer> {
    const dispatcher: Dispatcher = atHome ? this.#home : this.#away;
    const { token } = this.#options;
    const response = await dispatcher.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method,
      headers: { 'user-agent': 'weighbridge', 'accept-encoding': 'identity', ...(range !== undefined && { range }), ...(atHome && token !== null && { authorization: `Bearer ${token}` }) },
      ...(signal !== undefined && { signal }),
    });
    const headers = Object.fromEntries(Object.entries(response.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]])));
    // An answer that is dropped may still end with an error; nobody waits for it then.
    response.body.on('error', () => undefined);
    return { status: response.statusCode, headers, body: response.body };
  }
}

const forbidden = (where: string, cause?: unknown): AppError =>
  new AppError('artifact.unreadable', `the Hub redirects to ${where}`, { detail: `The Hub sends us to ${where}, where this installation does not go.`, ...(cause === undefined ? {} : { cause }) });

export const discard = (body: Readable): void => void body.destroy();

/** Seconds or a date (RFC 9110, section 10.2.3); null when it says neither. */
export function retryAfterMs(header: string | undefined, now = Date.now()): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header.trim()) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
