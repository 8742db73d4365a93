import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';

/** The parts of a page, evenly apart. */
export function Page({ children }: { readonly children: ReactNode }) {
  return <Stack gap="lg">{children}</Stack>;
}
