import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { JobStatus, Lane } from '@weighbridge/inference-domain';
import { inference } from '../../api/clients.ts';
import { useScope } from '../../scope/project-scope.tsx';

export interface JobFilter {
  readonly status: JobStatus | null;
  readonly lane: Lane | null;
}

/** Every so often where no event says when. */
export function useJobs({ status, lane }: JobFilter, refetchIntervalMs: number) {
  const { project } = useScope();
  return useInfiniteQuery({
    queryKey: ['jobs', 'list', project, status, lane],
    queryFn: ({ pageParam, signal }) =>
      inference.listJobs({ query: { limit: 50, project, ...(status === null ? {} : { status }), ...(lane === null ? {} : { lane }), ...(pageParam === null ? {} : { cursor: pageParam }) } }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: refetchIntervalMs,
  });
}
