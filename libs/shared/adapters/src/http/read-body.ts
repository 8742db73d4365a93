import type { IncomingMessage } from 'node:http';
import { AppError, jsonFault } from '@weighbridge/shared-domain';

export const defaultMaxBodyBytes = 1_048_576;

/** Collects a request body up to a limit. A longer one is refused as soon as that is known, and what still comes is thrown away. */
export function readBody(request: IncomingMessage, maxBytes = defaultMaxBodyBytes): Promise<Buffer> {
  const tooLarge = () => new AppError('request.too_large', `body over ${maxBytes} bytes`, { detail: `The body may have at most ${maxBytes} bytes here.` });
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
    request.resume();
    return Promise.reject(tooLarge());
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) chunks.push(chunk);
      else {
        chunks.length = 0;
        request.removeAllListeners('data');
        request.resume();
        reject(tooLarge());
      }
    });
    request.once('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    const gone = () => reject(new AppError('request.malformed', 'the client went away while sending the body'));
    request.once('aborted', gone);
    request.once('error', reject);
    // It may have gone while the key was looked up: then neither event comes any more.
    if (request.destroyed && !request.complete) gone();
  });
}

export function parseJsonBody(bytes: Buffer): unknown {
  if (bytes.length === 0) throw new AppError('request.malformed', 'empty body', { detail: 'This endpoint needs a JSON body.' });
  const json = parse(bytes);
  const fault = jsonFault(json);
  if (fault !== null) throw new AppError('request.malformed', 'JSON that cannot be stored', { detail: `The body cannot be taken. ${fault}` });
  return json;
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new AppError('request.malformed', 'body is not JSON', { cause, detail: `The body is not valid JSON: ${cause instanceof Error ? cause.message.slice(0, 200) : 'unreadable'}.` });
  }
}
