import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface PageHeaderProps {
  readonly title: string;
  /** Beside the title: badges, ids. */
  readonly aside?: ReactNode;
  readonly description?: ReactNode;
  /** The way back up. */
  readonly above?: ReactNode;
  readonly actions?: ReactNode;
}

/** The head of every page; names the browser tab too. */
export function PageHeader({ title, aside, description, above, actions }: PageHeaderProps) {
  return (
    <header>
      <title>{`${title} · Weighbridge`}</title>
      {above === undefined ? null : (
        <Text component="div" size="sm" mb={4}>
          {above}
        </Text>
      )}
      <Group justify="space-between" align="flex-end" gap="md">
        <div style={{ minWidth: 0 }}>
          <Group gap="sm" align="center">
            <Title order={1} style={{ overflowWrap: 'anywhere' }}>
              {title}
            </Title>
            {aside}
          </Group>
          {description === undefined ? null : (
            <Text c="dimmed" mt={4} maw={720}>
              {description}
            </Text>
          )}
        </div>
        {actions}
      </Group>
    </header>
  );
}
