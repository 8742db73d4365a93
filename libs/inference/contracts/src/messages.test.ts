import { describe, expect, test } from 'vitest';
import { BatchRequest, InferenceMessage, LiveReply, NewJob, inferenceEndpoints } from './index.ts';

const jobId = `job_${'0'.repeat(32)}`;

describe('messages', () => {
  test('a durable job travels as its id and round, and nothing else', () => {
    const message = { v: 1, kind: 'durable', jobId, dispatch: 1 };
    expect(InferenceMessage.parse({ ...message, request: { secret: 'prompt' } })).toEqual(message);
  });

  test.each([
    { what: 'of another version', message: { v: 2, kind: 'durable', jobId, dispatch: 1 } },
    { what: 'of an unknown kind', message: { v: 1, kind: 'other', jobId } },
    { what: 'with an id that is none', message: { v: 1, kind: 'durable', jobId: 'job_1', dispatch: 1 } },
    { what: 'that waits without a ticket', message: { v: 1, kind: 'waiting', jobId, gatewayId: 'gw', stream: false, request: { model: 'm', messages: [] } } },
  ])('one $what does not parse', ({ message }) => {
    expect(InferenceMessage.safeParse(message).success).toBe(false);
  });

  test('a reply keeps what the backend said beside the fields that are known', () => {
    const reply = { type: 'done', jobId, sequence: 0, attempts: [], reply: { choices: [], usage: {}, finishReason: 'stop', serviceTier: 'default' } };
    expect(LiveReply.parse(reply)).toEqual(reply);
  });
});

describe('what clients post', () => {
  test.each([
    { body: { model: 'm', input: { messages: [{ role: 'user', content: 'hi' }] } }, accepted: true },
    { body: { model: 'm@1', input: { messages: [{ role: 'user', content: 'hi' }] }, priority: 'batch', tags: { team: 'search' } }, accepted: true },
    { body: { model: 'm', input: { messages: [] } }, accepted: false },
    { body: { model: 'm', input: { messages: [{ role: 'user', content: 'hi' }] }, priority: 'evaluation' }, accepted: false },
    { body: { model: 'no such: reference', input: { messages: [{ role: 'user', content: 'hi' }] } }, accepted: false },
  ])('job $body: accepted $accepted', ({ body, accepted }) => {
    expect(NewJob.safeParse(body).success).toBe(accepted);
  });

  test.each([
    { change: {}, accepted: true },
    { change: { endpoint: '/v1/embeddings' }, accepted: false },
    { change: { completion_window: '1h' }, accepted: false },
    { change: { input_file_id: '' }, accepted: false },
  ])('batch with $change: accepted $accepted', ({ change, accepted }) => {
    const batch = { input_file_id: 'file-1', endpoint: '/v1/chat/completions', completion_window: '24h' };
    expect(BatchRequest.safeParse({ ...batch, ...change }).success).toBe(accepted);
  });
});

test('every endpoint that makes a model work is marked for admission', () => {
  const marked = Object.entries(inferenceEndpoints).flatMap(([name, endpoint]) => ('admission' in endpoint ? [name] : []));
  expect(marked).toEqual(['createChatCompletion', 'createCompletion', 'createEmbeddings', 'createResponse', 'createBatch', 'createJob', 'createEvaluationJobs']);
});
