import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { SampleOutcome } from '@weighbridge/evaluation-contracts';
import { evaluation } from '../../api/clients.ts';

interface ResultFilter {
  readonly outcome: z.infer<typeof SampleOutcome> | null;
  readonly slice: string | null;
}

/** Sample by sample. `finished` is part of the question, so that a run that goes on shows what has come. */
export const useResults = (run: string, { outcome, slice }: ResultFilter, finished: boolean) =>
  useInfiniteQuery({
    queryKey: ['results', run, outcome, slice, finished],
    queryFn: ({ pageParam, signal }) =>
      evaluation.listResults({ params: { id: run }, query: { limit: 25, ...(outcome === null ? {} : { outcome }), ...(slice === null ? {} : { slice }), ...(pageParam === null ? {} : { cursor: pageParam }) } }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
