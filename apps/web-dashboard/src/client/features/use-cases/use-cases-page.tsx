import { Button, Group, SimpleGrid, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { UseCase } from '@weighbridge/registry-contracts';
import { EmptyState, Facts, PageHeader, Panel, Tag, When, countText } from '@weighbridge/shared-ui';
import { useDisclosure } from '@mantine/hooks';
import { plainWord } from '../../pieces/license-words.ts';
import { tagTexts } from '../../pieces/tag-texts.ts';
import { Page } from '../../pieces/page.tsx';
import { QueryView } from '../../pieces/query-view.tsx';
import { useNames } from '../../queries/use-names.ts';
import { useUseCases } from '../../queries/use-use-cases.ts';
import { useScope } from '../../scope/project-scope.tsx';
import { NewUseCaseForm } from './new-use-case-form.tsx';

const distributions = { internal: 'internal only', service: 'as a service', embedded: 'embedded in a product', weights: 'weights are published' } as const;

export function UseCasesPage() {
  const useCases = useUseCases();
  const { may, projectId } = useScope();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <Page>
      <PageHeader
        title="Use cases"
        description="What models are used for. Every request is for one, and the licence decision is made for it."
        actions={
          may('editor') ? (
            <Button leftSection={<IconPlus size={16} />} onClick={open} disabled={projectId === undefined} title={projectId === undefined ? 'Choose a project first' : undefined}>
              Declare a use case
            </Button>
          ) : null
        }
      />
      {projectId === undefined ? null : <NewUseCaseForm projectId={projectId} opened={opened} onClose={close} />}
      <QueryView
        query={useCases}
        isEmpty={(rows) => rows.length === 0}
        empty={
          <Panel>
            <EmptyState title="No use case yet" command={'curl -X POST "$ORIGIN/api/registry/v1/use-cases" -H "Authorization: Bearer $KEY" \\\n  -H "Content-Type: application/json" -d @use-case.json'}>
              Declare what a model is for: purposes, users, revenue, regions, distribution.
            </EmptyState>
          </Panel>
        }
      >
        {(rows) => (
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
            {rows.map((useCase) => (
              <UseCasePanel key={useCase.id} useCase={useCase} />
            ))}
          </SimpleGrid>
        )}
      </QueryView>
    </Page>
  );
}

function UseCasePanel({ useCase }: { readonly useCase: UseCase }) {
  const { facts } = useCase;
  const { isPlatform } = useScope();
  const nameOf = useNames();
  const known = (value: number | null | undefined, prefix = '') => (value === null || value === undefined ? 'not known' : `${prefix}${countText(value)}`);
  return (
    <Panel title={useCase.name} description={useCase.description ?? undefined}>
      <Facts
        facts={[
          {
            label: 'Purposes',
            value: (
              <Group gap={6}>
                {facts.purposes.map((purpose) => (
                  <Tag key={purpose} color="gray">
                    {plainWord(purpose)}
                  </Tag>
                ))}
              </Group>
            ),
          },
          { label: 'Commercial', value: facts.commercial === null ? 'not known' : facts.commercial ? 'yes' : 'no' },
          { label: 'Monthly users', value: known(facts.monthlyActiveUsers) },
          { label: 'Revenue a year', value: known(facts.annualRevenueUsd, '$') },
          { label: 'Regions', value: facts.regions.join(', ') || '–' },
          { label: 'Distribution', value: distributions[facts.distribution] },
          { label: 'Outputs train a model', value: facts.trainOnOutputs ? 'yes' : 'no' },
          ...(facts.conditions === undefined ? [] : [{ label: 'Conditions', value: facts.conditions.map(plainWord).join(', ') }]),
          ...(Object.keys(useCase.labels).length === 0 ? [] : [{ label: 'Labels', value: tagTexts(useCase.labels).join(', ') }]),
          ...(isPlatform ? [{ label: 'Project', value: nameOf(useCase.projectId) }] : []),
          { label: 'Declared', value: <When at={useCase.createdAt} /> },
          { label: 'Id', value: <Text span ff="monospace" size="xs">{useCase.id}</Text> },
        ]}
      />
    </Panel>
  );
}
