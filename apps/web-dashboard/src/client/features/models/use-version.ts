import { useQuery } from '@tanstack/react-query';
import { registry } from '../../api/clients.ts';

export const useVersion = (name: string, version: string) => useQuery({ queryKey: ['version', name, version], queryFn: ({ signal }) => registry.getVersion({ params: { name, version } }, { signal }), staleTime: 300_000 });
