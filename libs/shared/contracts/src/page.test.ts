import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { PageQuery, maxPageSize, pageOf, toPage } from './page.ts';

describe('PageQuery', () => {
  test.each([
    [{}, { limit: 50 }],
    [{ limit: '1' }, { limit: 1 }],
    [{ limit: '200', cursor: 'x' }, { limit: 200, cursor: 'x' }],
  ])('%j is %j', (given, parsed) => {
    expect(PageQuery.parse(given)).toEqual(parsed);
  });

  test.each([{ limit: '0' }, { limit: '201' }, { limit: '1.5' }, { limit: 'all' }, { limit: ['1', '2'] }, { cursor: 'x'.repeat(501) }])('refuses %j', (given) => {
    expect(PageQuery.safeParse(given).success).toBe(false);
  });
});

describe('toPage', () => {
  const read = (total: number, limit: number) => Array.from({ length: Math.min(total, limit + 1) }, (_, index) => index);

  test.each([
    { total: 0, limit: 2, data: [], nextCursor: null },
    { total: 1, limit: 2, data: [0], nextCursor: null },
    { total: 2, limit: 2, data: [0, 1], nextCursor: null },
    { total: 3, limit: 2, data: [0, 1], nextCursor: 'after 1' },
    { total: 300, limit: maxPageSize, data: read(200, 200), nextCursor: 'after 199' },
  ])('$total rows, $limit a page: next is $nextCursor', ({ total, limit, data, nextCursor }) => {
    const page = toPage(read(total, limit), limit, (row) => `after ${row}`);

    expect(page).toEqual({ data, nextCursor });
    expect(pageOf(z.int()).parse(page)).toEqual(page);
  });
});
