import { assertOutboundUrl, assertUrlForm, guardedLookup } from '@weighbridge/shared-adapters/outbound-url';
import type { OutboundPolicy } from '@weighbridge/shared-adapters/outbound-url';
import { AppError } from '@weighbridge/shared-domain';
import { Agent, request } from 'undici';
import type { Dispatcher } from 'undici';

export interface WebhookCall {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

/** `error` instead of a status: no answer came, in words that give away nothing of the network inside. */
export interface WebhookReply {
  readonly statusCode: number | null;
  readonly error: string | null;
  /** The beginning of the answer. */
  readonly excerpt: string | null;
  readonly retryAfter: string | undefined;
}

export interface WebhookClient {
  /** Never throws: whatever goes wrong is a reply. */
  readonly post: (call: WebhookCall) => Promise<WebhookReply>;
  readonly close: () => Promise<void>;
}

export interface WebhookClientOptions extends OutboundPolicy {
  /** For the whole call, from the first look-up to the last byte that is read. Default 15 s. */
  readonly timeoutMs?: number;
}

const longestExcerpt = 1_000;
/** Of an answer; the rest is not read, and the connection ends. */
const mostBytes = 8_192;

/**
 * Throws `request.invalid` unless the URL may be called: https, or http where private addresses are allowed too (a test, a network of one's own),
 * and every address of its host allowed.
 */
export async function assertWebhookUrl(url: string, policy: OutboundPolicy): Promise<void> {
  assertScheme(await assertOutboundUrl(url, policy), policy);
}

function assertScheme(url: URL, { allowPrivate }: OutboundPolicy): void {
  if (url.protocol !== 'https:' && !allowPrivate) throw new AppError('request.invalid', 'a webhook over plain http', { detail: 'A webhook needs an https URL.' });
}

/** Calls receivers: connects only to addresses it has checked (DNS rebinding gains nothing), follows no redirect, and reads a bounded piece of the answer. */
export function createWebhookClient({ timeoutMs = 15_000, ...policy }: WebhookClientOptions): WebhookClient {
  const agent = new Agent({
    connect: { lookup: guardedLookup(policy), timeout: Math.min(10_000, timeoutMs) },
    connections: 8,
    pipelining: 1,
    keepAliveTimeout: 4_000,
    keepAliveMaxTimeout: 10_000,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize: -1,
  });
  return {
    post: async ({ url, headers, body, signal }) => {
      try {
        // A literal address is not looked up, so its form decides here.
        assertScheme(assertUrlForm(url, policy.allowPrivate), policy);
        const response = await request(url, {
          method: 'POST',
          dispatcher: agent,
          headers: { ...headers, 'content-type': 'application/json', 'user-agent': 'Weighbridge-Webhooks/1' },
          body,
          signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
        });
        const retryAfter = response.headers['retry-after'];
        return { statusCode: response.statusCode, error: null, excerpt: await beginningOf(response.body), retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter };
      } catch (error) {
        return { statusCode: null, error: reasonOf(error), excerpt: null, retryAfter: undefined };
      }
    },
    close: () => agent.destroy(),
  };
}

/** An answer whose body fails is still an answer: its status has come. */
async function beginningOf(body: Dispatcher.ResponseData['body']): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= mostBytes) break;
    }
  } catch {
    // What came until then is shown.
  }
  // NUL is no text to PostgreSQL.
  const text = Buffer.concat(chunks).subarray(0, mostBytes).toString('utf8').replaceAll('\u0000', '').slice(0, longestExcerpt);
  return text === '' ? null : text;
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'the address may not be called',
  ENOTFOUND: 'the host cannot be found',
  EAI_AGAIN: 'the host cannot be found',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  UND_ERR_HEADERS_TIMEOUT: 'no answer in time',
  UND_ERR_BODY_TIMEOUT: 'no answer in time',
};

/** Codes, not messages: a message may name an address inside the network. */
function reasonOf(error: unknown): string {
  if (error instanceof AppError) return error.publicMessage;
  if (error instanceof Error && error.name === 'TimeoutError') return 'no answer in time';
  if (error instanceof Error && error.name === 'AbortError') return 'the call was stopped';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('ERR_TLS') || code.includes('CERT') || code.startsWith('ERR_SSL')) return 'the certificate is not valid for this host';
  return reasons[code] ?? 'the call failed';
}
