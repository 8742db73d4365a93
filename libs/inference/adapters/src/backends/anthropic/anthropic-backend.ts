import type { Backend, BackendError } from '@weighbridge/inference-domain';
import { tokenUsageFromAnthropic } from '@weighbridge/inference-domain';
import type { HttpServerOptions } from '../http/http-backend.ts';
import { createHttpBackend } from '../http/http-backend.ts';
import type { Wire } from '../http/wire.ts';
import { readMessage } from './message-answer.ts';
import { messagesBody } from './messages-request.ts';
import { StreamedMessage } from './streamed-message.ts';

/** The version of the API that this adapter speaks. */
const API_VERSION = '2023-06-01';

/** What an error that is told inside a stream would have been as a status. */
const statusOfType: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
};

const wire: Wire = {
  createReader: () => new StreamedMessage(),
  readWhole: readMessage,
  readUsage: tokenUsageFromAnthropic,
  statusOfError: (event) => {
    const { type } = (event as { error?: { type?: unknown } | null }).error ?? {};
    return typeof type === 'string' && Object.hasOwn(statusOfType, type) ? statusOfType[type] : undefined;
  },
  // Models may think for minutes without a word that is shown; pings tell that they do.
  eventsAreProgress: true,
};

/** `/messages` under a base URL that ends in `/v1`, as Anthropic's SDKs take it also under one that does not. */
const pathUnder = ({ pathname, search }: URL): string => {
  const base = pathname.replace(/\/+$/, '');
  return `${base.endsWith('/v1') ? base : `${base}/v1`}/messages${search}`;
};

/** A backend for Anthropic's Messages API and for servers that speak it, e.g. under `https://api.anthropic.com`; the key is sent as `x-api-key`. */
export function createAnthropicBackend(options: HttpServerOptions): Backend {
  const { baseUrl, apiKey, upstreamModel } = options;
  let enforcesFormat = true;
  return createHttpBackend(
    {
      kind: 'anthropic',
      path: pathUnder(baseUrl),
      headers: { 'anthropic-version': API_VERSION, ...(apiKey === undefined ? {} : { 'x-api-key': apiKey }) },
      wire,
      body: (chat, stream) => messagesBody(chat, { upstreamModel, stream, enforcesFormat }),
      learn: (refusal: BackendError) => {
        // Older models and other servers know no output_config.format: schemas are told in words from then on. A fault of one schema is its caller's.
        if (!enforcesFormat || refusal.kind !== 'rejected' || !/output_config|structured output/i.test(refusal.message) || refusal.message.includes('output_config.format.schema')) return false;
        enforcesFormat = false;
        return true;
      },
    },
    options,
  );
}
