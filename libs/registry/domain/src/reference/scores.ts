import type { ReferenceScore } from './reference-model.ts';
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

const chat = columns('deepseekV2', 'deepseekV25', 'qwen25', 'llama31', 'claude35', 'gpt4o', 'deepseekV3');

/** DeepSeek-V3 report, table 6. LiveCodeBench: questions of August to November 2024. */
const chatTable = {
  evaluator: 'DeepSeek-AI, one framework for all; output limited to 8K tokens',
  source: sources.deepseekV3Report,
  rows: [
    ['MMLU', 'EM', null, chat(78.2, 80.6, 85.3, 88.6, 88.3, 87.2, 88.5)],
    ['MMLU-Redux', 'EM', null, chat(77.9, 80.3, 85.6, 86.2, 88.9, 88.0, 89.1)],
    ['MMLU-Pro', 'EM', null, chat(58.5, 66.2, 71.6, 73.3, 78.0, 72.6, 75.9)],
    ['DROP', 'F1', 3, chat(83.0, 87.8, 76.7, 88.7, 88.3, 83.7, 91.6)],
    ['IFEval', 'prompt strict', null, chat(57.7, 80.6, 84.1, 86.0, 86.5, 84.3, 86.1)],
    ['GPQA-Diamond', 'pass@1', null, chat(35.3, 41.3, 49.0, 51.1, 65.0, 49.9, 59.1)],
    ['SimpleQA', 'correct', null, chat(9.0, 10.2, 9.1, 17.1, 28.4, 38.2, 24.9)],
    ['FRAMES', 'accuracy', null, chat(66.9, 65.4, 69.8, 70.0, 72.5, 80.5, 73.3)],
    ['LongBench v2', 'accuracy', null, chat(31.6, 35.4, 39.4, 36.1, 41.0, 48.1, 48.7)],
    ['HumanEval-Mul', 'pass@1', null, chat(69.3, 77.4, 77.3, 77.2, 81.7, 80.5, 82.6)],
    ['LiveCodeBench', 'pass@1, CoT', null, chat(18.8, 29.2, 31.1, 28.4, 36.3, 33.4, 40.5)],
    ['LiveCodeBench', 'pass@1', null, chat(20.3, 28.4, 28.7, 30.1, 32.8, 34.2, 37.6)],
    ['Codeforces', 'percentile', null, chat(17.5, 35.6, 24.8, 25.3, 20.3, 23.6, 51.6), 'percentile'],
    ['SWE-bench Verified', 'resolved, Agentless', null, chat(null, 22.6, 23.8, 24.5, 50.8, 38.8, 42.0)],
    ['Aider-Edit', 'accuracy, diff', null, chat(60.3, 71.6, 65.4, 63.9, 84.2, 72.9, 79.7)],
    ['Aider-Polyglot', 'accuracy, diff', null, chat(null, 18.2, 7.6, 5.8, 45.3, 16.0, 49.6)],
    ['AIME 2024', 'pass@1, mean of 16 runs', null, chat(4.6, 16.7, 23.3, 23.3, 16.0, 9.3, 39.2)],
    ['MATH-500', 'EM', null, chat(56.3, 74.7, 80.0, 73.8, 78.3, 74.6, 90.2)],
    ['CNMO 2024', 'pass@1, mean of 16 runs', null, chat(2.8, 10.8, 15.9, 6.8, 13.1, 10.8, 43.2)],
    ['C-Eval', 'EM', null, chat(78.6, 79.5, 86.1, 61.5, 76.7, 76.0, 86.5)],
    ['C-SimpleQA', 'correct', null, chat(48.5, 54.1, 48.4, 50.4, 51.3, 59.3, 64.8)],
    ['Arena-Hard', 'win rate', null, chat(null, 76.2, 81.2, 69.3, 85.2, 80.4, 85.5)],
    ['AlpacaEval 2', 'length-controlled win rate', null, chat(null, 50.5, 49.1, 40.5, 52.0, 51.1, 70.0)],
  ],
} satisfies Parameters<typeof scoresOf<'deepseekV2' | 'deepseekV25' | 'qwen25' | 'llama31' | 'claude35' | 'gpt4o' | 'deepseekV3'>>[0];

const reasoning = columns('deepseekV3', 'o1', 'r1');

/** DeepSeek-R1 report, table 4. LiveCodeBench: questions of August 2024 to January 2025. */
const reasoningTable = {
  evaluator: 'DeepSeek-AI; output limited to 32,768 tokens, temperature 0.6, mean of 4 to 64 samples',
  source: sources.deepseekR1Report,
  rows: [
    ['MMLU', 'pass@1', null, reasoning(88.5, 91.8, 90.8)],
    ['MMLU-Pro', 'EM', null, reasoning(75.9, null, 84.0)],
    ['GPQA-Diamond', 'pass@1', null, reasoning(59.1, 75.7, 71.5)],
    ['SimpleQA', 'correct', null, reasoning(24.9, 47.0, 30.1)],
    ['LiveCodeBench', 'pass@1, CoT', null, reasoning(36.2, 63.4, 65.9)],
    ['Codeforces', 'percentile', null, reasoning(58.7, 96.6, 96.3), 'percentile'],
    ['Codeforces', 'rating', null, reasoning(1134, 2061, 2029), 'rating'],
    ['SWE-bench Verified', 'resolved', null, reasoning(42.0, 48.9, 49.2)],
    ['Aider-Polyglot', 'accuracy', null, reasoning(49.6, 61.7, 53.3)],
    ['AIME 2024', 'pass@1', null, reasoning(39.2, 79.2, 79.8)],
    ['MATH-500', 'pass@1', null, reasoning(90.2, 96.4, 97.3)],
  ],
} satisfies Parameters<typeof scoresOf<'deepseekV3' | 'o1' | 'r1'>>[0];

const base = columns('deepseekV2', 'qwen25', 'llama31', 'deepseekV3');

/** DeepSeek-V3 report, table 3. Fewer bits per byte are better. */
const baseTable = {
  evaluator: 'DeepSeek-AI, internal framework',
  source: sources.deepseekV3Report,
  rows: [
    ['Pile-test', 'bits per byte', null, base(0.606, 0.638, 0.542, 0.548), 'bits_per_byte'],
    ['BBH', 'EM', 3, base(78.8, 79.8, 82.9, 87.5)],
    ['MMLU', 'EM', 5, base(78.4, 85.0, 84.4, 87.1)],
    ['MMLU-Pro', 'EM', 5, base(51.4, 58.3, 52.8, 64.4)],
    ['DROP', 'F1', 3, base(80.4, 80.6, 86.0, 89.0)],
    ['HumanEval', 'pass@1', 0, base(43.3, 53.0, 54.9, 65.2)],
    ['MBPP', 'pass@1', 3, base(65.0, 72.6, 68.4, 75.4)],
    ['GSM8K', 'EM', 8, base(81.6, 88.3, 83.5, 89.3)],
    ['MATH', 'EM', 4, base(43.4, 54.4, 49.0, 61.6)],
    ['C-Eval', 'EM', 5, base(81.4, 89.2, 72.5, 90.1)],
  ],
} satisfies Parameters<typeof scoresOf<'deepseekV2' | 'qwen25' | 'llama31' | 'deepseekV3'>>[0];

const base67 = columns('deepseek67b');

/** DeepSeek-V2 report, table 2; another harness than that of the V3 report, which prints 42.7 for HumanEval. */
const base67Table = {
  evaluator: 'DeepSeek-AI, internal framework of the V2 report',
  source: sources.deepseekV2Report,
  rows: [
    ['MMLU', 'accuracy', 5, base67(71.3)],
    ['BBH', 'EM', 3, base67(68.7)],
    ['GSM8K', 'EM', 8, base67(63.4)],
    ['MATH', 'EM', 4, base67(18.7)],
    ['HumanEval', 'pass@1', 0, base67(45.1)],
    ['MBPP', 'pass@1', 3, base67(57.4)],
  ],
} satisfies Parameters<typeof scoresOf<'deepseek67b'>>[0];

const distilled = columns('qwen1b', 'qwen7b', 'qwen14b', 'qwen32b', 'llama8b', 'llama70b');

/** DeepSeek-R1 repository, README section 4. */
const distilledTable = {
  evaluator: 'DeepSeek-AI; output limited to 32,768 tokens, temperature 0.6, top-p 0.95, 64 samples',
  source: sources.deepseekR1Repository,
  rows: [
    ['AIME 2024', 'pass@1', null, distilled(28.9, 55.5, 69.7, 72.6, 50.4, 70.0)],
    ['AIME 2024', 'majority of 64', null, distilled(52.7, 83.3, 80.0, 83.3, 80.0, 86.7)],
    ['MATH-500', 'pass@1', null, distilled(83.9, 92.8, 93.9, 94.3, 89.1, 94.5)],
    ['GPQA-Diamond', 'pass@1', null, distilled(33.8, 49.1, 59.1, 62.1, 49.0, 65.2)],
    ['LiveCodeBench', 'pass@1, CoT', null, distilled(16.9, 37.6, 53.1, 57.2, 39.6, 57.5)],
    ['Codeforces', 'rating', null, distilled(954, 1189, 1481, 1691, 1205, 1633), 'rating'],
  ],
} satisfies Parameters<typeof scoresOf<'qwen1b' | 'qwen7b' | 'qwen14b' | 'qwen32b' | 'llama8b' | 'llama70b'>>[0];

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

type Claim = readonly [benchmark: string, metric: string, shots: number | null, value: number, note?: string];

/** What makers report of themselves, with their own settings: other numbers under the same names. */
const claims = (evaluator: string, checkpoint: string, source: ReferenceScore['source'], rows: readonly Claim[]): ReferenceScore[] =>
  rows.map(([benchmark, metric, shots, value, note]) => ({ benchmark, metric, value, unit: 'percent', shots, evaluator, checkpoint, source, ...(note === undefined ? {} : { note }) }));

const metaBase = claims('Meta', 'Llama-3.1-405B base', sources.llama31Card, [
  ['MMLU', 'macro average', 5, 85.2],
  ['MMLU', 'micro average', 5, 85.4],
  ['MMLU-Pro', 'EM, generated with reasoning', 5, 61.6, 'likelihood scoring gives 52.8'],
]);
const metaInstruct = claims('Meta', 'Llama-3.1-405B-Instruct', sources.llama31Card, [
  ['MMLU', 'macro average', 5, 87.3],
  ['MMLU', 'micro average', 5, 87.71],
  ['MMLU', 'macro average, with reasoning', 0, 88.6],
  ['IFEval', 'mean of prompt and instruction, strict and loose', null, 88.6],
  ['GPQA', 'main set', null, 50.7],
]);
const openAiGpqa = (checkpoint: string, value: number) => claims('OpenAI, simple-evals', checkpoint, sources.openaiEvals, [['GPQA-Diamond', 'pass@1', 0, value]]);

export const referenceScores = {
  deepseek67bBase: scoresOf(base67Table, 'deepseek67b', 'DeepSeek LLM 67B base'),
  deepseekV2Base: scoresOf(baseTable, 'deepseekV2', 'DeepSeek-V2 base'),
  deepseekV2Chat: scoresOf(chatTable, 'deepseekV2', 'DeepSeek-V2-0506'),
  deepseekV25: [...scoresOf(chatTable, 'deepseekV25', 'DeepSeek-V2.5-0905'), aider('DeepSeek Chat V2.5', 40, '40 of 225')],
  deepseekV3: [
    ...scoresOf(chatTable, 'deepseekV3', 'DeepSeek-V3'),
    ...scoresOf(reasoningTable, 'deepseekV3', 'DeepSeek-V3', 'as the R1 report prints it'),
    aider('DeepSeek Chat V3', 109, '109 of 225, run of 2024-12-25, edit format diff'),
  ],
  deepseekV3Base: scoresOf(baseTable, 'deepseekV3', 'DeepSeek-V3-Base'),
  deepseekR1: [...scoresOf(reasoningTable, 'r1', 'DeepSeek-R1'), aider('DeepSeek R1', 128, '128 of 225, run of 2025-01-20')],
  distilledQwen1b: scoresOf(distilledTable, 'qwen1b', 'DeepSeek-R1-Distill-Qwen-1.5B'),
  distilledQwen7b: scoresOf(distilledTable, 'qwen7b', 'DeepSeek-R1-Distill-Qwen-7B'),
  distilledQwen14b: scoresOf(distilledTable, 'qwen14b', 'DeepSeek-R1-Distill-Qwen-14B'),
  distilledQwen32b: scoresOf(distilledTable, 'qwen32b', 'DeepSeek-R1-Distill-Qwen-32B'),
  distilledLlama8b: scoresOf(distilledTable, 'llama8b', 'DeepSeek-R1-Distill-Llama-8B'),
  distilledLlama70b: scoresOf(distilledTable, 'llama70b', 'DeepSeek-R1-Distill-Llama-70B'),
  llama31Base: [...scoresOf(baseTable, 'llama31', 'Llama-3.1-405B base'), ...metaBase],
  llama31Instruct: [...scoresOf(chatTable, 'llama31', 'Llama-3.1-405B-Instruct'), ...metaInstruct],
  qwen25Base: scoresOf(baseTable, 'qwen25', 'Qwen2.5-72B base'),
  qwen25Instruct: scoresOf(chatTable, 'qwen25', 'Qwen2.5-72B-Instruct'),
  gpt4o0513: [...scoresOf(chatTable, 'gpt4o', 'gpt-4o-2024-05-13'), ...openAiGpqa('gpt-4o-2024-05-13', 49.9), ...claims('OpenAI, simple-evals', 'gpt-4o-2024-05-13', sources.openaiEvals, [['MATH', 'full set', 0, 76.6, 'MATH-500 is a subset']])],
  gpt4o0806: [aider('gpt-4o-2024-08-06', 52, '52 of 225'), ...openAiGpqa('gpt-4o-2024-08-06', 53.1)],
  gpt4o1120: [aider('gpt-4o-2024-11-20', 41, '41 of 225'), ...openAiGpqa('gpt-4o-2024-11-20', 46.0)],
  claude35June: claims('Anthropic', 'claude-3-5-sonnet-20240620', sources.anthropicCards, [['GPQA-Diamond', 'pass@1', 0, 59.4]]),
  claude35October: [
    ...scoresOf(chatTable, 'claude35', 'claude-3-5-sonnet-20241022'),
    ...claims('Anthropic', 'claude-3-5-sonnet-20241022', sources.anthropicCards, [['SWE-bench Verified', 'resolved, own scaffold', null, 49.0]]),
    aider('claude-3-5-sonnet-20241022', 102, '102 of 225, run of 2024-12-21, later replaced by the run of 2025-01-17'),
    aider('claude-3-5-sonnet-20241022', 116, '116 of 225, run of 2025-01-17'),
  ],
  o1: [
    ...scoresOf(reasoningTable, 'o1', 'o1-2024-12-17', copied),
    ...claims('OpenAI, simple-evals', 'o1', sources.openaiEvals, [['SimpleQA', 'correct', 0, 42.6]]),
    aider('o1-2024-12-17 (high)', 139, '139 of 225; 224 were completed, and the board prints 61.7'),
  ],
} satisfies Record<string, ReferenceScore[]>;
