import { costEndpoints } from '@weighbridge/cost-contracts';
import { evaluationEndpoints } from '@weighbridge/evaluation-contracts';
import { inferenceEndpoints } from '@weighbridge/inference-contracts';
import { registryEndpoints } from '@weighbridge/registry-contracts';
import { createClient } from '@weighbridge/shared-contracts';
import OpenAI from 'openai';

/** Typed clients of every service, through the one public origin, with one key. */
export function createClients(origin: string, token: string) {
  const at = (path: string) => ({ baseUrl: `${origin}${path}`, token, fetch: (url: string, init: RequestInit) => fetch(url, init) });
  return {
    registry: createClient(registryEndpoints, at('/api/registry')),
    inference: createClient(inferenceEndpoints, at('/api/inference')),
    evaluation: createClient(evaluationEndpoints, at('/api/evaluation')),
    cost: createClient(costEndpoints, at('/api/cost')),
    openai: new OpenAI({ baseURL: `${origin}/v1`, apiKey: token, maxRetries: 0 }),
  };
}

export type Clients = ReturnType<typeof createClients>;
