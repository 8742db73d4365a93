import { BackendError, isEmbeddingRequest } from '@weighbridge/inference-domain';
import type { Backend, BackendChatOptions, BackendEmbeddings, BackendReply, ModelRequest } from '@weighbridge/inference-domain';

export type ModelReply = BackendReply | BackendEmbeddings;

export interface BackendCall {
  readonly request: ModelRequest;
  readonly maxOutputTokens: number;
}

/** Asks a backend for what the request is. Rejects with a BackendError of kind `rejected` where its kind has no embeddings. */
export function callBackend(backend: Backend, { request, maxOutputTokens }: BackendCall, options: BackendChatOptions): Promise<ModelReply> {
  if (!isEmbeddingRequest(request)) return backend.chat({ request, maxOutputTokens }, options);
  if (backend.embed !== undefined) return backend.embed(request, options);
  return Promise.reject(
    new BackendError(`a backend of kind ${backend.kind} has no embeddings`, { kind: 'rejected', retryable: false, publicDetail: `Backends of kind "${backend.kind}" have no embeddings.` }),
  );
}
