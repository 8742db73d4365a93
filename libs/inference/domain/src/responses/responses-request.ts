import { z } from 'zod';
import { ChatRequest } from '../chat.ts';

const { temperature, top_p, metadata, user, safety_identifier, parallel_tool_calls, service_tier, max_completion_tokens: maxOutputTokens, top_logprobs } = ChatRequest.shape;

/** What kind of item it is decides `chatOfResponse`, which can then say what is wrong with it. */
const InputItem = z.looseObject({ type: z.string().optional(), role: z.string().optional() });

const TextFormat = z
  .looseObject({ type: z.string().min(1), name: z.string().min(1).max(64).optional(), schema: z.looseObject({}).optional() })
  .refine((format) => format.type !== 'json_schema' || (format.name !== undefined && format.schema !== undefined), { error: 'of type json_schema needs a name and a schema' });

/** The body of `POST /v1/responses`, as OpenAI specifies it (OpenAPI document 2.3.0). Unknown fields stay in it. */
export const ResponsesRequest = z.looseObject({
  model: z.string().min(1).max(220),
  input: z.union([z.string(), z.array(InputItem).min(1)], { error: 'must be a text or a list of items' }),
  instructions: z.string().nullish(),
  /** Counts reasoning tokens too. */
  max_output_tokens: maxOutputTokens,
  temperature,
  top_p,
  top_logprobs,
  text: z.looseObject({ format: TextFormat.nullish(), verbosity: z.string().nullish() }).nullish(),
  tools: z.array(z.looseObject({ type: z.string().min(1), name: z.string().min(1).max(256).optional() })).nullish(),
  tool_choice: z.union([z.string(), z.looseObject({ type: z.string() })], { error: 'must be a string or an object' }).nullish(),
  parallel_tool_calls,
  reasoning: z.looseObject({ effort: z.string().nullish() }).nullish(),
  service_tier,
  metadata,
  user,
  safety_identifier,
  stream: z.boolean().nullish(),
  background: z.boolean().nullish(),
  store: z.boolean().nullish(),
  include: z.array(z.string()).nullish(),
  truncation: z.string().nullish(),
  previous_response_id: z.string().nullish(),
});
export type ResponsesRequest = z.infer<typeof ResponsesRequest>;
