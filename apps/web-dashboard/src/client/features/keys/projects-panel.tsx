import { Button, Group, Select, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { DataTable, EmptyState, Panel, When } from '@weighbridge/shared-ui';
import { useState } from 'react';
import { registry } from '../../api/clients.ts';
import { notifyDone, notifyFailure } from '../../pieces/notify.ts';
import { QueryView } from '../../pieces/query-view.tsx';
import { useScope } from '../../scope/project-scope.tsx';
import { useProjects } from '../../scope/use-projects.ts';

const policies = [
  { value: 'deny', label: 'Refuse what has no price' },
  { value: 'flag', label: 'Run and flag what has no price' },
];

/** Projects of the installation, for keys of the platform. */
export function ProjectsPanel() {
  const projects = useProjects();
  const { choose, project: current } = useScope();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [policy, setPolicy] = useState<'deny' | 'flag'>('deny');
  const create = useMutation({
    mutationFn: () => registry.createProject({ body: { name, unknownPricePolicy: policy } }),
    onSuccess: async (project) => {
      await queryClient.invalidateQueries({ queryKey: ['projects'] });
      setName('');
      choose(project.id);
      notifyDone(`${project.name} is made and chosen`);
    },
    onError: (error) => notifyFailure('The project was not made', error),
  });
  return (
    <Panel flush title="Projects" description="Nothing crosses projects: keys, jobs, runs and budgets belong to one.">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <Group px="md" pb="sm" gap="sm">
          <TextInput aria-label="Name of the new project" placeholder="A new project" maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} w={{ base: '100%', xs: 220 }} />
          <Select aria-label="Policy for unknown prices" allowDeselect={false} value={policy} onChange={(value) => setPolicy(value === 'flag' ? 'flag' : 'deny')} data={policies} w={{ base: '100%', xs: 250 }} />
          <Button type="submit" variant="default" loading={create.isPending} disabled={name.trim() === ''}>
            Make the project
          </Button>
        </Group>
      </form>
      <QueryView query={projects} isEmpty={(rows) => rows.length === 0} empty={<EmptyState title="No project yet">Everything that runs belongs to a project: make the first one.</EmptyState>}>
        {(rows) => (
          <DataTable
            caption="Projects"
            rows={rows}
            rowKey={(project) => project.id}
            columns={[
              { key: 'name', header: 'Project', cell: (project) => <Text span size="sm" fw={600}>{project.name}</Text> },
              { key: 'policy', header: 'Unknown prices', wideOnly: true, cell: (project) => (project.unknownPricePolicy === 'deny' ? 'refused' : 'run and flagged') },
              { key: 'created', header: 'Made', wideOnly: true, cell: (project) => <When at={project.createdAt} /> },
              { key: 'choose', header: <span className="wb-visually-hidden">Choose</span>, align: 'right', cell: (project) => (current === project.id ? <Text span size="sm" c="dimmed">chosen</Text> : <Button size="compact-sm" variant="subtle" onClick={() => choose(project.id)} aria-label={`Choose ${project.name}`}>Choose</Button>) },
            ]}
          />
        )}
      </QueryView>
    </Panel>
  );
}
