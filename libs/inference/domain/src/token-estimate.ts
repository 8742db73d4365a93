import type { TokenUsage } from '@weighbridge/shared-domain';
import type { ChatMessage, ChatRequest } from './chat.ts';

/** Tokens that a chat template puts around one message (role marks, separators, a leading space). ChatML needs 5, Llama 3 needs 5. */
const TOKENS_PER_MESSAGE = 16;
/** Tokens that a chat template adds once: begin marks, a default system prompt, today's date. The longest common one (gpt-oss) has about 90. */
const TOKENS_PER_REQUEST = 128;
/** Tokens of the instructions that a template writes before a list of tools. */
const TOKENS_BEFORE_TOOLS = 512;
/** Templates print tools as indented JSON; twice the bytes of the compact form covers the white space. */
const TOOL_JSON_FACTOR = 2;
/** The dearest published image: 2,833 tokens and 5,667 for each of at most eight tiles (GPT-4o mini, OpenAI's vision guide). */
const TOKENS_PER_IMAGE = 48_169;

/** Bytes of the UTF-8 form; a lone surrogate counts as its replacement character, three bytes. */
export function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes += 1;
    else if (unit >= 0xd800 && unit <= 0xdbff && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00) {
      bytes += 2;
      index += 1;
    } else bytes += 2;
  }
  return bytes;
}

const jsonBytes = (value: unknown): number => (value == null ? 0 : utf8Bytes(JSON.stringify(value)));

function contentTokens(content: ChatMessage['content']): number {
  if (content == null) return 0;
  if (typeof content === 'string') return utf8Bytes(content);
  let tokens = 0;
  for (const part of content) {
    if (part.type === 'text') tokens += utf8Bytes(part.text ?? '');
    else if (part.type === 'image_url') tokens += TOKENS_PER_IMAGE;
    else tokens += jsonBytes(part);
  }
  return tokens;
}

/**
 * An upper bound of the input tokens of a chat request, for the budget hold: never too small for a known tokenizer, usually three to
 * five times too large; the difference is released when the attempt is settled.
 *
 * Why it is a bound: byte-level BPE (GPT, Llama 3, Qwen, DeepSeek) and SentencePiece with byte fallback (Llama 2, Mistral, Gemma) only ever
 * merge bytes, so every token of a text stands for at least one byte of its UTF-8 form. What a chat template adds is counted per message and
 * per request, tools by their JSON. Images count as the dearest published one, audio and files by the bytes of their data, of which
 * a model makes far fewer tokens. Not covered: a server that adds a prompt of its own, or fetches a file by id or address.
 */
export function estimateInputTokens(request: ChatRequest): number {
  let tokens = TOKENS_PER_REQUEST;
  for (const message of request.messages) {
    tokens += TOKENS_PER_MESSAGE + contentTokens(message.content);
    const { role: _role, content: _content, ...others } = message;
    for (const other of Object.values(others)) tokens += typeof other === 'string' ? utf8Bytes(other) : jsonBytes(other);
  }
  for (const tools of [request.tools, request.functions]) {
    if (tools != null) tokens += TOKENS_BEFORE_TOOLS + TOOL_JSON_FACTOR * jsonBytes(tools);
  }
  return tokens + TOOL_JSON_FACTOR * jsonBytes(request.response_format) + jsonBytes(request.prediction);
}

/**
 * The usage of an attempt whose backend reported none: input by {@link estimateInputTokens}, output by the bytes of what came, both upper
 * bounds, so that a budget is never overspent by a silent server. `output` is all text that the model wrote: content, reasoning, tool arguments.
 */
export const estimateUsage = (request: ChatRequest, output: string): TokenUsage => ({
  inputTokens: estimateInputTokens(request),
  cachedInputTokens: 0,
  cacheWriteTokens: 0,
  // One more for the token that ends the answer.
  outputTokens: output === '' ? 0 : utf8Bytes(output) + 1,
  reasoningTokens: 0,
});
