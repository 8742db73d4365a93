import { newId } from '@weighbridge/shared-adapters/ids';
import { describe, expect, test } from 'vitest';
import { createMismatchReporter } from './mismatch-reporter.ts';

const found = { artifact: 'm.gguf', registeredSha256: 'a'.repeat(64), foundSha256: 'b'.repeat(64) };

describe('a model file that is not the registered one', () => {
  test('is told once while it is being told, however many calls find it, and again afterwards', async () => {
    const [id, told, lines] = [newId('deployment'), [] as unknown[], [] as object[]];
    let answer = () => {};
    const reporter = createMismatchReporter({ block: (...call) => new Promise<void>((resolve) => void (told.push(call), (answer = resolve))), logger: { error: (line) => void lines.push(line) } });

    reporter.report({ id }, found);
    reporter.report({ id }, found);
    answer();
    await reporter.close();
    reporter.report({ id }, found);

    expect(told).toEqual([[id, { reason: 'artifact_mismatch', ...found }], [id, { reason: 'artifact_mismatch', ...found }]]);
    expect(lines).toMatchObject([{ event: 'model_file_mismatch', deploymentId: id }, { event: 'model_file_mismatch' }]);
    answer();
  });

  test('that cannot be told is logged, and told by the next call that finds it', async () => {
    const [id, lines] = [newId('deployment'), [] as object[]];
    let tries = 0;
    const reporter = createMismatchReporter({ block: () => (++tries === 1 ? Promise.reject(new Error('registry away')) : Promise.resolve()), logger: { error: (line) => void lines.push(line) } });

    reporter.report({ id }, found);
    await reporter.close();
    reporter.report({ id }, found);
    await reporter.close();

    expect([tries, lines.map((line) => (line as { event: string }).event)]).toEqual([2, ['model_file_mismatch', 'block_not_told', 'model_file_mismatch']]);
  });
});
