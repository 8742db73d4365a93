import { skipToken, useQuery } from '@tanstack/react-query';
import { registry } from '../../api/clients.ts';

/** One request with what has changed since it was made, and whether this person may answer it; null: none is open. */
export const useChangeRequest = (id: string | null) =>
  useQuery({ queryKey: ['change-request', id], queryFn: id === null ? skipToken : ({ signal }) => registry.getChangeRequest({ params: { id } }, { signal }) });
