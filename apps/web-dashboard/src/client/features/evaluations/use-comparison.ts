import { skipToken, useQuery } from '@tanstack/react-query';
import { evaluation } from '../../api/clients.ts';

export const useComparison = (baseline: string | null, candidate: string | null, margin: number) =>
  useQuery({
    queryKey: ['comparison', baseline, candidate, margin],
    queryFn: baseline === null || candidate === null || baseline === candidate ? skipToken : ({ signal }) => evaluation.compareRuns({ body: { baseline, candidate, margin } }, { signal }),
  });
