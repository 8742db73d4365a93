export const registerTable = 'distinct_register';

/** A register of a sketch: the highest rank that fell into it. Registers that nothing fell into have no row. */
export const distinctCountsSchema = `
create table if not exists ${registerTable} (
  name text not null,
  period text not null,
  series text not null,
  register smallint not null,
  rank smallint not null,
  primary key (name, period, series, register)
);
`;
