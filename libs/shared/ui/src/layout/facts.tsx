import type { ReactNode } from 'react';
import classes from './facts.module.css';

interface Fact {
  readonly label: string;
  readonly value: ReactNode;
  /** Where it is known from. */
  readonly note?: ReactNode;
}

/** Names and values in two columns; on a phone below one another. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={classes['facts']}>
      {facts.map(({ label, value, note }) => (
        <div key={label} className={classes['fact']}>
          <dt>{label}</dt>
          <dd>
            {value}
            {note === undefined ? null : <div className={classes['note']}>{note}</div>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
