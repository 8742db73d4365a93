import { useQuery } from '@tanstack/react-query';
import { registry } from '../api/clients.ts';
import { useScope } from '../scope/project-scope.tsx';

export function useUseCases() {
  const { project } = useScope();
  return useQuery({ queryKey: ['use-cases', project], queryFn: ({ signal }) => registry.listUseCases({ query: { limit: 200, project } }, { signal }).then((page) => page.data), staleTime: 30_000 });
}
