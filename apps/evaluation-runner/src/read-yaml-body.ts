import { AppError } from '@weighbridge/shared-domain';
import { YAMLParseError, parse } from 'yaml';

/** Reading YAML takes some hundred times as long as JSON, in the one thread that serves everybody. */
const maxYamlBytes = 2_097_152;

/** A suite as YAML 1.2 (core schema: `no` is a text, not false). Aliases are allowed within the library's limit. Throws `request.malformed` or `request.too_large`. */
export function readYamlBody(bytes: Buffer): unknown {
  if (bytes.length > maxYamlBytes) {
    throw new AppError('request.too_large', `YAML body of ${bytes.length} bytes`, { detail: `YAML may have at most ${maxYamlBytes} bytes here; send a larger suite as JSON.` });
  }
  try {
    return parse(bytes.toString('utf8'), { schema: 'core', logLevel: 'error' });
  } catch (cause) {
    const where = cause instanceof YAMLParseError ? cause.message : cause instanceof Error ? cause.message : 'unreadable';
    throw new AppError('request.malformed', 'body is not YAML', { cause, detail: `The body is not valid YAML: ${where.slice(0, 300)}` });
  }
}
