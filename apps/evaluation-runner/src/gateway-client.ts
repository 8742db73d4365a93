import { inferenceEndpoints } from '@weighbridge/inference-contracts';
import { createClient } from '@weighbridge/shared-contracts';
import type { Client } from '@weighbridge/shared-contracts';

const { createEvaluationJobs, listFinishedEvaluationJobs, cancelEvaluationJobs } = inferenceEndpoints;

/** The part of the gateway that is for this service. */
export const gatewayEndpoints = { createEvaluationJobs, listFinishedEvaluationJobs, cancelEvaluationJobs } as const;

export type GatewayClient = Client<typeof gatewayEndpoints>;

export const createGatewayClient = (baseUrl: string, token: string): GatewayClient =>
  createClient(gatewayEndpoints, { baseUrl, token, fetch: (url, init) => fetch(url, init), timeoutMs: 60_000 });
