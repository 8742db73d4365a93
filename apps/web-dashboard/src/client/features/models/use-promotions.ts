import { useQuery } from '@tanstack/react-query';
import { registry } from '../../api/clients.ts';
import { useScope } from '../../scope/project-scope.tsx';

export function usePromotions(name: string) {
  const { project } = useScope();
  return useQuery({ queryKey: ['promotions', name, project], queryFn: ({ signal }) => registry.listPromotions({ params: { name }, query: { limit: 20, project } }, { signal }).then((page) => page.data) });
}
