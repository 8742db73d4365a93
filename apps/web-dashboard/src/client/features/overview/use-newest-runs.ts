import { useQuery } from '@tanstack/react-query';
import { evaluation } from '../../api/clients.ts';
import { useScope } from '../../scope/project-scope.tsx';

const shown = 6;
const refetchMs = 5_000;

export function useNewestRuns() {
  const { project } = useScope();
  return useQuery({ queryKey: ['runs', 'newest', project], queryFn: ({ signal }) => evaluation.listRuns({ query: { limit: shown, project } }, { signal }).then((page) => page.data), refetchInterval: refetchMs });
}
