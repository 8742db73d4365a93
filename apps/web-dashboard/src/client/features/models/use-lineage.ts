import { useQuery } from '@tanstack/react-query';
import { registry } from '../../api/clients.ts';

export const useLineage = (name: string, version: string) => useQuery({ queryKey: ['lineage', name, version], queryFn: ({ signal }) => registry.getLineage({ params: { name, version } }, { signal }), staleTime: 60_000 });
