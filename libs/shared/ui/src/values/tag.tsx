import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';

interface TagProps {
  /** A colour of the theme. */
  readonly color: string;
  readonly icon?: ReactNode;
  readonly size?: 'sm' | 'md' | 'lg';
  readonly title?: string;
  readonly children: ReactNode;
}

/** A word on a tint of its colour, dark enough to read in light and light enough in dark; never cut off. */
export function Tag({ color, icon, size = 'md', title, children }: TagProps) {
  const text = `light-dark(var(--mantine-color-${color}-8), var(--mantine-color-${color}-2))`;
  const tint = `light-dark(var(--mantine-color-${color}-1), color-mix(in srgb, var(--mantine-color-${color}-6) 28%, transparent))`;
  return (
    <Badge size={size} leftSection={icon} miw="max-content" style={{ flex: 'none', '--badge-color': text, '--badge-bg': tint }} {...(title === undefined ? {} : { title })}>
      {children}
    </Badge>
  );
}
