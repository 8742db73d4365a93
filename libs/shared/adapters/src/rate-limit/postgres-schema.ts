export const rateWindowTable = 'rate_window';

/** The columns that rate-limiter-flexible expects. Unlogged: after a crash of the server every window may begin anew. */
export const rateLimitSchema = `
create unlogged table if not exists ${rateWindowTable} (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);
`;
