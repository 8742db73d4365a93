import { skipToken, useQuery } from '@tanstack/react-query';
import { registry } from '../../api/clients.ts';

/** Null: none is open. */
export const useCatalogueEntry = (model: string | null) =>
  useQuery({ queryKey: ['catalogue', model], queryFn: model === null ? skipToken : ({ signal }) => registry.getCatalogueEntry({ params: { model } }, { signal }), staleTime: 300_000 });
