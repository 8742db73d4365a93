import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { detectLicense } from './detect-license.ts';
import { licenseCatalogue } from './license-catalogue.ts';

const require = createRequire(import.meta.url);
const mit = readFileSync(join(dirname(require.resolve('zod/package.json')), 'LICENSE'), 'utf8');
const apache = readFileSync(new URL('../../../../LICENSE', import.meta.url), 'utf8');
const ids = (text: string) => detectLicense(text).map(({ license }) => license);

const kimi = 'Our only modification part is that, if the Software (or any derivative works thereof) is used for commercial products, you shall prominently display “Kimi K2” on the user interface of such product or service.';
const minimax = 'Our only modification is that a commercial product shall prominently display “MiniMax M2” on its user interface.';
const mistral = 'You are not authorized to exercise any rights under this license if the global consolidated monthly revenue of your company exceeds $20 million.';

/** The markers of an entry as if they were a text: headings and sentences, with no sentence of the licence in between. */
const sketch = (id: string): string => {
  const { markers } = licenseCatalogue.get(id) ?? { markers: { required: [], supporting: [] } };
  return [...markers.required, ...markers.supporting].join('.\n\n');
};

describe('detectLicense', () => {
  test.each([
    { title: 'MIT', text: mit, licenses: ['MIT'] },
    { title: 'MIT in capitals, quoted as Markdown', text: mit.toUpperCase().replaceAll('\n', '\n> '), licenses: ['MIT'] },
    { title: 'MIT with Windows line ends', text: mit.replaceAll('\n', '\r\n'), licenses: ['MIT'] },
    { title: 'Apache-2.0 of this repository', text: apache, licenses: ['Apache-2.0'] },
    { title: 'MIT with the closing paragraph of Kimi K2', text: `${mit}\n${kimi}`, licenses: ['LicenseRef-Kimi-K2-Modified-MIT'] },
    { title: 'MIT with the closing paragraph of MiniMax M2', text: `${mit}\n${minimax}`, licenses: ['LicenseRef-MiniMax-M2-Modified-MIT'] },
    { title: 'MIT with the revenue clause of Mistral', text: `${mit}\n${mistral}`, licenses: ['LicenseRef-MistralAI-Modified-MIT-Revenue'] },
    { title: 'MIT with a short sentence at the end', text: `${mit}\nNo military use.`, licenses: [] },
    { title: 'MIT with a sentence inside', text: mit.replace('The above copyright', 'The Software may not be used in weapons. The above copyright'), licenses: [] },
    { title: 'MIT with a condition at the top', text: `For non-commercial purposes only:\n${mit}`, licenses: [] },
    { title: 'Apache-2.0 with the Commons Clause', text: `“Commons Clause” License Condition v1.0\n${apache}`, licenses: [] },
    { title: 'Apache-2.0 with terms of its own at the end', text: `${apache}\n${'You must ask us first. '.repeat(30)}`, licenses: [] },
    { title: 'a sentence of one’s own', text: 'You may use this model as long as we like you. Ask Acme before you do anything with it.', licenses: [] },
    { title: 'a mention of MIT', text: 'This project is licensed under the MIT License.', licenses: [] },
    { title: 'a mention of Llama', text: 'The weights are under the LLAMA 3.1 COMMUNITY LICENSE AGREEMENT.', licenses: [] },
    { title: 'a mention of Creative Commons', text: 'This document is under Creative Commons Attribution 4.0 International.', licenses: [] },
    { title: 'nothing', text: '', licenses: [] },
    { title: 'layout alone', text: '   \n---\n', licenses: [] },
  ])('$title: $licenses', ({ text, licenses }) => {
    expect(ids(text)).toEqual(licenses);
  });

  test.each([
    ['LicenseRef-DeepSeek-Model-1.0'],
    ['LicenseRef-Llama-2'],
    ['LicenseRef-Llama-3'],
    ['LicenseRef-Llama-3.1'],
    ['LicenseRef-Llama-3.2'],
    ['LicenseRef-Llama-3.3'],
    ['LicenseRef-Llama-4'],
    ['LicenseRef-Qwen-2024'],
    ['LicenseRef-Qwen-Research-2024'],
    ['LicenseRef-Tongyi-Qianwen-2023'],
    ['LicenseRef-Tongyi-Qianwen-Research-2023'],
    ['LicenseRef-Gemma'],
    ['LicenseRef-BigScience-OpenRAIL-M'],
    ['LicenseRef-BigScience-BLOOM-RAIL-1.0'],
    ['LicenseRef-CreativeML-OpenRAIL-M'],
    ['LicenseRef-CreativeML-OpenRAIL-PlusPlus-M'],
    ['LicenseRef-BigCode-OpenRAIL-M-1'],
    ['LicenseRef-MistralAI-MRL-0.1'],
    ['LicenseRef-MistralAI-MNPL-0.1'],
    ['LicenseRef-TII-Falcon-180B-1.0'],
    ['LicenseRef-TII-Falcon-2-11B-1.0'],
    ['LicenseRef-Kimi-K2-Modified-MIT'],
    ['CC-BY-4.0'],
    ['CC-BY-SA-4.0'],
    ['CC-BY-NC-4.0'],
    ['CC-BY-NC-SA-4.0'],
    ['CC-BY-NC-ND-4.0'],
    ['CC0-1.0'],
    ['LicenseRef-OpenAI-Services-Agreement'],
    ['LicenseRef-Anthropic-Commercial-Terms'],
  ])('the markers of %s mean it and no other', (id) => {
    const [match, ...others] = detectLicense(sketch(id));

    expect(match).toEqual({ license: id, confidence: 0.99, evidence: expect.arrayContaining(licenseCatalogue.get(id)?.markers.required ?? []) });
    expect(others).toEqual([]);
  });

  test('fewer markers, less confidence', () => {
    const required = licenseCatalogue.get('LicenseRef-Llama-3.1')?.markers.required ?? [];

    expect(detectLicense(required.join('\n'))).toEqual([{ license: 'LicenseRef-Llama-3.1', confidence: 0.8, evidence: required }]);
  });

  test('a file that holds two texts gives both', () => {
    expect(ids(`${sketch('LicenseRef-Llama-3.3')}\n${sketch('LicenseRef-DeepSeek-Model-1.0')}`)).toEqual(['LicenseRef-DeepSeek-Model-1.0', 'LicenseRef-Llama-3.3']);
  });

  test.each([
    ['the same letter', 'a'.repeat(1_000_000)],
    ['beginnings of MIT', 'Permission is hereby granted, free of charge '.repeat(23_000)],
    ['nothing but layout', ' \n'.repeat(500_000)],
    ['five megabytes', `${'x '.repeat(2_500_000)}`],
  ])('a large text of %s takes bounded time', (_, text) => {
    const before = performance.now();

    expect(ids(text)).toEqual([]);
    expect(performance.now() - before).toBeLessThan(2_000);
  });
});
