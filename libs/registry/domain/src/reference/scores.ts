import type { ReferenceScore } from '../reference-model.ts';
import { sources } from './sources.ts';

type Unit = ReferenceScore['unit'];
type Row<Column extends string> = readonly [benchmark: string, metric: string, shots: number | null, values: Readonly<Record<Column, number | null>>, unit?: Unit];

const columns =
  <Column extends string>(...names: readonly Column[]) =>
  (...values: readonly (number | null)[]): Readonly<Record<Column, number | null>> =>
    Object.fromEntries(names.map((name, index) => [name, values[index] ?? null])) as Record<Column, number | null>;

function scoresOf<Column extends string>(
  table: { readonly rows: readonly Row<Column>[]; readonly evaluator: string; readonly source: ReferenceScore['source'] },
  column: Column,
  checkpoint: string,
  note?: string,
): ReferenceScore[] {
  return table.rows.flatMap(([benchmark, metric, shots, values, unit = 'percent']) => {
    const value = values[column];
    if (value === null) return [];
    return [{ benchmark, metric, value, unit, shots, evaluator: table.evaluator, checkpoint, source: table.source, ...(note === undefined ? {} : { note }) }];
  });
}

const chat = columns('qwen25', 'llama31', 'claude35', 'gpt4o', 'deepseekV3');

/** DeepSeek-V3 report, table 6. LiveCodeBench: questions of August to November 2024. */
const chatTable = {
  evaluator: 'DeepSeek-AI, one framework for all; output limited to 8K tokens',
  source: sources.deepseekV3Report,
  rows: [
    ['MMLU', 'EM', null, chat(85.3, 88.6, 88.3, 87.2, 88.5)],
    ['MMLU-Redux', 'EM', null, chat(85.6, 86.2, 88.9, 88.0, 89.1)],
    ['MMLU-Pro', 'EM', null, chat(71.6, 73.3, 78.0, 72.6, 75.9)],
    ['DROP', 'F1', 3, chat(76.7, 88.7, 88.3, 83.7, 91.6)],
    ['IFEval', 'prompt strict', null, chat(84.1, 86.0, 86.5, 84.3, 86.1)],
    ['GPQA-Diamond', 'pass@1', null, chat(49.0, 51.1, 65.0, 49.9, 59.1)],
    ['SimpleQA', 'correct', null, chat(9.1, 17.1, 28.4, 38.2, 24.9)],
    ['FRAMES', 'accuracy', null, chat(69.8, 70.0, 72.5, 80.5, 73.3)],
    ['LongBench v2', 'accuracy', null, chat(39.4, 36.1, 41.0, 48.1, 48.7)],
    ['HumanEval-Mul', 'pass@1', null, chat(77.3, 77.2, 81.7, 80.5, 82.6)],
    ['LiveCodeBench', 'pass@1, CoT', null, chat(31.1, 28.4, 36.3, 33.4, 40.5)],
    ['LiveCodeBench', 'pass@1', null, chat(28.7, 30.1, 32.8, 34.2, 37.6)],
    ['Codeforces', 'percentile', null, chat(24.8, 25.3, 20.3, 23.6, 51.6), 'percentile'],
    ['SWE-bench Verified', 'resolved, Agentless', null, chat(23.8, 24.5, 50.8, 38.8, 42.0)],
    ['Aider-Edit', 'accuracy, diff', null, chat(65.4, 63.9, 84.2, 72.9, 79.7)],
    ['Aider-Polyglot', 'accuracy, diff', null, chat(7.6, 5.8, 45.3, 16.0, 49.6)],
    ['AIME 2024', 'pass@1, mean of 16 runs', null, chat(23.3, 23.3, 16.0, 9.3, 39.2)],
    ['MATH-500', 'EM', null, chat(80.0, 73.8, 78.3, 74.6, 90.2)],
    ['CNMO 2024', 'pass@1, mean of 16 runs', null, chat(15.9, 6.8, 13.1, 10.8, 43.2)],
    ['C-Eval', 'EM', null, chat(86.1, 61.5, 76.7, 76.0, 86.5)],
    ['C-SimpleQA', 'correct', null, chat(48.4, 50.4, 51.3, 59.3, 64.8)],
    ['Arena-Hard', 'win rate', null, chat(81.2, 69.3, 85.2, 80.4, 85.5)],
    ['AlpacaEval 2', 'length-controlled win rate', null, chat(49.1, 40.5, 52.0, 51.1, 70.0)],
  ],
} satisfies Parameters<typeof scoresOf<'qwen25' | 'llama31' | 'claude35' | 'gpt4o' | 'deepseekV3'>>[0];

const reasoning = columns('o1', 'r1');

/** DeepSeek-R1 report, table 4. LiveCodeBench: questions of August 2024 to January 2025. */
const reasoningTable = {
  evaluator: 'DeepSeek-AI; output limited to 32,768 tokens, temperature 0.6, mean of 4 to 64 samples',
  source: sources.deepseekR1Report,
  rows: [
    ['MMLU', 'pass@1', null, reasoning(91.8, 90.8)],
    ['MMLU-Pro', 'EM', null, reasoning(null, 84.0)],
    ['GPQA-Diamond', 'pass@1', null, reasoning(75.7, 71.5)],
    ['SimpleQA', 'correct', null, reasoning(47.0, 30.1)],
    ['LiveCodeBench', 'pass@1, CoT', null, reasoning(63.4, 65.9)],
    ['Codeforces', 'percentile', null, reasoning(96.6, 96.3), 'percentile'],
    ['Codeforces', 'rating', null, reasoning(2061, 2029), 'rating'],
    ['SWE-bench Verified', 'resolved', null, reasoning(48.9, 49.2)],
    ['Aider-Polyglot', 'accuracy', null, reasoning(61.7, 53.3)],
    ['AIME 2024', 'pass@1', null, reasoning(79.2, 79.8)],
    ['MATH-500', 'pass@1', null, reasoning(96.4, 97.3)],
  ],
} satisfies Parameters<typeof scoresOf<'o1' | 'r1'>>[0];

const base = columns('qwen25', 'llama31', 'deepseekV3');

/** DeepSeek-V3 report, table 3. Fewer bits per byte are better. */
const baseTable = {
  evaluator: 'DeepSeek-AI, internal framework',
  source: sources.deepseekV3Report,
  rows: [
    ['Pile-test', 'bits per byte', null, base(0.638, 0.542, 0.548), 'bits_per_byte'],
    ['BBH', 'EM', 3, base(79.8, 82.9, 87.5)],
    ['MMLU', 'EM', 5, base(85.0, 84.4, 87.1)],
    ['MMLU-Pro', 'EM', 5, base(58.3, 52.8, 64.4)],
    ['DROP', 'F1', 3, base(80.6, 86.0, 89.0)],
    ['HumanEval', 'pass@1', 0, base(53.0, 54.9, 65.2)],
    ['MBPP', 'pass@1', 3, base(72.6, 68.4, 75.4)],
    ['GSM8K', 'EM', 8, base(88.3, 83.5, 89.3)],
    ['MATH', 'EM', 4, base(54.4, 49.0, 61.6)],
    ['C-Eval', 'EM', 5, base(89.2, 72.5, 90.1)],
  ],
} satisfies Parameters<typeof scoresOf<'qwen25' | 'llama31' | 'deepseekV3'>>[0];

const copied = 'copied by the evaluator from OpenAI’s reports, not run again';

/** Second-try rates of 225 exercises from the benchmark's own data file, recomputed from its counts over all 225. */
const aider = (checkpoint: string, solved: number, note: string): ReferenceScore => ({
  benchmark: 'Aider-Polyglot',
  metric: 'second-try rate over 225',
  value: Math.round((solved / 225) * 1_000) / 10,
  unit: 'percent',
  shots: null,
  evaluator: 'Aider',
  checkpoint,
  note,
  source: sources.aider,
});

export const referenceScores = {
  deepseekV3: [...scoresOf(chatTable, 'deepseekV3', 'DeepSeek-V3'), aider('DeepSeek Chat V3', 109, '109 of 225, run of 2024-12-25, edit format diff')],
  deepseekV3Base: scoresOf(baseTable, 'deepseekV3', 'DeepSeek-V3-Base'),
  deepseekR1: [...scoresOf(reasoningTable, 'r1', 'DeepSeek-R1'), aider('DeepSeek R1', 128, '128 of 225, run of 2025-01-20')],
  llama31Base: scoresOf(baseTable, 'llama31', 'Llama-3.1-405B base'),
  llama31Instruct: scoresOf(chatTable, 'llama31', 'Llama-3.1-405B-Instruct'),
  qwen25Base: scoresOf(baseTable, 'qwen25', 'Qwen2.5-72B base'),
  qwen25Instruct: scoresOf(chatTable, 'qwen25', 'Qwen2.5-72B-Instruct'),
  gpt4o0513: scoresOf(chatTable, 'gpt4o', 'gpt-4o-2024-05-13'),
  gpt4o0806: [aider('gpt-4o-2024-08-06', 52, '52 of 225')],
  gpt4o1120: [aider('gpt-4o-2024-11-20', 41, '41 of 225')],
  claude35October: [
    ...scoresOf(chatTable, 'claude35', 'claude-3-5-sonnet-20241022'),
    aider('claude-3-5-sonnet-20241022', 102, '102 of 225, run of 2024-12-21, later replaced by the run of 2025-01-17'),
    aider('claude-3-5-sonnet-20241022', 116, '116 of 225, run of 2025-01-17'),
  ],
  o1: [...scoresOf(reasoningTable, 'o1', 'o1-2024-12-17', copied), aider('o1-2024-12-17 (high)', 139, '139 of 225; 224 were completed, and the board prints 61.7')],
} satisfies Record<string, ReferenceScore[]>;
