import { Skeleton, Stack } from '@mantine/core';

interface LoadingRowsProps {
  readonly rows?: number;
  readonly height?: number;
}

/** Where rows will stand. */
export function LoadingRows({ rows = 5, height = 18 }: LoadingRowsProps) {
  return (
    <Stack gap={16} px="lg" py="md" role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={height} width={`${100 - ((row * 17) % 40)}%`} />
      ))}
    </Stack>
  );
}

/** Where a chart or a picture will stand. */
export function LoadingBlock({ height = 220 }: { readonly height?: number }) {
  return (
    <div role="status" aria-label="Loading">
      <Skeleton height={height} />
    </div>
  );
}
