import { describe, expect, test } from 'vitest';
import { batchFileOf, batchOutputLine, parseBatchLine } from './batch-line.ts';

const body = { model: 'm', messages: [{ role: 'user', content: 'x' }], newer: 1 };
const line = { custom_id: 'a-1', method: 'POST', url: '/v1/chat/completions', body };

describe('parseBatchLine', () => {
  test('gives id, endpoint and body, unknown fields kept', () => {
    expect(parseBatchLine(JSON.stringify(line), 1, '/v1/chat/completions')).toEqual({
      ok: true,
      line: { customId: 'a-1', url: '/v1/chat/completions', body },
    });
  });

  test.each([
    ['{"custom_id":', 'invalid_json', null],
    ['[]', 'invalid_request', null],
    [JSON.stringify({ ...line, custom_id: 'a\0' }), 'invalid_json', null],
    [JSON.stringify({ ...line, body: { ...body, metadata: { team: '\ud83d' } } }), 'invalid_json', null],
    [JSON.stringify({ ...line, custom_id: '' }), 'invalid_custom_id', 'custom_id'],
    [JSON.stringify({ ...line, custom_id: undefined }), 'invalid_custom_id', 'custom_id'],
    [JSON.stringify({ ...line, method: 'GET' }), 'invalid_request', 'method'],
    [JSON.stringify({ ...line, url: '/v1/embeddings' }), 'invalid_url', 'url'],
    [JSON.stringify({ ...line, body: { ...body, stream: true } }), 'stream_not_supported', 'body.stream'],
    [JSON.stringify({ ...line, body: { ...body, messages: [{ role: 'robot' }] } }), 'invalid_request', 'body.messages.0.role'],
  ])('%s: %s', (text, code, param) => {
    expect(parseBatchLine(text, 7, '/v1/chat/completions')).toMatchObject({ ok: false, error: { code, param, line: 7 } });
  });
});

describe('output lines', () => {
  test('an answer goes to the output file, an error answer to the error file', () => {
    const answer = { kind: 'response', statusCode: 200, requestId: 'req_1', body: { id: 'chatcmpl-1' } } as const;

    expect(JSON.parse(batchOutputLine('batch_req_1', 'a-1', answer))).toEqual({
      id: 'batch_req_1',
      custom_id: 'a-1',
      response: { status_code: 200, request_id: 'req_1', body: { id: 'chatcmpl-1' } },
      error: null,
    });
    expect(batchFileOf(answer)).toBe('output');
    expect(batchFileOf({ ...answer, statusCode: 429 })).toBe('error');
  });

  test('what never ran has no response', () => {
    const result = { kind: 'not_run', code: 'batch_expired', message: 'The batch expired.' } as const;

    expect(JSON.parse(batchOutputLine('batch_req_2', 'a-2', result))).toEqual({
      id: 'batch_req_2',
      custom_id: 'a-2',
      response: null,
      error: { code: 'batch_expired', message: 'The batch expired.' },
    });
    expect(batchFileOf(result)).toBe('error');
  });
});
