export { mergeAnthropicUsage, tokenUsageFromAnthropic } from './anthropic-usage.ts';
export { AttemptOutcome, Settlement } from './attempt-outcome.ts';
export { BackendError, BackendErrorKind, BackendHealth, BackendKind } from './backend.ts';
export type { Backend, BackendChat, BackendChatOptions, BackendDelta, BackendEmbeddings, BackendErrorOptions, BackendReply, FileMismatch } from './backend.ts';
export { BatchStatus, canBatchTransition, isTerminalBatchStatus } from './batch-status.ts';
export { BatchEndpoint, batchEndpoints, batchFileOf, batchOutputLine, parseBatchLine } from './batch-line.ts';
export type { BatchLine, BatchLineError, BatchLineErrorCode, BatchLineResult, ParsedBatchLine } from './batch-line.ts';
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
export { chatsOfCompletion, mostPrompts } from './completion-chat.ts';
export { TextCompletion, textChoices, textCompletionBody } from './text-completion.ts';
export { createTextStream } from './text-stream.ts';
export { EmbeddingRequest, embeddingCount, estimateEmbeddingTokens, estimateEmbeddingUsage } from './embedding-request.ts';
export { EmbeddingList, EmbeddingVector, embeddingListBody } from './embedding-list.ts';
export { ModelRequest, isEmbeddingRequest } from './model-request.ts';
export type { RequestFault, Translated } from './request-fault.ts';
export { ResponsesRequest } from './responses/responses-request.ts';
export { chatOfResponse } from './responses/response-chat.ts';
export { ResponseObject, ResponseStatus, responseBody } from './responses/response-object.ts';
export type { ResponseHead } from './responses/response-object.ts';
export { createResponseStream, outputOfChoice } from './responses/response-stream.ts';
export type { ResponseEvent, ResponseStream } from './responses/response-stream.ts';
export { followResponse, responseOfJob } from './responses/response-of-job.ts';
export type { ResponseJob } from './responses/response-of-job.ts';
export { JobStatus, canTransition, isTerminalJobStatus, terminalJobStatuses } from './job.ts';
export { Lane, lanes, messagePriority } from './lane.ts';
export { OpenAiUsage, openAiUsage, tokenUsageFromOpenAi } from './openai-usage.ts';
export type { OpenAiUsageBody } from './openai-usage.ts';
export { OUTPUT_MISMATCH, decideRetry, defaultRetryPolicy, isRetryableStatus } from './retry-policy.ts';
export type { FailedAttempt, RetryConditions, RetryDecision, RetryPolicy } from './retry-policy.ts';
export { chooseDeployments } from './route.ts';
export type { PassedOver, PassedOverReason, RoutableDeployment, Route, RouteConditions } from './route.ts';
export { estimateInputTokens, estimateUsage } from './token-estimate.ts';
export { DeliveryStatus, WebhookEvent, circuitFailures, circuitPauseMs, decideDelivery, deliveryWaitsMs, retryAfterMs } from './webhook.ts';
export type { DeliveryDecision, DeliveryTry, RetryMoment } from './webhook.ts';
