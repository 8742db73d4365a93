import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import type { UseCaseFacts } from '@weighbridge/registry-domain';
import { registry } from '../api/clients.ts';

/** The decision for a version and a use, declared (`uc_…`) or described. Null: there is nothing to ask yet. The last answer stays until the next. */
export const useDecision = (model: string, useCase: string | UseCaseFacts | null) =>
  useQuery({
    queryKey: ['decision', model, useCase],
    queryFn: useCase === null ? skipToken : ({ signal }) => registry.decide({ body: { model, useCase } }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
