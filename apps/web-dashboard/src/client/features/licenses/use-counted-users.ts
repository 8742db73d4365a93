import { useQuery } from '@tanstack/react-query';
import { registry } from '../../api/clients.ts';

/** Distinct end users by licence family, this month and the last; for keys of the platform. */
export const useCountedUsers = () => useQuery({ queryKey: ['end-users'], queryFn: ({ signal }) => registry.listEndUsers({ query: { months: 2 } }, { signal }).then((page) => page.data) });
