import { useQuery } from '@tanstack/react-query';
import { cost } from '../../api/clients.ts';
import { useScope } from '../../scope/project-scope.tsx';

const refetchMs = 15_000;

/** From the first of the month, in UTC as budgets count it, to the end of it. */
export function monthRange(now: number): { readonly from: string; readonly to: string } {
  const date = new Date(now);
  return { from: new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1)).toISOString(), to: new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)).toISOString() };
}

export function useMonthUsage({ from, to }: { readonly from: string; readonly to: string }) {
  const { project } = useScope();
  return useQuery({ queryKey: ['usage', 'month', project, from], queryFn: ({ signal }) => cost.getUsage({ query: { project, from, to, groupBy: 'model,version', interval: 'day' } }, { signal }), refetchInterval: refetchMs });
}
