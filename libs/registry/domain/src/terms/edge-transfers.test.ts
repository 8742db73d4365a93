import { describe, expect, test } from 'vitest';
import { edgeTransfers } from './edge-transfers.ts';
import { exampleVersions } from '../decision/example-versions.ts';
import type { EdgeEffect } from '../lineage/edge-effect.ts';
import type { LineageVersion } from '../lineage/lineage.ts';

const over = edgeTransfers(exampleVersions);
const brought = (child: string, base: string) => {
  const version = exampleVersions.find(({ ref }) => ref === child) as LineageVersion;
  const edge = version.baseModels.find(({ ref }) => ref === base);
  if (edge === undefined) throw new Error(`${child} was not made from ${base}`);
  return over(version, edge);
};

describe('what an edge brings in', () => {
  const whole: EdgeEffect[] = ['permissions', 'limits', 'field-of-use', 'output-rule', 'obligations'];
  test.each<[child: string, base: string, license: string, effects: EdgeEffect[]]>([
    ['llama-3.1-tulu-2-8b@1', 'llama-3.1-8b@1', 'LicenseRef-Llama-3.1', whole],
    ['someone-v3-tune@1', 'deepseek-v3-base@2024-12', 'LicenseRef-DeepSeek-Model-1.0', whole],
    ['deepseek-r1@2025-01', 'deepseek-v3-base@2024-12', 'LicenseRef-DeepSeek-Model-1.0', ['own-licence']],
    ['deepseek-r1-distill-qwen-32b@1', 'qwen2.5-32b@1', 'Apache-2.0', ['obligations']],
    ['vicuna-13b@1.5', 'gpt-4o@2024-08-06', 'LicenseRef-OpenAI-Services-Agreement', ['stopped']],
  ])('%s from %s: %s brings %j', (child, base, license, effects) => {
    const found = brought(child, base).find((transfer) => transfer.license === license);

    expect(found?.effects).toEqual(expect.arrayContaining(effects));
    expect(found?.version).toBe(base);
    expect(found?.message).not.toBe('');
  });

  test('also what the base model has itself inherited', () => {
    const versions: LineageVersion[] = [
      { ref: 'top@1', publisher: 'c', license: 'MIT', baseModels: [{ ref: 'middle@1', relation: 'quantized' }] },
      { ref: 'middle@1', publisher: 'b', license: 'Apache-2.0', baseModels: [{ ref: 'base@1', relation: 'finetune' }] },
      { ref: 'base@1', publisher: 'Meta', license: 'LicenseRef-Llama-3.1', baseModels: [] },
    ];
    const transfers = edgeTransfers(versions)(versions[0] as LineageVersion, { ref: 'middle@1', relation: 'quantized' });

    expect(transfers.map(({ license, version }) => [license, version])).toEqual([['Apache-2.0', 'middle@1'], ['LicenseRef-Llama-3.1', 'base@1']]);
  });

  test('ends on a circle, and knows nothing of what is not there', () => {
    const versions: LineageVersion[] = [
      { ref: 'a@1', publisher: 'a', license: 'MIT', baseModels: [{ ref: 'b@1', relation: 'merge' }, { ref: 'gone@1', relation: 'merge' }] },
      { ref: 'b@1', publisher: 'b', license: 'MIT', baseModels: [{ ref: 'a@1', relation: 'merge' }] },
    ];
    const transfersOver = edgeTransfers(versions);

    expect(transfersOver(versions[0] as LineageVersion, { ref: 'b@1', relation: 'merge' })).toHaveLength(1);
    expect(transfersOver(versions[0] as LineageVersion, { ref: 'gone@1', relation: 'merge' })).toEqual([]);
  });
});
