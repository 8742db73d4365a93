import { expect, test } from 'vitest';
import { waitFor } from './wait-for.ts';

test('answers what the condition answers in the end; a look that throws counts as not yet', async () => {
  let looks = 0;

  const value = await waitFor(
    () => {
      looks += 1;
      if (looks === 1) throw new Error('too early');
      return looks < 3 ? undefined : looks;
    },
    { intervalMs: 1 },
  );

  expect(value).toBe(3);
});

test('0 and the empty string are answers', async () => {
  expect(await waitFor(() => 0)).toBe(0);
  expect(await waitFor(() => '')).toBe('');
});

test('says what it waited for, and the last error', async () => {
  const waiting = waitFor(
    () => {
      throw new Error('no such row');
    },
    { timeoutMs: 5, intervalMs: 1, what: 'the row' },
  );

  await expect(waiting).rejects.toMatchObject({ message: 'waited 5 ms in vain for the row', cause: { message: 'no such row' } });
});
