export { AttemptOutcome, Settlement } from './attempt-outcome.ts';
export { BackendError, BackendErrorKind, BackendHealth, BackendKind } from './backend.ts';
export type { Backend, BackendChat, BackendChatOptions, BackendDelta, BackendErrorOptions, BackendReply } from './backend.ts';
export { ChatMessage, ChatRequest, ToolCall, maxOutputTokens, messageText, worstCaseOutputTokens } from './chat.ts';
export type { ContentPart } from './chat.ts';
export {
  AssistantReply,
  ChatChoice,
  ChatCompletion,
  ChatCompletionChunk,
  ChatDelta,
  ChunkChoice,
  FinishReason,
  chunkBody,
  completionBody,
  usageChunkBody,
} from './chat-completion.ts';
export type { ChunkParts, CompletionHead, CompletionParts } from './chat-completion.ts';
export { CompletionRequest } from './completion-request.ts';
export { EmbeddingRequest } from './embedding-request.ts';
export { JobStatus, canTransition, isTerminalJobStatus, terminalJobStatuses } from './job.ts';
export { Lane, lanes, messagePriority } from './lane.ts';
export { OpenAiUsage, openAiUsage, tokenUsageFromOpenAi } from './openai-usage.ts';
export type { OpenAiUsageBody } from './openai-usage.ts';
