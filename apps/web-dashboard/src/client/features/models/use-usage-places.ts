import { useQuery } from '@tanstack/react-query';
import { registry } from '../../api/clients.ts';

export const useUsagePlaces = (name: string, version: string) =>
  useQuery({ queryKey: ['usage-places', name, version], queryFn: ({ signal }) => registry.getUsagePlaces({ params: { name, version } }, { signal }) });
