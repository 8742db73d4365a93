import { ErrorState, LoadingRows } from '@weighbridge/shared-ui';
import type { ReactNode } from 'react';
import { errorText } from '../api/error-text.ts';

interface QueryLike<Data> {
  readonly data: Data | undefined;
  readonly error: Error | null;
  readonly refetch: () => unknown;
}

interface QueryViewProps<Data> {
  readonly query: QueryLike<Data>;
  readonly loading?: ReactNode;
  readonly isEmpty?: (data: Data) => boolean;
  readonly empty?: ReactNode;
  readonly children: (data: Data) => ReactNode;
}

/** Loading, refused, empty or there: every list and picture is one of the four. What is there stays when fetching it anew fails. */
export function QueryView<Data>({ query, loading = <LoadingRows />, isEmpty, empty, children }: QueryViewProps<Data>) {
  if (query.data === undefined) return query.error === null ? loading : <ErrorState {...errorText(query.error)} onRetry={() => void query.refetch()} />;
  return isEmpty?.(query.data) === true ? empty : children(query.data);
}
