import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { Policy } from '@weighbridge/registry-contracts';
import { EmptyState, PageHeader, Panel, Tag, When } from '@weighbridge/shared-ui';
import { useState } from 'react';
import { Page } from '../../pieces/page.tsx';
import { QueryView } from '../../pieces/query-view.tsx';
import { useNames } from '../../queries/use-names.ts';
import { useScope } from '../../scope/project-scope.tsx';
import { PolicyForm } from './policy-form.tsx';
import { usePolicies } from './use-policies.ts';

export function PoliciesPage() {
  const policies = usePolicies();
  const { isPlatform, may } = useScope();
  const mayWrite = isPlatform && may('admin');
  /** Name of the policy that is being written; empty: a new one; null: none. */
  const [written, setWritten] = useState<string | null>(null);
  return (
    <Page>
      <PageHeader
        title="Policies"
        description="Rules of the organisation on top of the licences, in Cedar. They refuse or send to review; what a licence denies they cannot allow."
        actions={
          mayWrite ? (
            <Button leftSection={<IconPlus size={16} />} onClick={() => setWritten('')}>
              New policy
            </Button>
          ) : null
        }
      />
      {written === null ? null : <PolicyForm key={written} policy={policies.data?.find(({ name }) => name === written) ?? null} onClose={() => setWritten(null)} />}
      <QueryView
        query={policies}
        isEmpty={(rows) => rows.length === 0}
        empty={
          <Panel>
            <EmptyState title="No policy yet">For example: no model whose licence is not OSI-approved in one product, or only models hosted in the EU for personal data.</EmptyState>
          </Panel>
        }
      >
        {(rows) => (
          <Stack gap="lg">
            {rows.map((policy) => (
              <PolicyPanel key={policy.name} policy={policy} {...(mayWrite ? { onEdit: () => setWritten(policy.name) } : {})} />
            ))}
          </Stack>
        )}
      </QueryView>
    </Page>
  );
}

function PolicyPanel({ policy, onEdit }: { readonly policy: Policy; readonly onEdit?: () => void }) {
  const nameOf = useNames();
  return (
    <Panel
      title={policy.name}
      description={policy.description ?? undefined}
      actions={
        <Group gap="xs">
          <Tag color={policy.enabled ? 'green' : 'gray'}>{policy.enabled ? 'in force' : 'off'}</Tag>
          {onEdit === undefined ? null : (
            <Button size="compact-sm" variant="default" onClick={onEdit} aria-label={`Change ${policy.name}`}>
              Change
            </Button>
          )}
        </Group>
      }
    >
      <Code block style={{ whiteSpace: 'pre-wrap' }}>
        {policy.text}
      </Code>
      <Text size="xs" c="dimmed" mt="xs">
        Revision {policy.revision}, {policy.changedBy === null ? '' : `by ${nameOf(policy.changedBy)}, `}
        <When at={policy.changedAt} />
      </Text>
    </Panel>
  );
}
