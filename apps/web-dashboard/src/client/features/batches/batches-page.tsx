import { Button, Group, Progress, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { BatchObject } from '@weighbridge/inference-contracts';
import { DataTable, EmptyState, LoadMore, PageHeader, Panel, Tag, When, countText } from '@weighbridge/shared-ui';
import { inference } from '../../api/clients.ts';
import { notifyDone, notifyFailure } from '../../pieces/notify.ts';
import { Page } from '../../pieces/page.tsx';
import { QueryView } from '../../pieces/query-view.tsx';
import { useScope } from '../../scope/project-scope.tsx';
import { useBatches } from './use-batches.ts';

const colors: Readonly<Record<BatchObject['status'], string>> = { validating: 'gray', failed: 'red', in_progress: 'harbor', finalizing: 'harbor', completed: 'green', expired: 'brass', cancelling: 'brass', cancelled: 'gray' };
const atSeconds = (seconds: number): string => new Date(seconds * 1_000).toISOString();

export function BatchesPage() {
  const batches = useBatches();
  const { projectId } = useScope();
  const rows = batches.data?.pages.flatMap((page) => page.data);
  return (
    <Page>
      <PageHeader title="Batches" description="Many requests from one file, in their own lane: they wait for whoever waits in person." />
      <Panel flush>
        {projectId === undefined ? (
          <EmptyState title="Choose a project first">Batches belong to a project.</EmptyState>
        ) : (
          <QueryView
            query={{ ...batches, data: rows }}
            isEmpty={(found) => found.length === 0}
            empty={
              <EmptyState title="No batch yet" command={'curl "$ORIGIN/v1/files" -H "Authorization: Bearer $KEY" -F purpose=batch -F file=@lines.jsonl'}>
                Upload a JSONL file, then start a batch from it: the official OpenAI client does both.
              </EmptyState>
            }
          >
            {(found) => (
              <DataTable
                caption="Batches"
                rows={found}
                rowKey={(batch) => batch.id}
                minWidth={620}
                columns={[
                  { key: 'id', header: 'Batch', cell: (batch) => <Text span size="sm" ff="monospace" title={batch.id}>{batch.id.slice(0, 14)}…</Text> },
                  { key: 'status', header: 'State', cell: (batch) => <Tag color={colors[batch.status]}>{batch.status.replace('_', ' ')}</Tag> },
                  { key: 'progress', header: 'Progress', cell: (batch) => <BatchProgress batch={batch} /> },
                  { key: 'created', header: 'Started', wideOnly: true, cell: (batch) => <When at={atSeconds(batch.created_at)} /> },
                  { key: 'actions', header: <span className="wb-visually-hidden">Actions</span>, align: 'right', cell: (batch) => <BatchActions batch={batch} /> },
                ]}
              />
            )}
          </QueryView>
        )}
        <LoadMore hasMore={batches.hasNextPage} loading={batches.isFetchingNextPage} onMore={() => void batches.fetchNextPage()} />
      </Panel>
    </Page>
  );
}

function BatchProgress({ batch: { request_counts: counts, errors } }: { readonly batch: BatchObject }) {
  const share = (part: number) => (counts.total === 0 ? 0 : (100 * part) / counts.total);
  return (
    <div style={{ minWidth: 180 }}>
      <Progress.Root size="sm">
        <Progress.Section value={share(counts.completed)} color="green" aria-label="Completed" />
        <Progress.Section value={share(counts.failed)} color="red" aria-label="Failed" />
      </Progress.Root>
      <Text size="xs" c="dimmed" mt={2}>
        {countText(counts.completed)} of {countText(counts.total)}
        {counts.failed === 0 ? '' : `, ${countText(counts.failed)} failed`}
        {errors === null ? '' : `: ${errors.data[0]?.message ?? ''}`}
      </Text>
    </div>
  );
}

const running: ReadonlySet<BatchObject['status']> = new Set(['validating', 'in_progress', 'finalizing']);

function BatchActions({ batch }: { readonly batch: BatchObject }) {
  // A link cannot say whose file it wants, so files are for the project's own keys.
  const { may, project, isPlatform } = useScope();
  const queryClient = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => inference.cancelBatch({ params: { id: batch.id as never } }, project === undefined ? {} : { headers: { 'x-weighbridge-project': project } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['batches'] });
      notifyDone('The batch is being cancelled; what is finished is kept');
    },
    onError: (error) => notifyFailure('Not cancelled', error),
  });
  return (
    <Group gap="xs" wrap="nowrap" justify="flex-end">
      {batch.output_file_id === null || isPlatform ? null : (
        <Button size="compact-sm" variant="default" component="a" href={`/api/inference/v1/files/${batch.output_file_id}/content`} download>
          Output
        </Button>
      )}
      {batch.error_file_id === null || isPlatform ? null : (
        <Button size="compact-sm" variant="default" component="a" href={`/api/inference/v1/files/${batch.error_file_id}/content`} download>
          Errors
        </Button>
      )}
      {running.has(batch.status) && may('runner') ? (
        <Button size="compact-sm" variant="subtle" color="red" loading={cancel.isPending} onClick={() => cancel.mutate()}>
          Cancel
        </Button>
      ) : null}
    </Group>
  );
}
