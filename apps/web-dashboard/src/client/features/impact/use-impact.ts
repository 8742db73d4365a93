import { keepPreviousData, skipToken, useInfiniteQuery } from '@tanstack/react-query';
import type { ImpactRequest } from '@weighbridge/registry-contracts';
import { registry } from '../../api/clients.ts';
import { useScope } from '../../scope/project-scope.tsx';

export type ImpactQuestion = Pick<ImpactRequest, 'license' | 'version' | 'whatIf'>;

/** Null: nothing is asked yet. */
export function useImpact(question: ImpactQuestion | null) {
  const { project } = useScope();
  return useInfiniteQuery({
    queryKey: ['impact', project, question],
    queryFn:
      question === null
        ? skipToken
        : ({ pageParam, signal }) => registry.assessImpact({ body: { ...question, limit: 50, ...(project === undefined ? {} : { project }), ...(pageParam === null ? {} : { cursor: pageParam }) } }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}
