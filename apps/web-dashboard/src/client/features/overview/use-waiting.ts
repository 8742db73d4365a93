import { useQuery } from '@tanstack/react-query';
import { inference } from '../../api/clients.ts';
import { useScope } from '../../scope/project-scope.tsx';

const refetchMs = 3_000;

export function useWaiting() {
  const { project } = useScope();
  return useQuery({ queryKey: ['jobs', 'summary', project], queryFn: ({ signal }) => inference.summariseJobs({ query: { project } }, { signal }), refetchInterval: refetchMs });
}
