import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { registry } from '../../api/clients.ts';
import { searchQuery } from './search-filter.ts';
import type { SearchFilter } from './search-filter.ts';

export const useVersionSearch = (filter: SearchFilter) =>
  useInfiniteQuery({
    queryKey: ['version-search', filter],
    queryFn: ({ pageParam, signal }) => registry.searchVersions({ query: { limit: 50, ...searchQuery(filter), ...(pageParam === null ? {} : { cursor: pageParam }) } }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
