import { ApiError } from '@weighbridge/shared-contracts';

export interface ErrorText {
  readonly message: string;
  readonly requestId?: string;
}

/** What a person should read of an error. Services say it themselves; the rest is the network or a version that does not fit. */
export function errorText(error: unknown): ErrorText {
  if (error instanceof ApiError) return { message: error.problem.detail, requestId: error.problem.requestId };
  if (error instanceof TypeError) return { message: 'The server could not be reached. Check the connection, then try again.' };
  return { message: 'The answer could not be read. The page may be older than the server: reload it.' };
}

/** Messages of a refused form by field: `/body/facts/regions/0` is under `facts.regions`. */
export function fieldFaults(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  return Object.fromEntries((error.problem.errors ?? []).map(({ pointer, message }) => [pointer.replace(/^\/body\//, '').replace(/\/\d+$/, '').replaceAll('/', '.'), message]));
}
