import type { PageRequest } from '@weighbridge/registry-data';

interface Query {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** The cursor of a list is what its last entry sorts by. */
export const pageRequest = ({ limit, cursor }: Query): PageRequest => ({ limit, after: cursor });
