import { useQuery } from '@tanstack/react-query';
import { registry } from '../../api/clients.ts';
import { useScope } from '../../scope/project-scope.tsx';

const modelsLookedAt = 8;
const shown = 6;

/** The newest promotions over the models that run here: promotions are listed per model, and a model that runs nowhere has none. */
export function useNewestPromotions() {
  const { project } = useScope();
  return useQuery({
    queryKey: ['promotions', 'newest', project],
    queryFn: async ({ signal }) => {
      const models = await registry.listModels({ query: { limit: 200 } }, { signal });
      const deployed = models.data.filter((model) => model.deployed).slice(0, modelsLookedAt);
      const lists = await Promise.all(deployed.map(({ name }) => registry.listPromotions({ params: { name }, query: { limit: shown, project } }, { signal })));
      return lists
        .flatMap((page) => page.data)
        .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))
        .slice(0, shown);
    },
    staleTime: 15_000,
  });
}
