import { useQuery } from '@tanstack/react-query';
import { evaluation } from '../api/clients.ts';
import { useScope } from '../scope/project-scope.tsx';

export function useSuites() {
  const { project } = useScope();
  return useQuery({ queryKey: ['suites', project], queryFn: ({ signal }) => evaluation.listSuites({ query: { limit: 200, project } }, { signal }).then((page) => page.data), staleTime: 30_000 });
}
