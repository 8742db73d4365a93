import { skipToken, useQuery } from '@tanstack/react-query';
import { registry } from '../api/clients.ts';

/** A licence to the clause; nothing is asked for where the id is null. */
export const useLicense = (id: string | null) =>
  useQuery({ queryKey: ['license', id], queryFn: id === null ? skipToken : ({ signal }) => registry.getLicense({ params: { id } }, { signal }), staleTime: 300_000 });
