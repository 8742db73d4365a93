import { describe, expect, test } from 'vitest';
import { roleIncludes, roles } from './roles.ts';

describe('roleIncludes', () => {
  test.each(roles.flatMap((held, rank) => roles.map((needed, neededRank) => ({ held, needed, includes: rank >= neededRank }))))('a $held may what a $needed may: $includes', ({ held, needed, includes }) => {
    expect(roleIncludes(held, needed)).toBe(includes);
  });
});
