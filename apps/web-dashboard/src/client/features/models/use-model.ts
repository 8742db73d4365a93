import { useQuery } from '@tanstack/react-query';
import { registry } from '../../api/clients.ts';

export const useModel = (name: string) => useQuery({ queryKey: ['model', name], queryFn: ({ signal }) => registry.getModel({ params: { name } }, { signal }) });
