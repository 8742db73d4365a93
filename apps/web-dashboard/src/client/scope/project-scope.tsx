import { useLocalStorage } from '@mantine/hooks';
import { roleIncludes } from '@weighbridge/shared-domain';
import type { Role } from '@weighbridge/shared-domain';
import { createContext, use, useMemo } from 'react';
import type { ReactNode } from 'react';
import type { Me } from '../api/session-client.ts';

interface ProjectScope {
  readonly me: Me;
  /** Goes into the `project` of a query. Undefined: the key's own project, or, for a key of the platform, all of them. */
  readonly project: string | undefined;
  /** The one project that this page is about, for what needs one; undefined for a key of the platform that has chosen none. */
  readonly projectId: string | undefined;
  /** A key that belongs to no project sees all, and chooses. */
  readonly isPlatform: boolean;
  readonly may: (role: Role) => boolean;
  readonly choose: (project: string | null) => void;
}

const ScopeContext = createContext<ProjectScope | null>(null);

export function ProjectScopeProvider({ me, children }: { readonly me: Me; readonly children: ReactNode }) {
  const [chosen, setChosen] = useLocalStorage<string | null>({ key: 'weighbridge-project', defaultValue: null, getInitialValueInEffect: false });
  const scope = useMemo<ProjectScope>(() => {
    const isPlatform = me.project === null;
    const project = isPlatform ? (chosen ?? undefined) : undefined;
    return { me, project, projectId: me.project?.id ?? project, isPlatform, may: (role) => roleIncludes(me.role, role), choose: setChosen };
  }, [me, chosen, setChosen]);
  return <ScopeContext value={scope}>{children}</ScopeContext>;
}

/** Whose things the pages show, and what this person may do. */
export function useScope(): ProjectScope {
  const scope = use(ScopeContext);
  if (scope === null) throw new Error('there is no project scope above this component');
  return scope;
}
