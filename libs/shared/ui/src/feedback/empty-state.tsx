import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { CommandLine } from '../layout/command-line.tsx';

interface EmptyStateProps {
  readonly title: string;
  /** What to do about it. */
  readonly children?: ReactNode;
  /** A line for the terminal that makes the first one. */
  readonly command?: string;
}

export function EmptyState({ title, children, command }: EmptyStateProps) {
  return (
    <Stack align="center" gap={6} px="md" py={36} ta="center" data-testid="empty-state">
      <EmptyScale />
      <Text fw={600} mt={4}>
        {title}
      </Text>
      {children === undefined ? null : (
        <Text size="sm" c="dimmed" maw={460} component="div">
          {children}
        </Text>
      )}
      {command === undefined ? null : (
        <div style={{ width: 'min(100%, 640px)', marginTop: 10 }}>
          <CommandLine command={command} />
        </div>
      )}
    </Stack>
  );
}

function EmptyScale() {
  return (
    <svg width="44" height="36" viewBox="0 0 44 36" fill="none" aria-hidden="true" stroke="var(--mantine-color-dimmed)" strokeWidth="1.8" strokeLinecap="round" opacity="0.7">
      <path d="M4 27h36M9 27v5M35 27v5" />
      <path d="M11 21a11.5 11.5 0 0 1 22 0" strokeDasharray="1.5 4" />
      <path d="M22 21V11" stroke="var(--mantine-color-brass-5)" />
    </svg>
  );
}
