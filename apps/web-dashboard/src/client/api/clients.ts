import { costEndpoints } from '@weighbridge/cost-contracts';
import { evaluationEndpoints } from '@weighbridge/evaluation-contracts';
import { inferenceEndpoints } from '@weighbridge/inference-contracts';
import { registryEndpoints } from '@weighbridge/registry-contracts';
import { createClient } from '@weighbridge/shared-contracts';
import type { FetchFunction } from '@weighbridge/shared-contracts';

/** The session travels in a cookie; the header shows that a page of this origin asks. */
export const browserFetch: FetchFunction = (url, init) => {
  const headers = new Headers(init.headers);
  headers.set('x-weighbridge-browser', '1');
  return fetch(url, { ...init, credentials: 'same-origin', headers });
};

export const registry = createClient(registryEndpoints, { baseUrl: '/api/registry', fetch: browserFetch });
export const inference = createClient(inferenceEndpoints, { baseUrl: '/api/inference', fetch: browserFetch });
export const evaluation = createClient(evaluationEndpoints, { baseUrl: '/api/evaluation', fetch: browserFetch });
export const cost = createClient(costEndpoints, { baseUrl: '/api/cost', fetch: browserFetch });
