import type { ChatRequest } from '@weighbridge/inference-domain';
import { BackendError, messageText } from '@weighbridge/inference-domain';
import type { ChatHistoryItem } from 'node-llama-cpp';

export const unsupported = (what: string): BackendError =>
  new BackendError(`a llama-cpp deployment does not support ${what}`, {
    kind: 'rejected',
    retryable: false,
    status: 400,
    code: 'unsupported_parameter',
    publicDetail: `This deployment runs a local model, which does not support ${what}.`,
  });

/** Refuses what would otherwise be ignored without a word. */
export function assertSupported(request: ChatRequest): void {
  if (request.tools != null && request.tools.length > 0 && request.tool_choice !== 'none') throw unsupported('tools');
  if (request.functions != null) throw unsupported('functions');
  if (request.logprobs === true) throw unsupported('logprobs');
  if (request.logit_bias != null && Object.keys(request.logit_bias).length > 0) throw unsupported('logit_bias');
}

/**
 * The messages as node-llama-cpp's chat history, ending with the answer to write. No system message is added: what the model sees is
 * what the client sent.
 */
export function toChatHistory(messages: ChatRequest['messages']): ChatHistoryItem[] {
  const history: ChatHistoryItem[] = messages.map((message): ChatHistoryItem => {
    if (Array.isArray(message.content) && message.content.some((part) => part.type !== 'text')) throw unsupported('content other than text');
    const text = messageText(message.content);
    switch (message.role) {
      case 'developer':
      case 'system':
        return { type: 'system', text };
      case 'user':
        return { type: 'user', text };
      case 'assistant':
        return { type: 'model', response: [text] };
      case 'tool':
        throw unsupported('tool messages');
    }
  });
  // A last message of the assistant is the beginning of the answer, to be continued.
  if (history.at(-1)?.type !== 'model') history.push({ type: 'model', response: [] });
  return history;
}
