import { z } from 'zod';
import { ChatRequest } from './chat.ts';
import { EmbeddingRequest } from './embedding-request.ts';

/** What a worker can be asked for. Every door's request becomes one of these. */
export const ModelRequest = z.union([ChatRequest, EmbeddingRequest]);
export type ModelRequest = z.infer<typeof ModelRequest>;

export const isEmbeddingRequest = (request: ModelRequest): request is EmbeddingRequest => request.messages === undefined;
