import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

interface TextLinkProps {
  readonly to: string;
  readonly children: ReactNode;
  readonly strong?: boolean;
}

/** A link to another page of this client. */
export function TextLink({ to, children, strong = false }: TextLinkProps) {
  return (
    <Anchor component={Link} to={to} {...(strong ? { fw: 600 } : {})} inherit>
      {children}
    </Anchor>
  );
}

export const modelPath = (model: string): string => `/models/${encodeURIComponent(model)}`;
export const versionPath = (model: string, version: string): string => `${modelPath(model)}/versions/${encodeURIComponent(version)}`;
