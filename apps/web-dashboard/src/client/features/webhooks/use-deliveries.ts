import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { DeliveryStatus } from '@weighbridge/inference-domain';
import { inference } from '../../api/clients.ts';
import { useScope } from '../../scope/project-scope.tsx';

const refetchMs = 5_000;

/** What was told, or will be, newest first. */
export function useDeliveries(status: DeliveryStatus | null) {
  const { project } = useScope();
  return useInfiniteQuery({
    queryKey: ['webhooks', 'deliveries', project, status],
    queryFn: ({ pageParam, signal }) => inference.listWebhookDeliveries({ query: { limit: 50, project, ...(status === null ? {} : { status }), ...(pageParam === null ? {} : { cursor: pageParam }) } }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: refetchMs,
  });
}
