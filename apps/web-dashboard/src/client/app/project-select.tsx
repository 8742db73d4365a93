import { Select, Text } from '@mantine/core';
import { IconFolder } from '@tabler/icons-react';
import { useScope } from '../scope/project-scope.tsx';
import { useProjects } from '../scope/use-projects.ts';

/** Whose things are shown. A key of a project shows its own; a key of the platform chooses. */
export function ProjectSelect() {
  const { me, project, isPlatform, choose } = useScope();
  const projects = useProjects();
  if (!isPlatform) {
    return (
      <Text size="sm" fw={600} truncate>
        {me.project?.name}
      </Text>
    );
  }
  return (
    <Select
      aria-label="Project"
      placeholder="All projects"
      size="sm"
      w={{ base: 190, sm: 250 }}
      clearable
      searchable
      nothingFoundMessage="No such project"
      leftSection={<IconFolder size={16} stroke={1.7} aria-hidden="true" />}
      value={project ?? null}
      onChange={choose}
      data={(projects.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
    />
  );
}
