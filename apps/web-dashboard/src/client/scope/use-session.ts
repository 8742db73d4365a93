import { useQuery } from '@tanstack/react-query';
import { sessionQueryKey } from '../api/query-client.ts';
import { readSession } from '../api/session-client.ts';

export const useSession = () => useQuery({ queryKey: sessionQueryKey, queryFn: ({ signal }) => readSession(signal), staleTime: 60_000 });
