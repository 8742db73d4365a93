import { useQuery } from '@tanstack/react-query';
import { cost } from '../api/clients.ts';
import { useScope } from '../scope/project-scope.tsx';

const refetchMs = 5_000;

/** The budgets in view with where they stand now. */
export function useBudgets() {
  const { project } = useScope();
  return useQuery({ queryKey: ['budgets', project], queryFn: ({ signal }) => cost.listBudgets({ query: { limit: 200, project } }, { signal }).then((page) => page.data), refetchInterval: refetchMs });
}
