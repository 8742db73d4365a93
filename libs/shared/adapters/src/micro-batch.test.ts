import { describe, expect, test } from 'vitest';
import { createMicroBatch } from './micro-batch.ts';

describe('createMicroBatch', () => {
  test('calls of one turn go together, in pieces of at most maxSize, and each gets its own answer', async () => {
    const sizes: number[] = [];
    const batch = createMicroBatch<number, number>({
      maxSize: 4,
      flush: async (items) => {
        sizes.push(items.length);
        return items.map((item) => item * 10);
      },
    });

    const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => batch.add(index)));

    expect(answers).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90]);
    expect(sizes).toEqual([4, 4, 2]);
  });

  test('what comes while all flushes are under way waits and then goes together', async () => {
    const gates: PromiseWithResolvers<void>[] = [];
    const sizes: number[] = [];
    const batch = createMicroBatch<number, number>({
      concurrency: 1,
      flush: async (items) => {
        sizes.push(items.length);
        const gate = Promise.withResolvers<void>();
        gates.push(gate);
        await gate.promise;
        return items;
      },
    });

    const first = batch.add(1);
    await new Promise((resolve) => void setImmediate(resolve));
    const others = [batch.add(2), batch.add(3)];
    gates[0]!.resolve();
    await first;
    gates[1]!.resolve();
    await Promise.all(others);
    await batch.idle();

    expect(sizes).toEqual([1, 2]);
  });

  test('a failed flush fails its callers and nobody else', async () => {
    let calls = 0;
    const batch = createMicroBatch<number, number>({
      flush: async (items) => {
        if ((calls += 1) === 1) throw new Error('away');
        return items;
      },
    });

    await expect(batch.add(1)).rejects.toThrow('away');
    await expect(batch.add(2)).resolves.toBe(2);
  });
});
