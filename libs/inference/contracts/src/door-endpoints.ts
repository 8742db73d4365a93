import { EmbeddingList, ResponseObject, TextCompletion } from '@weighbridge/inference-domain';
import { defineEndpoints } from '@weighbridge/shared-contracts';
import { z } from 'zod';

export const OpenAiModel = z.object({ id: z.string(), object: z.literal('model'), created: z.int(), owned_by: z.string() });

/** `resp_`, and what follows `job_` in the id of the job that it is. */
const responseParams = z.object({ id: z.string().max(100) });

/** OpenAI's doors besides chat. Each becomes the same jobs as chat does. `raw` endpoints read their own bodies, so that a body is parsed once. */
export const doorEndpoints = defineEndpoints({
  createCompletion: {
    method: 'post',
    path: '/v1/completions',
    role: 'runner',
    summary: 'Text completion (legacy); each prompt is a user message to the model',
    response: TextCompletion,
    reply: 'raw',
    admission: true,
    maxBodyBytes: 4_194_304,
  },
  createEmbeddings: {
    method: 'post',
    path: '/v1/embeddings',
    role: 'runner',
    summary: 'Embeddings of texts or tokens, by deployments of kind openai',
    response: EmbeddingList,
    reply: 'raw',
    admission: true,
    maxBodyBytes: 4_194_304,
  },
  createResponse: {
    method: 'post',
    path: '/v1/responses',
    role: 'runner',
    summary: 'A response; with stream: true as server-sent events, with background: true as a durable job',
    response: ResponseObject,
    reply: 'raw',
    admission: true,
    maxBodyBytes: 4_194_304,
  },
  getResponse: {
    method: 'get',
    path: '/v1/responses/{id}',
    role: 'runner',
    summary: 'A background response; with stream=true its events, after starting_after',
    params: responseParams,
    query: z.object({ stream: z.enum(['true', 'false']).default('false'), starting_after: z.coerce.number().int().min(0).optional() }),
    response: ResponseObject,
    reply: 'raw',
  },
  cancelResponse: { method: 'post', path: '/v1/responses/{id}/cancel', role: 'runner', summary: 'Cancels a background response, in flight too', params: responseParams, response: ResponseObject },
  getOpenAiModel: { method: 'get', path: '/v1/models/{id}', role: 'runner', summary: 'A model that this key may call now: name, name@version or name:alias', params: z.object({ id: z.string().max(220) }), response: OpenAiModel },
});
