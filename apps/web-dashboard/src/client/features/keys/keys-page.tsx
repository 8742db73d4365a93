import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { EmptyState, PageHeader, Panel } from '@weighbridge/shared-ui';
import { Page } from '../../pieces/page.tsx';
import { QueryView } from '../../pieces/query-view.tsx';
import { useKeys } from '../../queries/use-keys.ts';
import { useNames } from '../../queries/use-names.ts';
import { useScope } from '../../scope/project-scope.tsx';
import { KeysTable } from './keys-table.tsx';
import { NewKeyForm } from './new-key-form.tsx';
import { ProjectsPanel } from './projects-panel.tsx';

export function KeysPage() {
  const { projectId, isPlatform, may } = useScope();
  const keys = useKeys();
  const nameOf = useNames();
  const [opened, { open, close }] = useDisclosure(false);
  if (!may('admin')) {
    return (
      <Page>
        <PageHeader title="Projects and keys" />
        <Panel>
          <EmptyState title="For administrators">Keys are made and revoked with a key of the role admin.</EmptyState>
        </Panel>
      </Page>
    );
  }
  return (
    <Page>
      <PageHeader title="Projects and keys" description="A key belongs to a project and has a role: viewers look, runners call models, editors change papers, admins give keys." />
      {isPlatform ? <ProjectsPanel /> : null}
      <Panel
        flush
        title={projectId === undefined ? 'Keys' : `Keys of ${nameOf(projectId)}`}
        actions={
          projectId === undefined ? null : (
            <Button leftSection={<IconPlus size={16} />} onClick={open}>
              Make a key
            </Button>
          )
        }
      >
        {projectId === undefined ? (
          <EmptyState title="Choose a project">Its keys are shown here. Keys are listed by their first and last characters; a key itself is shown once, when it is made.</EmptyState>
        ) : (
          <QueryView query={keys} isEmpty={(rows) => rows.length === 0} empty={<EmptyState title="This project has no key yet">Make one, and hand it to whoever will call models.</EmptyState>}>
            {(rows) => <KeysTable rows={rows} />}
          </QueryView>
        )}
      </Panel>
      {projectId === undefined ? null : <NewKeyForm projectId={projectId} opened={opened} onClose={close} />}
    </Page>
  );
}
