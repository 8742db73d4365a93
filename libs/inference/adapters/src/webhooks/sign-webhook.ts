import { createHmac, randomBytes } from 'node:crypto';

const prefix = 'whsec_';

/** 256 random bits, written as Standard Webhooks writes them. */
export const newWebhookSecret = (): string => `${prefix}${randomBytes(32).toString('base64')}`;

export interface SignedHeaders {
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}

/** Standard Webhooks, symmetric: `v1,` and the HMAC-SHA-256 of `id.timestamp.body`, once for each secret, so that a receiver with either finds its own. */
export function signWebhook({ id, body, at, secrets }: { readonly id: string; readonly body: string; readonly at: Date; readonly secrets: readonly string[] }): SignedHeaders {
  const timestamp = `${Math.floor(at.getTime() / 1_000)}`;
  const signatureBy = (secret: string) => `v1,${createHmac('sha256', Buffer.from(secret.slice(prefix.length), 'base64')).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': secrets.map(signatureBy).join(' ') };
}
