import { useQuery } from '@tanstack/react-query';
import { cost } from '../../api/clients.ts';
import { useScope } from '../../scope/project-scope.tsx';

const dayMs = 86_400_000;
const lastDays = 30;

/** Attempts on a version in the last 30 days by the id of the use case, as the ledger has them. */
export function useVersionCalls(model: string, version: string) {
  const { project } = useScope();
  return useQuery({
    queryKey: ['version-calls', project, model, version],
    queryFn: async ({ signal }): Promise<ReadonlyMap<string | null, number>> => {
      const from = new Date(Date.now() - lastDays * dayMs).toISOString();
      const { rows } = await cost.getUsage({ query: { project, from, groupBy: 'model,version,useCase' } }, { signal });
      return new Map(rows.filter(({ group }) => group['model'] === model && group['version'] === version).map(({ group, events }) => [group['useCase'] ?? null, events]));
    },
    staleTime: 60_000,
  });
}
