import { describe, expect, test } from 'vitest';
import { createPseudonymiser, createSecretBox, keyDigest, newKeyToken, sameToken, serviceToken, sha256Hex } from './secrets.ts';

const box = createSecretBox('a secret key that only these tests know');

describe('a secret box', () => {
  test.each(['sk-123', '', 'ü🚛', 'x'.repeat(10_000)])('gives back what it sealed', (plain) => {
    const sealed = box.seal(plain);

    expect(box.open(sealed)).toBe(plain);
    if (plain.length > 1) expect(sealed).not.toContain(plain);
  });

  test('seals the same text differently each time', () => {
    expect(new Set(Array.from({ length: 100 }, () => box.seal('sk-123'))).size).toBe(100);
  });

  test('opens with the same key in another process', () => {
    expect(createSecretBox('a secret key that only these tests know').open(box.seal('sk-123'))).toBe('sk-123');
  });

  test('does not open with another key, and says what to look at', () => {
    expect(() => createSecretBox('another key').open(box.seal('sk-123'))).toThrow(/WEIGHBRIDGE_SECRET_KEY/);
  });

  test.each(['nonce', 'tag', 'ciphertext'])('does not open when its %s was changed', (part) => {
    const parts = box.seal('sk-123').split('.');
    const index = ['version', 'nonce', 'tag', 'ciphertext'].indexOf(part);
    const changed = Buffer.from(parts[index] as string, 'base64url');
    changed[0] = (changed[0] as number) ^ 1;
    parts[index] = changed.toString('base64url');

    expect(() => box.open(parts.join('.'))).toThrow(expect.objectContaining({ code: 'service.internal' }));
  });

  test('does not open a tag that was cut short', () => {
    const [version, nonce, tag, body] = box.seal('sk-123').split('.');

    expect(() => box.open([version, nonce, Buffer.from(tag as string, 'base64url').subarray(0, 4).toString('base64url'), body].join('.'))).toThrow(expect.objectContaining({ code: 'service.internal' }));
  });

  test.each(['', 'sk-123', 'v2.a.b.c', 'v1.a.b', 'v1.a.b.c.d'])('does not take %j for sealed', (text) => {
    expect(() => box.open(text)).toThrow(/v1\.nonce\.tag\.ciphertext/);
  });
});

describe('keys', () => {
  test('are 256 random bits; their digest and hint do not give them away', () => {
    const { token, digest, hint } = newKeyToken();

    expect(token).toMatch(/^wb_[\w-]{43}$/);
    expect(digest).toBe(sha256Hex(token));
    expect(digest).toBe(keyDigest(token));
    expect(hint).toBe(`${token.slice(0, 7)}…${token.slice(-4)}`);
    expect(newKeyToken().token).not.toBe(token);
  });
});

describe('a pseudonym', () => {
  test('is the same for the same identifier, key and purpose, and for nothing else', () => {
    const pseudonymOf = createPseudonymiser('one', 'end users');

    expect(pseudonymOf('ada@example.com')).toBe(createPseudonymiser('one', 'end users')('ada@example.com'));
    expect(new Set([pseudonymOf('ada@example.com'), pseudonymOf('bob@example.com'), createPseudonymiser('two', 'end users')('ada@example.com'), createPseudonymiser('one', 'others')('ada@example.com')]).size).toBe(4);
    expect(pseudonymOf('ada@example.com')).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('the token of the services', () => {
  test('follows from the secret key alone and does not show it', () => {
    expect(serviceToken('one')).toBe(serviceToken('one'));
    expect(serviceToken('one')).not.toBe(serviceToken('two'));
    expect(serviceToken('one')).toMatch(/^wbs_[\w-]{43}$/);
  });
});

test.each([
  ['a', 'a', true],
  ['a', 'b', false],
  ['a', 'aa', false],
  ['', '', true],
])('sameToken(%j, %j) is %s', (a, b, same) => {
  expect(sameToken(a, b)).toBe(same);
});
