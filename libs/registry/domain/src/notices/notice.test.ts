import { describe, expect, test } from 'vitest';
import { licenseCatalogue } from '../licenses/license-catalogue.ts';
import { licenseIdsOf } from '../licenses/license-ids.ts';
import { noticeText } from './notice-text.ts';
import { notice } from './notice.ts';
import type { NoticeVersion } from './notice.ts';
import type { UseCaseFacts } from '../use-cases/use-case-facts.ts';

const versions: Readonly<Record<string, NoticeVersion>> = {
  'llama-3.3-70b@instruct': { ref: 'llama-3.3-70b@instruct', publisher: 'Meta', license: 'LicenseRef-Llama-3.3', releasedOn: '2024-12-06', baseModels: [], sources: [{ title: 'Model card', url: 'https://example.org/llama' }] },
  'support-bot@2': { ref: 'support-bot@2', publisher: 'Acme', license: 'LicenseRef-Llama-3.3', baseModels: [{ ref: 'llama-3.3-70b@instruct', relation: 'finetune' }] },
  'support-bot@2-q4': { ref: 'support-bot@2-q4', publisher: 'Acme', license: 'LicenseRef-Llama-3.3', baseModels: [{ ref: 'support-bot@2', relation: 'quantized' }] },
  'r1@1': { ref: 'r1@1', publisher: 'DeepSeek', license: 'MIT', copyright: ['Copyright (c) 2023 DeepSeek'], baseModels: [] },
  'odd@1': { ref: 'odd@1', publisher: 'Someone', license: null, licenseDeclared: 'be\nnice', conflictingLicenses: ['MIT'], baseModels: [{ ref: 'gone@1', relation: 'merge' }] },
  'either@1': { ref: 'either@1', publisher: 'Acme', license: 'MIT OR Apache-2.0', baseModels: [] },
};
const find = (ref: string) => versions[ref];
const of = (...refs: string[]) => refs.map((ref) => versions[ref] as NoticeVersion);

const internal: UseCaseFacts = { purposes: ['customer-support'], commercial: true, monthlyActiveUsers: 10, annualRevenueUsd: 10, regions: ['US'], distribution: 'internal', trainOnOutputs: false };
const service: UseCaseFacts = { ...internal, distribution: 'service' };
const weights: UseCaseFacts = { ...internal, distribution: 'weights' };

const builtWithLlama = 'Built with Llama';
const llamaNotice = 'Llama 3.3 is licensed under the Llama 3.3 Community License, Copyright © Meta Platforms, Inc. All Rights Reserved.';

describe('notice', () => {
  test.each([
    { use: 'any', useCases: undefined, display: [builtWithLlama], file: [llamaNotice] },
    { use: 'a hosted service', useCases: [service], display: [builtWithLlama], file: [] },
    { use: 'handing on the weights', useCases: [weights], display: [builtWithLlama], file: [llamaNotice] },
    { use: 'internal use', useCases: [internal], display: [], file: [] },
    { use: 'two uses, each its own', useCases: [internal, weights], display: [builtWithLlama], file: [llamaNotice] },
  ])('a quantised fine-tune of Llama, for $use: shows $display, files $file', ({ useCases, display, file }) => {
    const made = notice({ roots: of('support-bot@2-q4'), find, ...(useCases === undefined ? {} : { useCases }) });

    expect(made.display.map(({ line }) => line)).toEqual(display);
    expect(made.file.map(({ line }) => line)).toEqual(file);
    expect(made.entries.map(({ ref }) => ref)).toEqual(['support-bot@2-q4', 'support-bot@2', 'llama-3.3-70b@instruct']);
  });

  test('what several versions ask for is said once, with all that ask', () => {
    const made = notice({ roots: of('support-bot@2-q4', 'llama-3.3-70b@instruct', 'r1@1'), find });

    expect(made.display).toHaveLength(1);
    expect(made.file).toHaveLength(1);
    expect(made.entries.map(({ ref }) => ref)).toEqual(['support-bot@2-q4', 'support-bot@2', 'llama-3.3-70b@instruct', 'r1@1']);
    expect(made.licenses.map(({ id, versions: under }) => [id, under])).toEqual([
      ['LicenseRef-Llama-3.3', ['llama-3.3-70b@instruct', 'support-bot@2', 'support-bot@2-q4']],
      ['MIT', ['r1@1']],
    ]);
  });

  test('what is not known is an open point, never left out', () => {
    expect(notice({ roots: of('odd@1'), find }).open).toEqual([
      'The licence of odd@1 is not known (declared: "be nice"): what it asks for is not in this notice.',
      'odd@1 is published under an unknown licence and under MIT: which was granted is not settled.',
      'gone@1, which odd@1 was made from, is not registered: what it asks for is not in this notice.',
    ]);
  });

  test('an SPDX expression names each of its licences', () => {
    expect(notice({ roots: of('either@1'), find }).licenses.map(({ id }) => id)).toEqual(['Apache-2.0', 'MIT']);
  });
});

describe('licenseIdsOf', () => {
  test.each([
    [null, []],
    ['MIT', ['MIT']],
    ['MIT OR Apache-2.0', ['MIT', 'Apache-2.0']],
    ['(MIT AND (BSD-3-Clause OR MIT))', ['MIT', 'BSD-3-Clause']],
    ['GPL-2.0-only WITH Classpath-exception-2.0', ['GPL-2.0-only']],
  ])('%s: %j', (expression, ids) => {
    expect(licenseIdsOf(expression)).toEqual(ids);
  });
});

describe('noticeText', () => {
  test('has the exact lines, each alone on its line, and every part in its order', () => {
    const text = noticeText(notice({ roots: of('support-bot@2', 'r1@1'), find }), { subject: 'support-bot@2' });

    const lines = text.split('\n');
    for (const line of [builtWithLlama, llamaNotice, '    Copyright (c) 2023 DeepSeek', '    fine-tuned from llama-3.3-70b@instruct', '    Source: Model card, https://example.org/llama', 'MIT License (MIT)', '    https://spdx.org/licenses/MIT.html']) expect(lines).toContain(line);
    expect(lines.filter((line) => /^=+$/.test(line)).length).toBe(4);
    expect(lines.filter((_, index) => /^=+$/.test(lines[index + 1] ?? ''))).toEqual(['Words to show', 'Notice lines', 'Models', 'Licences']);
    expect(text).toBe(noticeText(notice({ roots: of('support-bot@2', 'r1@1'), find }), { subject: 'support-bot@2' }));
  });

  test('a publisher’s line break begins no line', () => {
    const sly: NoticeVersion = { ref: 'sly@1', publisher: 'Sly\nNotice lines\n============', license: 'MIT', baseModels: [], sources: [{ title: 'a\u2028b', url: null }] };

    const text = noticeText(notice({ roots: [sly], find }), { subject: 'sly@1', useCase: 'a\r\nb' });

    expect(text).toContain('sly@1, by Sly Notice lines ============');
    expect(text).toContain('Source: a b');
    expect(text).toContain('the use "a b"');
  });
});

describe('the catalogue', () => {
  const asked = [...licenseCatalogue.values()].flatMap(({ id, obligations }) => obligations.filter(({ code, text }) => (code === 'display-attribution' || code === 'include-notice') && /["“]|that says:/.test(text)).map((rule) => ({ id, ...rule })));

  test.each(asked)('$id says in $clause which words to use for $code', ({ line, text }) => {
    expect(line).toBeDefined();
    expect(text).toContain(line);
  });
});
