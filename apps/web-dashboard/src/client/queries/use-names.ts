import { useMemo } from 'react';
import { useScope } from '../scope/project-scope.tsx';
import { useProjects } from '../scope/use-projects.ts';
import { useKeys } from './use-keys.ts';
import { useUseCases } from './use-use-cases.ts';

/** Names of projects, use cases and keys by id. An id whose name is not known stands for itself, shortened. */
export function useNames(): (id: string | null | undefined) => string {
  const projects = useProjects().data;
  const useCases = useUseCases().data;
  const keys = useKeys().data;
  const { me } = useScope();
  return useMemo(() => {
    const names = new Map([...(projects ?? []), ...(useCases ?? []), ...(keys ?? [])].map(({ id, name }) => [id as string, name]));
    if (me.keyId !== null && !names.has(me.keyId)) names.set(me.keyId, 'you');
    return (id) => (id === null || id === undefined ? '–' : (names.get(id) ?? shortId(id)));
  }, [projects, useCases, keys, me.keyId]);
}

/** `job_0197…c21f`: enough to tell ids of a page apart. */
export const shortId = (id: string): string => (id.length <= 18 ? id : `${id.slice(0, id.indexOf('_') + 5)}…${id.slice(-6)}`);
