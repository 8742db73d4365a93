import { useQuery } from '@tanstack/react-query';
import { registry } from '../../api/clients.ts';

export const useCatalogue = () => useQuery({ queryKey: ['catalogue'], queryFn: ({ signal }) => registry.listCatalogue(undefined, { signal }).then((page) => page.data) });
