import { Pool } from 'undici';
import type { OutboundPolicy } from '@weighbridge/shared-adapters/outbound-url';
import { guardedLookup } from '@weighbridge/shared-adapters/outbound-url';

export interface UpstreamPools {
  /** The pool of the URL's origin; deployments at one origin share it. */
  readonly poolFor: (url: URL) => Pool;
  /** Ends all connections, those in use too. */
  readonly close: () => Promise<void>;
}

/** A stream holds its connection for its whole length, so this bounds streams at once per origin; further calls wait for a connection. */
const CONNECTIONS_PER_ORIGIN = 512;
const CONNECT_TIMEOUT_MS = 5_000;
/** Idle connections are given up before most servers and balancers do so from their side; a server's own Keep-Alive hint goes before this. */
const KEEP_ALIVE_MS = 15_000;

/** Keep-alive connections to model servers, each made only to an address that the policy allows. */
export function createUpstreamPools(policy: OutboundPolicy): UpstreamPools {
  const pools = new Map<string, Pool>();
  const lookup = guardedLookup(policy);
  return {
    poolFor: (url) => {
      let pool = pools.get(url.origin);
      if (pool === undefined) {
        pool = new Pool(url.origin, {
          connections: CONNECTIONS_PER_ORIGIN,
          pipelining: 1,
          keepAliveTimeout: KEEP_ALIVE_MS,
          connect: { timeout: CONNECT_TIMEOUT_MS, lookup },
        });
        pools.set(url.origin, pool);
      }
      return pool;
    },
    close: async () => {
      const open = [...pools.values()];
      pools.clear();
      await Promise.all(open.map((pool) => pool.destroy()));
    },
  };
}
