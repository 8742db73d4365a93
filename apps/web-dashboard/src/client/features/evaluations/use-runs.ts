import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { evaluation } from '../../api/clients.ts';
import { useScope } from '../../scope/project-scope.tsx';

const refetchMs = 3_000;

/** Looks again every few seconds while one of the runs goes on. */
export function useRuns(suite: string | null) {
  const { project } = useScope();
  return useInfiniteQuery({
    queryKey: ['runs', project, suite],
    queryFn: ({ pageParam, signal }) => evaluation.listRuns({ query: { limit: 50, project, ...(suite === null ? {} : { suite }), ...(pageParam === null ? {} : { cursor: pageParam }) } }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.pages.some((page) => page.data.some((run) => run.status === 'queued' || run.status === 'running')) === true ? refetchMs : false),
  });
}
