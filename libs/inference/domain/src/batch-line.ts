import { jsonFault } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { ChatRequest } from './chat.ts';
import { CompletionRequest } from './completion-request.ts';
import { EmbeddingRequest } from './embedding-request.ts';

/** The endpoints that a batch may name. */
export const batchEndpoints = ['/v1/chat/completions', '/v1/completions', '/v1/embeddings'] as const;
export const BatchEndpoint = z.enum(batchEndpoints);
export type BatchEndpoint = z.infer<typeof BatchEndpoint>;

const bodies = {
  '/v1/chat/completions': ChatRequest,
  '/v1/completions': CompletionRequest,
  '/v1/embeddings': EmbeddingRequest,
} as const satisfies Record<BatchEndpoint, z.ZodType>;

/** One request of a batch's input file. */
export interface BatchLine {
  /** Chosen by the client and unique in the file, which the caller checks: a line does not know the others. */
  readonly customId: string;
  readonly url: BatchEndpoint;
  /** Parsed by the endpoint's schema; unknown fields are kept. */
  readonly body: ChatRequest | CompletionRequest | EmbeddingRequest;
}

export type BatchLineErrorCode = 'invalid_json' | 'invalid_request' | 'invalid_url' | 'invalid_custom_id' | 'duplicate_custom_id' | 'stream_not_supported';

/** An entry of a batch's `errors.data`, as OpenAI shapes it. `line` counts from 1. */
export interface BatchLineError {
  readonly code: BatchLineErrorCode;
  readonly message: string;
  /** The faulty field, e.g. `body.messages.0.role`. */
  readonly param: string | null;
  readonly line: number;
}

export type ParsedBatchLine = { readonly ok: true; readonly line: BatchLine } | { readonly ok: false; readonly error: BatchLineError };

const Envelope = z.looseObject({
  custom_id: z.string().min(1).max(512),
  method: z.literal('POST'),
  url: z.string(),
  body: z.looseObject({}),
});

/** Parses one line of the input file of a batch for `endpoint`. `lineNumber` counts from 1; a blank line is the caller's to skip. */
export function parseBatchLine(text: string, lineNumber: number, endpoint: BatchEndpoint): ParsedBatchLine {
  const fault = (code: BatchLineErrorCode, message: string, param: string | null): ParsedBatchLine => ({
    ok: false,
    error: { code, message, param, line: lineNumber },
  });

  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return fault('invalid_json', 'This line is not valid JSON.', null);
  }
  const unstorable = jsonFault(json);
  if (unstorable !== null) return fault('invalid_json', `This line cannot be taken. ${unstorable}`, null);
  const envelope = Envelope.safeParse(json);
  if (!envelope.success) {
    const issue = envelope.error.issues[0];
    const param = issue === undefined || issue.path.length === 0 ? null : issue.path.join('.');
    return fault(param === 'custom_id' ? 'invalid_custom_id' : 'invalid_request', issue?.message ?? 'This line is not a batch request.', param);
  }
  const { custom_id: customId, url, body } = envelope.data;
  if (url !== endpoint) return fault('invalid_url', `The url must be the endpoint of the batch, ${endpoint}.`, 'url');
  if (body.stream === true) return fault('stream_not_supported', 'A batch request cannot stream.', 'body.stream');
  const parsed = bodies[endpoint].safeParse(body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return fault('invalid_request', issue?.message ?? 'The body is not valid.', ['body', ...(issue?.path ?? [])].join('.'));
  }
  return { ok: true, line: { customId, url: endpoint, body: parsed.data } };
}

/** What became of one request: an answer of the endpoint (an error answer too), or the reason why it never ran. */
export type BatchLineResult =
  | { readonly kind: 'response'; readonly statusCode: number; readonly requestId: string; readonly body: unknown }
  | { readonly kind: 'not_run'; readonly code: 'batch_expired' | 'batch_cancelled'; readonly message: string };

/** A line of an output or error file, without its line feed. `id` begins with `batch_req_`; `customId` is null for a line that had none. */
export const batchOutputLine = (id: string, customId: string | null, result: BatchLineResult): string =>
  JSON.stringify(
    result.kind === 'response'
      ? {
          id,
          custom_id: customId,
          response: { status_code: result.statusCode, request_id: result.requestId, body: result.body },
          error: null,
        }
      : { id, custom_id: customId, response: null, error: { code: result.code, message: result.message } },
  );

/** Lines with a status of 400 or more, and those that never ran, go to the error file, all others to the output file. */
export const batchFileOf = (result: BatchLineResult): 'output' | 'error' => (result.kind === 'response' && result.statusCode < 400 ? 'output' : 'error');
