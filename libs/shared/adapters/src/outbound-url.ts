import { lookup as systemLookup } from 'node:dns';
import type { LookupAddress, LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { AppError } from '@weighbridge/shared-domain';
import ipaddr from 'ipaddr.js';

export interface OutboundPolicy {
  /** Allows loopback, private (RFC 1918, RFC 4193) and shared (RFC 6598) addresses: model servers often live there. Never link-local or metadata ones. */
  readonly allowPrivate: boolean;
  /** The resolver; the system's where absent. */
  readonly resolve?: (hostname: string) => Promise<readonly LookupAddress[]>;
}

const PRIVATE_RANGES: ReadonlySet<string> = new Set(['loopback', 'private', 'uniqueLocal', 'carrierGradeNat']);

/** Instance metadata services that live outside 169.254.0.0/16: AWS over IPv6, Alibaba Cloud. */
const METADATA_ADDRESSES: ReadonlySet<string> = new Set(['fd00:ec2::254', '100.100.100.200']);

/** Why an address may not be called, as the end of a sentence, or null when it may. */
export function refusalOfAddress(address: string, allowPrivate: boolean): string | null {
  // The zone of a scoped address (fe80::1%eth0) says nothing about what it is.
  const text = address.split('%', 1)[0] ?? '';
  if (!ipaddr.isValid(text)) return 'is not an IP address';
  let parsed = ipaddr.process(text);
  // NAT64 (64:ff9b::/96) leads to the IPv4 address in its last 32 bits.
  if (parsed.kind() === 'ipv6' && parsed.range() === 'rfc6052') parsed = ipaddr.fromByteArray(parsed.toByteArray().slice(12));
  if (METADATA_ADDRESSES.has(parsed.toString())) return 'is the address of a metadata service';
  const range = parsed.range();
  if (range === 'unicast') return null;
  if (PRIVATE_RANGES.has(range)) return allowPrivate ? null : 'is a private address';
  return range === 'linkLocal' ? 'is a link-local address' : `is not a public address (${range})`;
}

const resolveBySystem = (hostname: string): Promise<readonly LookupAddress[]> =>
  new Promise((resolve, reject) => {
    systemLookup(hostname, { all: true }, (error, addresses) => (error === null ? resolve(addresses) : reject(error)));
  });

const literalHost = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

const refuse = (detail: string): AppError => new AppError('request.invalid', `outbound URL refused: ${detail}`, { detail });

/**
 * The parsed URL, once it is sure that it leads where this system may call: http or https, no name and password in it, and every address of its
 * host allowed by the policy. Throws an AppError `request.invalid` with the reason. A name can lead elsewhere a second later, so whoever
 * calls the URL must also connect through {@link guardedLookup}.
 */
export async function assertOutboundUrl(text: string, policy: OutboundPolicy): Promise<URL> {
  const url = assertUrlForm(text, policy.allowPrivate);
  const host = literalHost(url);
  if (ipaddr.isValid(host)) return url;
  let addresses: readonly LookupAddress[];
  try {
    addresses = await (policy.resolve ?? resolveBySystem)(host);
  } catch (cause) {
    throw new AppError('request.invalid', `outbound URL refused: ${host} does not resolve`, { detail: `The host ${host} cannot be found.`, cause });
  }
  if (addresses.length === 0) throw refuse(`The host ${host} has no address.`);
  for (const { address } of addresses) {
    const refusal = refusalOfAddress(address, policy.allowPrivate);
    // The address itself stays out of the answer: it would tell a caller about the inside of the network.
    if (refusal !== null) throw refuse(`The host ${host} leads to an address that ${refusal}.`);
  }
  return url;
}

/** The part of {@link assertOutboundUrl} that needs no resolver: form, scheme, and the address where the host is one. */
export function assertUrlForm(text: string, allowPrivate: boolean): URL {
  if (!URL.canParse(text)) throw refuse('The URL cannot be read.');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refuse('Only http and https URLs may be called.');
  if (url.username !== '' || url.password !== '') throw refuse('A URL may not carry a name or password.');
  const host = literalHost(url);
  if (ipaddr.isValid(host)) {
    const refusal = refusalOfAddress(host, allowPrivate);
    if (refusal !== null) throw refuse(`The host ${host} ${refusal}.`);
  }
  return url;
}

/**
 * A `lookup` for connections: resolves, refuses forbidden addresses, and hands on just those it checked. The address that was checked is the
 * address that is called, so a name that changes its answer between check and call (DNS rebinding) gains nothing. Not asked for literal addresses.
 */
export function guardedLookup(policy: OutboundPolicy): LookupFunction {
  const resolve = policy.resolve ?? resolveBySystem;
  return (hostname: string, options: LookupOptions, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const wanted = options.family === 4 || options.family === 'IPv4' ? 4 : options.family === 6 || options.family === 'IPv6' ? 6 : 0;
        const matching = addresses.filter(({ family }) => wanted === 0 || family === wanted);
        for (const { address } of matching) {
          const refusal = refusalOfAddress(address, policy.allowPrivate);
          if (refusal !== null) {
            callback(Object.assign(new Error(`${hostname} leads to an address that ${refusal}`), { code: 'EACCES' }), '', 0);
            return;
          }
        }
        const first = matching[0];
        if (first === undefined) {
          callback(Object.assign(new Error(`${hostname} has no address`), { code: 'ENOTFOUND' }), '', 0);
        } else if (options.all === true) callback(null, [...matching]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), '', 0),
    );
  };
}
