import { skipToken, useQuery } from '@tanstack/react-query';
import { registry } from '../api/clients.ts';
import { useScope } from '../scope/project-scope.tsx';

/** The keys of the project in view; for administrators, and where one project is chosen. */
export function useKeys() {
  const { projectId, may } = useScope();
  return useQuery({
    queryKey: ['keys', projectId],
    queryFn: projectId === undefined || !may('admin') ? skipToken : ({ signal }) => registry.listKeys({ params: { id: projectId }, query: { limit: 200 } }, { signal }).then((page) => page.data),
  });
}
