import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

interface TextLinkProps {
  readonly to: string;
  readonly children: ReactNode;
  readonly strong?: boolean;
  /** Stands inside a sentence, where colour alone would not tell it apart. */
  readonly inText?: boolean;
}

/** A link to another page of this client. */
export function TextLink({ to, children, strong = false, inText = false }: TextLinkProps) {
  return (
    <Anchor component={Link} to={to} {...(strong ? { fw: 600 } : {})} {...(inText ? { underline: 'always' as const } : {})} inherit>
      {children}
    </Anchor>
  );
}

export const modelPath = (model: string): string => `/models/${encodeURIComponent(model)}`;
export const versionPath = (model: string, version: string): string => `${modelPath(model)}/versions/${encodeURIComponent(version)}`;
