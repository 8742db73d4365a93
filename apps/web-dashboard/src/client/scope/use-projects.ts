import { useQuery } from '@tanstack/react-query';
import { registry } from '../api/clients.ts';

export const useProjects = () => useQuery({ queryKey: ['projects'], queryFn: ({ signal }) => registry.listProjects({ query: { limit: 200 } }, { signal }).then((page) => page.data), staleTime: 30_000 });
