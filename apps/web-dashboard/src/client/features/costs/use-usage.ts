import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { cost } from '../../api/clients.ts';
import type { UsageInterval } from '../../pieces/stack-usage.ts';
import { useScope } from '../../scope/project-scope.tsx';

interface UsageQuestion {
  readonly from: string;
  readonly to: string;
  readonly groupBy: string;
  readonly interval?: UsageInterval;
}

const refetchMs = 10_000;

export function useUsage({ from, to, groupBy, interval }: UsageQuestion) {
  const { project } = useScope();
  return useQuery({
    queryKey: ['usage', project, from, to, groupBy, interval],
    queryFn: ({ signal }) => cost.getUsage({ query: { project, from, to, groupBy, ...(interval === undefined ? {} : { interval }) } }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: refetchMs,
  });
}
