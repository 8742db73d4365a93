import { assertWebhookUrl, newWebhookSecret } from '@weighbridge/inference-adapters/webhooks';
import type { OutboundPolicy } from '@weighbridge/shared-adapters/outbound-url';
import { AppError } from '@weighbridge/shared-domain';

/** What the gateway must be able to do about receivers: it makes their secrets and never opens one. */
export interface WebhookSecrets {
  readonly make: () => { readonly secret: string; readonly sealed: string };
  /** Throws `request.invalid`. */
  readonly assertUrl: (url: string) => Promise<void>;
}

export const createWebhookSecrets = (seal: (plain: string) => string, policy: OutboundPolicy): WebhookSecrets => ({
  make: () => {
    const secret = newWebhookSecret();
    return { secret, sealed: seal(secret) };
  },
  assertUrl: (url) => assertWebhookUrl(url, policy),
});

/** For so long after a rotation the secret before signs too. */
export const secretOverlapMs = 24 * 3_600_000;

/** Throws `request.invalid` that names the field. */
export async function checkedUrl({ assertUrl }: Pick<WebhookSecrets, 'assertUrl'>, pointer: string, url: string): Promise<void> {
  try {
    await assertUrl(url);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError(error.code, error.message, { detail: error.publicMessage, faults: [{ pointer, message: error.publicMessage }], cause: error });
  }
}
