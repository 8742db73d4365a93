import { useQuery } from '@tanstack/react-query';
import { registry } from '../../api/clients.ts';

export const useDeployments = (name: string) => useQuery({ queryKey: ['deployments', name], queryFn: ({ signal }) => registry.listDeployments({ params: { name }, query: { limit: 200 } }, { signal }).then((page) => page.data) });
