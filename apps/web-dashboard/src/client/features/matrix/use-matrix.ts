import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { registry } from '../../api/clients.ts';
import { useScope } from '../../scope/project-scope.tsx';

/** Most versions that one picture shows. */
export const mostRows = 100;

export interface MatrixFilter {
  readonly query: string;
  readonly deployed: boolean;
}

/** The versions that fit, newest first, decided on for every use case in view. */
export function useMatrix({ query, deployed }: MatrixFilter) {
  const { project } = useScope();
  const versions = useQuery<string[]>({
    queryKey: ['matrix-versions', query, deployed],
    queryFn: ({ signal }) => registry.searchVersions({ query: { limit: mostRows, ...(query === '' ? {} : { query }), ...(deployed ? { deployed: 'true' } : {}) } }, { signal }).then((page) => page.data.map(({ ref }) => ref)),
    placeholderData: keepPreviousData,
  });
  const models = versions.data;
  const matrix = useQuery({
    queryKey: ['matrix', project, models],
    queryFn: models === undefined || models.length === 0 ? skipToken : ({ signal }) => registry.decideMatrix({ body: { models, ...(project === undefined ? {} : { project }) } }, { signal }),
    placeholderData: keepPreviousData,
  });
  return { matrix, nothingFits: models?.length === 0, error: versions.error, refetch: versions.refetch };
}
