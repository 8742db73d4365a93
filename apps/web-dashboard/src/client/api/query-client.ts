import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from '@weighbridge/shared-contracts';

export const sessionQueryKey = ['session'] as const;

const maxRetries = 3;

/** A refusal stays one however often one asks; what may pass by itself is asked again, for about three seconds. */
const worthRetrying = (failures: number, error: Error): boolean => failures < maxRetries && !(error instanceof ApiError && error.status < 500) && error.name !== '$ZodError' && error.name !== 'ZodError';

export function createQueryClient(): QueryClient {
  const client = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        // A key that was revoked or a session that ended: the sign-in page follows from the session alone.
        if (error instanceof ApiError && error.status === 401 && query.queryKey[0] !== sessionQueryKey[0]) void client.invalidateQueries({ queryKey: sessionQueryKey });
      },
    }),
    defaultOptions: { queries: { staleTime: 5_000, retry: worthRetrying, retryDelay: (attempt) => 400 * 2 ** attempt, refetchOnWindowFocus: true } },
  });
  return client;
}
