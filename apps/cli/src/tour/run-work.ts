import { toFile } from 'openai';
import pc from 'picocolors';
import { showProgress, until } from './progress.ts';
import { localModel } from './register-models.ts';
import { versions } from './tour-state.ts';
import type { TourState } from './tour-state.ts';

const batchLines = 200;
const finished = ['completed', 'failed', 'expired', 'cancelled'];

/** 4. Work through the queue: a batch of 200 prompts, then a streamed answer, both with the official `openai` client. */
export async function runWork(state: TourState): Promise<{ readonly answers: number }> {
  const { report, support, tasks, live } = state;
  report.step('Work through the queue');
  const lines = tasks.slice(0, batchLines).map((task, index) =>
    JSON.stringify({
      custom_id: task.id,
      method: 'POST',
      url: '/v1/chat/completions',
      body: { model: `${localModel}@${versions[index % versions.length]}`, messages: [{ role: 'user', content: task.prompt }], temperature: 0, max_completion_tokens: 64 },
    }),
  );
  const file = await support.openai.files.create({ purpose: 'batch', file: await toFile(Buffer.from(lines.join('\n')), 'prompts.jsonl') });
  const startedAt = performance.now();
  const { id } = await support.openai.batches.create({ input_file_id: file.id, endpoint: '/v1/chat/completions', completion_window: '24h' });
  const bar = showProgress('batch', batchLines, live, report.line);
  const batch = await until('the batch', 120_000, async () => {
    const now = await support.openai.batches.retrieve(id);
    bar.update((now.request_counts?.completed ?? 0) + (now.request_counts?.failed ?? 0));
    return finished.includes(now.status) ? now : undefined;
  });
  bar.end();
  const seconds = (performance.now() - startedAt) / 1000;
  const output = batch.output_file_id == null ? '' : await (await support.openai.files.content(batch.output_file_id)).text();
  const answers = new Map(output.split('\n').filter(Boolean).map((line) => outputLine(line)));
  const right = tasks.slice(0, batchLines).filter((task) => answers.get(task.id)?.trim() === task.answer).length;
  report.line(`${answers.size} answers in ${seconds.toFixed(1)} s (${(answers.size / seconds).toFixed(0)} a second), ${right} of them right; batch ${batch.id} is ${batch.status}`);
  report.expect(`all ${batchLines} lines of the batch were answered, each once`, batch.status === 'completed' && answers.size === batchLines && batch.request_counts?.completed === batchLines);

  report.line(`streamed: ${pc.dim('What is 47 + 38?')}`);
  const stream = await support.openai.chat.completions.create({ model: `${localModel}@base`, messages: [{ role: 'user', content: 'What is 47 + 38?' }], temperature: 0, stream: true, stream_options: { include_usage: true } });
  const pieces: string[] = [];
  let outputTokens = 0;
  for await (const chunk of stream) {
    const piece = chunk.choices[0]?.delta.content;
    if (piece) pieces.push(piece);
    outputTokens = chunk.usage?.completion_tokens ?? outputTokens;
  }
  report.line(`answer in ${pieces.length} pieces: ${pieces.map((piece) => pc.green(piece)).join(pc.dim('·'))} (${outputTokens} tokens)`);
  report.expect('the streamed answer is 85', pieces.join('').trim() === '85');
  return { answers: batchLines + 1 };
}

function outputLine(line: string): [string, string] {
  const parsed = JSON.parse(line) as { custom_id: string; response: { body: { choices: { message: { content: string | null } }[] } } | null };
  return [parsed.custom_id, parsed.response?.body.choices[0]?.message.content ?? ''];
}
