import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { registry } from '../../api/clients.ts';

interface ModelFilter {
  readonly query: string;
  readonly license: string | null;
}

export const useModels = ({ query, license }: ModelFilter) =>
  useInfiniteQuery({
    queryKey: ['models', query, license],
    queryFn: ({ pageParam, signal }) => registry.listModels({ query: { limit: 50, ...(query === '' ? {} : { query }), ...(license === null ? {} : { license }), ...(pageParam === null ? {} : { cursor: pageParam }) } }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
