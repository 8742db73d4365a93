import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { ChangeRequestStatus } from '@weighbridge/registry-contracts';
import { registry } from '../../api/clients.ts';
import { useScope } from '../../scope/project-scope.tsx';

const refetchMs = 15_000;

/** Null: whatever came of them. */
export function useChangeRequests(status: ChangeRequestStatus | null) {
  const { project } = useScope();
  return useInfiniteQuery({
    queryKey: ['change-requests', project, status],
    queryFn: ({ pageParam, signal }) => registry.listChangeRequests({ query: { limit: 50, project, ...(status === null ? {} : { status }), ...(pageParam === null ? {} : { cursor: pageParam }) } }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: refetchMs,
  });
}
