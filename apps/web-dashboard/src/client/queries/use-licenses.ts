import { useQuery } from '@tanstack/react-query';
import { registry } from '../api/clients.ts';

export const useLicenses = () => useQuery({ queryKey: ['licenses'], queryFn: ({ signal }) => registry.listLicenses(undefined, { signal }).then((page) => page.data), staleTime: 300_000 });
