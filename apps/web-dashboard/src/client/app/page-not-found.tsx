import { EmptyState, PageHeader } from '@weighbridge/shared-ui';
import { Page } from '../pieces/page.tsx';
import { TextLink } from '../pieces/text-link.tsx';

export function PageNotFound() {
  return (
    <Page>
      <PageHeader title="There is no such page" />
      <EmptyState title="Nothing lies on the scale here">
        The address may be mistyped, or the page has moved. <TextLink to="/" inText>Go to the overview</TextLink>.
      </EmptyState>
    </Page>
  );
}
