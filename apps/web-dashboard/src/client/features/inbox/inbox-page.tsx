import { SegmentedControl, Stack } from '@mantine/core';
import type { ChangeRequestStatus } from '@weighbridge/registry-contracts';
import { EmptyState, LoadMore, PageHeader, Panel } from '@weighbridge/shared-ui';
import { useSearchParams } from 'react-router';
import { Page } from '../../pieces/page.tsx';
import { QueryView } from '../../pieces/query-view.tsx';
import { RequestPanel } from './request-panel.tsx';
import { useChangeRequests } from './use-change-requests.ts';

const shown: readonly { readonly value: ChangeRequestStatus | 'all'; readonly label: string }[] = [
  { value: 'open', label: 'Open' },
  { value: 'approved', label: 'Approved' },
  { value: 'rejected', label: 'Rejected' },
  { value: 'all', label: 'All' },
];

export function InboxPage() {
  const [params, setParams] = useSearchParams();
  const status = shown.find(({ value }) => value === params.get('status'))?.value ?? 'open';
  const requests = useChangeRequests(status === 'all' ? null : status);
  return (
    <Page>
      <PageHeader
        title="Approvals"
        description="What needs a second person: moves of protected aliases, and uses whose licence decision is a review. A denied use cannot be approved."
        actions={<SegmentedControl aria-label="Which requests" value={status} onChange={(value) => setParams(value === 'open' ? {} : { status: value }, { replace: true })} data={[...shown]} />}
      />
      <QueryView
        query={{ ...requests, data: requests.data?.pages.flatMap((page) => page.data) }}
        isEmpty={(rows) => rows.length === 0}
        empty={
          <Panel>
            <EmptyState title={status === 'open' ? 'Nothing waits for an answer' : 'No such request'}>Somebody who moves a protected alias, or asks for a use that needs a review, is answered here.</EmptyState>
          </Panel>
        }
      >
        {(rows) => (
          <Stack gap="md">
            {rows.map((request) => (
              <RequestPanel key={request.id} request={request} />
            ))}
          </Stack>
        )}
      </QueryView>
      <LoadMore hasMore={requests.hasNextPage} loading={requests.isFetchingNextPage} onMore={() => void requests.fetchNextPage()} />
    </Page>
  );
}
