import { useQuery } from '@tanstack/react-query';
import { inference } from '../../api/clients.ts';
import { useScope } from '../../scope/project-scope.tsx';

/** A project has at most twenty. */
export function useWebhooks() {
  const { project } = useScope();
  return useQuery({
    queryKey: ['webhooks', 'list', project],
    queryFn: ({ signal }) => inference.listWebhooks({ query: { limit: 200, project } }, { signal }).then((page) => page.data),
  });
}
