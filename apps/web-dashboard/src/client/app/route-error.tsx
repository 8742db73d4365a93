import { ErrorState, PageHeader } from '@weighbridge/shared-ui';
import { Page } from '../pieces/page.tsx';

/** A page that could not be drawn or loaded, e.g. after the server was updated. The rest of the shell stays. */
export function RouteError() {
  return (
    <Page>
      <PageHeader title="This page failed" />
      <ErrorState title="This page could not be shown" message="Something in it went wrong, or the server has a newer version of it." onRetry={() => window.location.reload()} />
    </Page>
  );
}
