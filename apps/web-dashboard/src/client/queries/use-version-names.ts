import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { registry } from '../api/clients.ts';

/** References of versions whose name or publisher has these words, for a field that suggests them; null: not asked. */
export const useVersionNames = (typed: string | null) =>
  useQuery<string[]>({
    queryKey: ['version-names', typed],
    queryFn: typed === null ? skipToken : ({ signal }) => registry.searchVersions({ query: { limit: 20, ...(typed === '' ? {} : { query: typed.replace('@', ' ') }) } }, { signal }).then((page) => page.data.map(({ ref }) => ref as string)),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
