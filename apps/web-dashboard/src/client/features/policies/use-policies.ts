import { useQuery } from '@tanstack/react-query';
import { registry } from '../../api/clients.ts';

export const usePolicies = () => useQuery({ queryKey: ['policies'], queryFn: ({ signal }) => registry.listPolicies(undefined, { signal }).then((page) => page.data) });
