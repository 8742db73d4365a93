import type { Backend, BackendReply, ChatChoice, ChatRequest } from '@weighbridge/inference-domain';
import { BackendError, OUTPUT_MISMATCH } from '@weighbridge/inference-domain';
import type { OutputCheck } from './output-check.ts';
import { SchemaError, checkJsonObject, outputCheckFor } from './output-check.ts';

/**
 * A backend whose answers are checked against the request's `response_format`, whoever was to enforce it: servers differ in what they
 * enforce, and do not say. A schema that cannot be checked is refused before the call. An answer that does not fit is a failed call, with
 * code `output_schema_mismatch` and all that it cost; of a stream this is told at its end. Not checked: `strict: false`, and answers
 * that were cut by their limit, refused or filtered, or call tools, which OpenAI's clients tell by the finish reason.
 */
export function withOutputCheck(backend: Backend): Backend {
  const embed = backend.embed?.bind(backend);
  return {
    kind: backend.kind,
    health: () => backend.health(),
    close: () => backend.close(),
    ...(embed === undefined ? {} : { embed }),
    chat: async (chat, options) => {
      const check = checkOf(chat.request);
      const reply = await backend.chat(chat, options);
      return check === null ? reply : checked(reply, check);
    },
  };
}

function checkOf({ response_format: format }: ChatRequest): OutputCheck | null {
  if (format?.type === 'json_object') return checkJsonObject;
  if (format?.type !== 'json_schema') return null;
  const { schema, strict } = format.json_schema as { schema?: unknown; strict?: unknown };
  if (schema == null || strict === false) return null;
  try {
    return outputCheckFor(schema);
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    throw new BackendError('the schema of the answer cannot be checked', {
      kind: 'rejected',
      retryable: false,
      code: 'invalid_json_schema',
      publicDetail: `The JSON Schema in response_format cannot be used: ${error.message}.`,
      cause: error,
    });
  }
}

const isWhole = ({ finish_reason: reason, message }: ChatChoice): boolean =>
  (reason === 'stop' || reason === null) && message.refusal == null && (message.tool_calls ?? []).length === 0;

function checked(reply: BackendReply, check: OutputCheck): BackendReply {
  for (const choice of reply.choices) {
    if (!isWhole(choice)) continue;
    const verdict = check(choice.message.content ?? '');
    if (verdict.ok) continue;
    throw new BackendError(`the answer does not fit the schema: ${verdict.why}`, {
      kind: 'failed',
      retryable: true,
      code: OUTPUT_MISMATCH,
      publicDetail: `The model's answer does not fit the requested response_format: ${verdict.why}.`,
      usage: reply.usage,
      settlement: reply.settlement,
      ...(reply.providerRequestId === undefined ? {} : { providerRequestId: reply.providerRequestId }),
    });
  }
  return reply;
}
