import { skipToken, useQuery } from '@tanstack/react-query';
import { registry } from '../../api/clients.ts';

/** The newest moves of an alias; null: none is open. */
export const useAliasHistory = (model: string, alias: string | null) =>
  useQuery({ queryKey: ['alias-history', model, alias], queryFn: alias === null ? skipToken : ({ signal }) => registry.listAliasMoves({ params: { name: model, alias }, query: { limit: 50 } }, { signal }).then((page) => page.data) });
