import { useQuery } from '@tanstack/react-query';
import { registry } from '../../api/clients.ts';

export const useCard = (name: string, version: string) => useQuery({ queryKey: ['card', name, version], queryFn: ({ signal }) => registry.getCard({ params: { name, version } }, { signal }), staleTime: 300_000 });
