import { expect, test } from 'vitest';
import { runFuzz } from './run-fuzz.ts';

test('three thousand broken files end in a draft or in an error of ours, in bounded time and memory', async () => {
  const { rows, failures } = await runFuzz({ inputs: 3_000, seed: 20_261_124 });

  expect(failures.map(({ target, seed, why }) => ({ target, seed, why }))).toEqual([]);
  expect(rows.filter(({ inputs }) => inputs === 0)).toEqual([]);
  expect(rows.filter(({ read, refused }) => read + refused > 30 && (read === 0 || refused === 0)).map(({ target }) => target).filter((target) => !/licence|lineage/.test(target))).toEqual([]);
}, 120_000);
