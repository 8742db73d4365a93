// Sends broken files through every reader of the registry:
//   npm run fuzz -- --inputs 100000 --seed 7
// Ends with 1 when one of them threw something else than an error of ours, took too long, or memory grew too far. The inputs that did are kept in the folder
// that --keep names. The same seed makes the same inputs.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runFuzz } from './run-fuzz.ts';

const { values } = parseArgs({ options: { inputs: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' }, only: { type: 'string' }, keep: { type: 'string' } } });
const inputs = Number(values.inputs);
const seed = Number(values.seed);
if (!Number.isSafeInteger(inputs) || inputs < 1 || !Number.isSafeInteger(seed)) {
  process.stderr.write('usage: npm run fuzz -- [--inputs 100000] [--seed 1] [--only <part of a target>] [--keep <folder>]\n');
  process.exit(2);
}

const report = await runFuzz({ inputs, seed, only: values.only, onProgress: (done) => (done % 10_000 === 0 && done > 0 ? process.stderr.write(`${done} of ${inputs}\n`) : undefined) });
const cell = (value: string | number, width: number) => String(value).padStart(width);
process.stdout.write(`${'target'.padEnd(22)}${cell('inputs', 9)}${cell('read', 9)}${cell('refused', 9)}${cell('failed', 8)}${cell('mean ms', 9)}${cell('slowest ms', 12)}\n`);
for (const row of report.rows)
  process.stdout.write(`${row.target.padEnd(22)}${cell(row.inputs, 9)}${cell(row.read, 9)}${cell(row.refused, 9)}${cell(row.failures, 8)}${cell(row.inputs === 0 ? '' : (row.totalMs / row.inputs).toFixed(2), 9)}${cell(row.slowestMs.toFixed(0), 12)}\n`);
process.stdout.write(`${inputs} inputs, seed ${seed}, ${(report.durationMs / 1_000).toFixed(0)} s, ${Math.round(report.memoryBytes / 1_048_576)} MB more than at the beginning\n`);
for (const [index, { target, seed: inputSeed, why, bytes }] of report.failures.slice(0, 20).entries()) {
  process.stdout.write(`\nFAILED ${target}, input seed ${inputSeed}\n${why}\n`);
  if (values.keep === undefined) continue;
  mkdirSync(values.keep, { recursive: true });
  writeFileSync(join(values.keep, `${index}-${target.replaceAll(/\W+/g, '-')}-${inputSeed}`), bytes);
}
process.exitCode = report.failures.length === 0 ? 0 : 1;
