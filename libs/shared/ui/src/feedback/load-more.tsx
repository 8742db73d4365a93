import { Button, Center } from '@mantine/core';

interface LoadMoreProps {
  readonly hasMore: boolean;
  readonly loading: boolean;
  readonly onMore: () => void;
}

export function LoadMore({ hasMore, loading, onMore }: LoadMoreProps) {
  if (!hasMore) return null;
  return (
    <Center py="sm">
      <Button variant="default" loading={loading} onClick={onMore}>
        Load more
      </Button>
    </Center>
  );
}
