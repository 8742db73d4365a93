import { AppError } from '@weighbridge/shared-domain';
import { createRandom } from './random.ts';
import { fuzzTargets } from './targets.ts';
import type { FuzzTarget } from './targets.ts';

export interface FuzzOptions {
  readonly inputs: number;
  readonly seed: number;
  /** Only targets whose name holds this. */
  readonly only?: string | undefined;
  /** Longest that one input may take. */
  readonly mostMs?: number;
  /** Most that the process may grow beyond where it began. */
  readonly mostMemoryBytes?: number;
  readonly onProgress?: (done: number) => void;
}

export interface FuzzFailure {
  readonly target: string;
  /** Gives the same input again: the seed of this one input. */
  readonly seed: number;
  readonly why: string;
  readonly bytes: Uint8Array | string;
}

export interface FuzzRow {
  readonly target: string;
  inputs: number;
  /** Read to a result. */
  read: number;
  /** Refused with an error of ours. */
  refused: number;
  failures: number;
  slowestMs: number;
  totalMs: number;
}

export interface FuzzReport {
  readonly rows: readonly FuzzRow[];
  readonly failures: readonly FuzzFailure[];
  /** Most that the process held beyond its beginning. */
  readonly memoryBytes: number;
  readonly durationMs: number;
}

/** Every target gets its share of the inputs, mixed. An input fails when it throws something else than an AppError, takes too long, or the memory grows too far. */
export async function runFuzz({ inputs, seed, only, mostMs = 3_000, mostMemoryBytes = 768 * 1024 * 1024, onProgress = () => undefined }: FuzzOptions): Promise<FuzzReport> {
  const targets = fuzzTargets.filter(({ name }) => only === undefined || name.includes(only));
  const lots = targets.flatMap((target) => Array.from({ length: target.weight }, () => target));
  const random = createRandom(seed);
  const rows = new Map(targets.map(({ name }) => [name, { target: name, inputs: 0, read: 0, refused: 0, failures: 0, slowestMs: 0, totalMs: 0 } satisfies FuzzRow as FuzzRow]));
  const failures: FuzzFailure[] = [];
  const before = process.memoryUsage().rss;
  const startedAt = performance.now();
  let most = 0;
  for (let done = 0; done < inputs; done += 1) {
    const target = random.pick(lots);
    const inputSeed = random.int(2 ** 31);
    const row = rows.get(target.name);
    if (row === undefined) continue;
    const failure = await attack(target, inputSeed, row, mostMs);
    if (failure !== null) failures.push(failure);
    if (done % 200 === 0) {
      most = Math.max(most, process.memoryUsage().rss - before);
      onProgress(done);
    }
  }
  if (most > mostMemoryBytes) failures.push({ target: 'all', seed, why: `the process grew by ${Math.round(most / 1_048_576)} MB`, bytes: '' });
  return { rows: [...rows.values()], failures, memoryBytes: most, durationMs: performance.now() - startedAt };
}

/** One input. Null: it was read or refused as it should. */
export async function attack(target: FuzzTarget, seed: number, row: FuzzRow, mostMs: number): Promise<FuzzFailure | null> {
  const { bytes, run } = await target.make(createRandom(seed));
  const startedAt = performance.now();
  let why: string | null = null;
  row.inputs += 1;
  try {
    await run();
    row.read += 1;
  } catch (error) {
    if (error instanceof AppError) row.refused += 1;
    else why = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  const ms = performance.now() - startedAt;
  row.totalMs += ms;
  row.slowestMs = Math.max(row.slowestMs, ms);
  if (why === null && ms > mostMs) why = `took ${Math.round(ms)} ms`;
  if (why === null) return null;
  row.failures += 1;
  return { target: target.name, seed, why, bytes };
}
