import { useInfiniteQuery } from '@tanstack/react-query';
import { cost } from '../../api/clients.ts';

export const usePrices = (history: boolean) =>
  useInfiniteQuery({
    queryKey: ['prices', history],
    queryFn: ({ pageParam, signal }) => cost.listPrices({ query: { limit: 100, history: history ? 'true' : 'false', ...(pageParam === null ? {} : { cursor: pageParam }) } }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
