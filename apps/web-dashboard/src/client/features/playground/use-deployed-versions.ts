import { useQuery } from '@tanstack/react-query';
import { registry } from '../../api/clients.ts';

/** References of the versions that can be called, by name. */
export const useDeployedVersions = () =>
  useQuery({ queryKey: ['deployed-versions'], queryFn: ({ signal }) => registry.searchVersions({ query: { deployed: 'true', order: 'name', limit: 200 } }, { signal }).then((page) => page.data.map(({ ref }) => ref as string)), staleTime: 30_000 });
