import { describe, expect, test } from 'vitest';
import { endUserLimits, reachedSteps } from './end-user-limits.ts';
import type { EndUserLimit } from './end-user-limits.ts';
import { LicenseLimit } from '../licenses/license.ts';
import { catalogueBook } from '../licenses/license-book.ts';

const limitOf = (more: Partial<LicenseLimit> = {}): EndUserLimit => ({
  license: 'LicenseRef-Test',
  threshold: 100,
  limit: LicenseLimit.parse({ name: 'monthly-active-users', measure: 'monthlyActiveUsers', threshold: 100, effect: 'request-license', clause: '2', text: 'No more than 100 monthly active users.', ...more }),
});

describe('reachedSteps', () => {
  test.each([
    { users: 49, steps: [] },
    { users: 50, steps: [50] },
    { users: 94, steps: [50, 80] },
    { users: 100, steps: [50, 80, 95] },
    { users: 101, steps: [50, 80, 95, 100] },
  ])('$users of "more than 100": $steps', ({ users, steps }) => {
    expect(reachedSteps(limitOf(), users)).toEqual(steps);
  });

  test('"100 or more" is exceeded at 100, and a limit of the release date by nobody who comes later', () => {
    expect(reachedSteps(limitOf({ comparison: 'inclusive' }), 100)).toEqual([50, 80, 95, 100]);
    expect(reachedSteps(limitOf({ clock: 'at-release-date' }), 1_000)).toEqual([]);
  });
});

test('the limits of a family are those on people of all its licences', () => {
  expect(endUserLimits('Llama', catalogueBook)).toContainEqual(expect.objectContaining({ threshold: 700_000_000, limit: expect.objectContaining({ clock: 'at-release-date' }) }));
  expect(endUserLimits('MIT', catalogueBook)).toEqual([]);
  expect(endUserLimits('*', catalogueBook)).toEqual([]);
});
