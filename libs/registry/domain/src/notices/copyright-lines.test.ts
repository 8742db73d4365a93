import { describe, expect, test } from 'vitest';
import { copyrightLines } from './copyright-lines.ts';

describe('copyrightLines', () => {
  test.each([
    ['MIT License\n\nCopyright (c) 2023 DeepSeek\n\nPermission is hereby granted', [{ text: 'Copyright (c) 2023 DeepSeek', line: 3 }]],
    ['   Copyright 2024 Alibaba Cloud\r\n', [{ text: 'Copyright 2024 Alibaba Cloud', line: 1 }]],
    ['# © Meta Platforms, Inc.', [{ text: '© Meta Platforms, Inc.', line: 1 }]],
    ['Copyright (c) 2023 A\nCopyright (c) 2023 A\nCopyright (c) 2024 B', [{ text: 'Copyright (c) 2023 A', line: 1 }, { text: 'Copyright (c) 2024 B', line: 3 }]],
    ['Copyright [yyyy] [name of copyright owner]', []],
    ['Copyright (c) <year> <copyright holders>', []],
    ['The above copyright notice and this permission notice shall be included', []],
    ['Copyright License. Subject to the terms and conditions of this License', []],
    [`Copyright (c) 2024 ${'x'.repeat(400)}`, []],
    ['', []],
  ])('%j', (text, lines) => {
    expect(copyrightLines(text)).toEqual(lines);
  });

  test('a file of nothing else gives no more than twenty, and takes no longer than it is', () => {
    expect(copyrightLines(Array.from({ length: 50_000 }, (_, index) => `Copyright (c) 2024 author ${index}`).join('\n'))).toHaveLength(20);
    expect(copyrightLines(`${'#'.repeat(299)}\n`.repeat(3_000))).toEqual([]);
  });
});
