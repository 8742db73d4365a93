import { ChatRequest } from './chat.ts';
import type { CompletionRequest } from './completion-request.ts';
import type { Translated, RequestFault } from './request-fault.ts';

/** OpenAI's default of `max_tokens` on this endpoint. */
const defaultMaxTokens = 16;
/** Each prompt is a call of its own, with its own hold. */
export const mostPrompts = 64;

const refused = (field: string, message: string): RequestFault => ({ path: [field], message, unsupported: true });

/** One chat request for each prompt: the prompt is a user's message, and the chat template of the model is applied to it. */
export function chatsOfCompletion(request: CompletionRequest): Translated<readonly [ChatRequest, ...ChatRequest[]]> {
  const { prompt, max_tokens: maxTokens, best_of: bestOf, echo, suffix, logprobs, stream: _stream, messages: _messages, ...rest } = request;
  const prompts = typeof prompt === 'string' ? [prompt] : prompt;
  const texts = prompts.filter((one) => typeof one === 'string');
  const [first, ...others] = texts;
  const faults: RequestFault[] = [
    ...(texts.length < prompts.length ? [refused('prompt', 'is not supported as tokens: send text')] : []),
    ...(prompts.length > mostPrompts ? [refused('prompt', `is not supported with more than ${mostPrompts} texts: use a batch`)] : []),
    ...(echo === true ? [refused('echo', 'is not supported: models are called through their chat template, which cannot score or repeat a prompt')] : []),
    ...(suffix != null && suffix !== '' ? [refused('suffix', 'is not supported: models are called through their chat template, which has no place for it')] : []),
    ...(bestOf != null && bestOf > (request.n ?? 1) ? [refused('best_of', 'is not supported above n')] : []),
    ...(maxTokens === 0 ? [refused('max_tokens', 'is not supported as 0: a prompt cannot be scored')] : []),
  ];
  if (faults.length > 0 || first === undefined) return { ok: false, faults };
  const chat = (text: string): ChatRequest => ({
    ...rest,
    messages: [{ role: 'user', content: text }],
    max_tokens: maxTokens ?? defaultMaxTokens,
    ...(logprobs == null ? {} : { logprobs: true, top_logprobs: logprobs }),
  });
  // Fields that completions share with chat and that their own schema leaves open.
  const checked = ChatRequest.safeParse(chat(first));
  if (!checked.success) return { ok: false, faults: checked.error.issues.map(({ path, message }) => ({ path: path.map(String), message, unsupported: false })) };
  return { ok: true, value: [chat(first), ...others.map(chat)] };
}
