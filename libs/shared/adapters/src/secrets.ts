import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { AppError } from '@weighbridge/shared-domain';

/** Seals provider secrets for rest: AES-256-GCM, with a key derived from WEIGHBRIDGE_SECRET_KEY (HKDF-SHA-256). */
export interface SecretBox {
  /** `v1.<nonce>.<tag>.<ciphertext>`, base64url. */
  readonly seal: (plain: string) => string;
  /** Throws an AppError when the text was sealed with another key or was changed. */
  readonly open: (sealed: string) => string;
}

const deriveKey = (secretKey: string, purpose: string): Buffer => Buffer.from(hkdfSync('sha256', secretKey, 'weighbridge', purpose, 32));

export function createSecretBox(secretKey: string): SecretBox {
  const key = deriveKey(secretKey, 'provider secrets v1');
  return {
    seal: (plain) => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return ['v1', nonce.toString('base64url'), cipher.getAuthTag().toString('base64url'), body.toString('base64url')].join('.');
    },
    open: (sealed) => {
      const [version, nonce, tag, body, more] = sealed.split('.');
      if (version !== 'v1' || nonce === undefined || tag === undefined || body === undefined || more !== undefined) {
        throw new AppError('service.internal', 'a sealed secret does not have the form v1.nonce.tag.ciphertext');
      }
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'), { authTagLength: 16 });
        decipher.setAuthTag(Buffer.from(tag, 'base64url'));
        return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString('utf8');
      } catch (cause) {
        throw new AppError('service.internal', 'a sealed secret cannot be opened: was WEIGHBRIDGE_SECRET_KEY changed?', { cause });
      }
    },
  };
}

/** The token by which the services of one installation know each other. Never leaves them. */
export const serviceToken = (secretKey: string): string => `wbs_${createHmac('sha256', secretKey).update('weighbridge service token v1').digest('base64url')}`;

/**
 * Gives the pseudonym of an identifier, 128 bits as hex: HMAC-SHA-256 with a key derived from WEIGHBRIDGE_SECRET_KEY for this purpose. The same identifier has
 * the same one in every process of an installation, and nobody without the key can tell whose it is, not even by trying all that there are.
 */
export function createPseudonymiser(secretKey: string, purpose: string): (identifier: string) => string {
  const key = deriveKey(secretKey, purpose);
  return (identifier) => createHmac('sha256', key).update(identifier).digest('hex').slice(0, 32);
}

/** SHA-256 of a key, hex. Keys are 256 random bits, so a fast digest is safe to store and quick to look up. */
export const keyDigest = (token: string): string => createHash('sha256').update(token).digest('hex');

/** A new API key: shown once as `token`; `digest` is what is stored; `hint` is what lists show. */
export function newKeyToken(): { readonly token: string; readonly digest: string; readonly hint: string } {
  const token = `wb_${randomBytes(32).toString('base64url')}`;
  return { token, digest: keyDigest(token), hint: `${token.slice(0, 7)}…${token.slice(-4)}` };
}

export const sha256Hex = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

export function sameToken(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(keyDigest(a), 'hex'), Buffer.from(keyDigest(b), 'hex')];
  return timingSafeEqual(left, right);
}
