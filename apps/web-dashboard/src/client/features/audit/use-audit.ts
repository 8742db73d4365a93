import { keepPreviousData, skipToken, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { registry } from '../../api/clients.ts';
import { useScope } from '../../scope/project-scope.tsx';

export interface AuditFilter {
  readonly action: string | null;
  readonly subject: string | null;
}

export function useAudit({ action, subject }: AuditFilter) {
  const { project } = useScope();
  return useInfiniteQuery({
    queryKey: ['audit', project, action, subject],
    queryFn: ({ pageParam, signal }) =>
      registry.listAudit(
        { query: { limit: 50, project, ...(action === null ? {} : { action }), ...(subject === null ? {} : { subject }), ...(pageParam === null ? {} : { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}

/** Recomputes the whole chain, so it is asked for once, and again only by hand. */
export function useAuditVerification() {
  const { isPlatform, may } = useScope();
  return useQuery({
    queryKey: ['audit-verification'],
    queryFn: isPlatform && may('admin') ? ({ signal }) => registry.verifyAudit(undefined, { signal }) : skipToken,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
}
