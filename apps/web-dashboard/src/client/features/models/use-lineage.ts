import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { LineageDirection } from '@weighbridge/registry-contracts';
import { registry } from '../../api/clients.ts';

/** Steps that a picture shows at most; more is asked for from a node at its rim. */
const depth = 6;

export const useLineage = (name: string, version: string, direction: LineageDirection) =>
  useQuery({
    queryKey: ['lineage', name, version, direction],
    queryFn: ({ signal }) => registry.getLineage({ params: { name, version }, query: { direction, depth } }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
