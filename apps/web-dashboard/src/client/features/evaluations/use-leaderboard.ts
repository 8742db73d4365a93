import { skipToken, useQuery } from '@tanstack/react-query';
import type { SuiteSummary } from '@weighbridge/evaluation-contracts';
import { evaluation } from '../../api/clients.ts';
import { useScope } from '../../scope/project-scope.tsx';

/** A suite belongs to a project, and a key of the platform must say which. */
export function useLeaderboard(suite: SuiteSummary | undefined) {
  const { isPlatform } = useScope();
  return useQuery({
    queryKey: ['leaderboard', suite?.projectId, suite?.name],
    queryFn: suite === undefined ? skipToken : ({ signal }) => evaluation.getLeaderboard({ query: { suite: suite.name, ...(isPlatform ? { project: suite.projectId } : {}) } }, { signal }).then((board) => board.data),
  });
}
