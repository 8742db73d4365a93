import { Skeleton, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './stat.module.css';

interface StatProps {
  readonly label: string;
  /** Absent while it is not known yet. */
  readonly value?: ReactNode;
  readonly hint?: ReactNode;
}

/** One figure that is worth a glance. */
export function Stat({ label, value, hint }: StatProps) {
  return (
    <div className={classes['stat']}>
      <dt>
        <Text span size="sm" c="dimmed">
          {label}
        </Text>
      </dt>
      <dd className={classes['value']}>{value ?? <Skeleton height={26} width={90} my={4} />}</dd>
      {hint === undefined ? null : (
        <dd className={classes['hint']}>
          <Text span size="xs" c="dimmed">
            {hint}
          </Text>
        </dd>
      )}
    </div>
  );
}

/** Stats side by side, with hairlines between. */
export function StatRow({ children }: { readonly children: ReactNode }) {
  return <dl className={classes['row']}>{children}</dl>;
}
