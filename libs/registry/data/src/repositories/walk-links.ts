import { Prisma } from '../generated/client.ts';

export type LineageSide = 'ancestors' | 'descendants';

/**
 * A table `closure (node)`: what `roots` selects, and everything in that direction, each once. PostgreSQL goes step by step, so the nearest come first. The step is
 * fenced off by `offset 0`: looking up the links of one node after the other stays right however deep it goes, while a plan that reads all links
 * for each step, as the planner may choose for many roots, takes minutes for a chain of ten thousand.
 */
export const walkLinks = (roots: Prisma.Sql, side: LineageSide): Prisma.Sql => {
  const [from, to] = side === 'ancestors' ? [Prisma.sql`child`, Prisma.sql`parent`] : [Prisma.sql`parent`, Prisma.sql`child`];
  return Prisma.sql`
    with recursive closure (node) as (
      ${roots}
      union
      select step.node from closure cross join lateral (select lineage_link.${to} as node from lineage_link where lineage_link.${from} = closure.node offset 0) step
    )
  `;
};
