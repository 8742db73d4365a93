import { keepPreviousData, skipToken, useInfiniteQuery } from '@tanstack/react-query';
import { inference } from '../../api/clients.ts';
import { useScope } from '../../scope/project-scope.tsx';

const refetchMs = 3_000;

/** The batches of the project in view, newest first; a key of the platform chooses one. */
export function useBatches() {
  const { projectId, project } = useScope();
  return useInfiniteQuery({
    queryKey: ['batches', projectId],
    queryFn:
      projectId === undefined
        ? skipToken
        : ({ pageParam, signal }) =>
            inference.listBatches({ query: { limit: 50, ...(pageParam === null ? {} : { after: pageParam }) } }, { signal, ...(project === undefined ? {} : { headers: { 'x-weighbridge-project': project } }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.has_more ? page.last_id : null),
    placeholderData: keepPreviousData,
    refetchInterval: refetchMs,
  });
}
