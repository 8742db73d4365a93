import { readFileSync } from 'node:fs';
import { ChatRequest, CompletionRequest, EmbeddingRequest, ResponsesRequest } from '@weighbridge/inference-domain';
import { describe, expect, test } from 'vitest';

const text = readFileSync(new URL('../../../docs/openai.md', import.meta.url), 'utf8');
const sections = new Map(text.split('\n## ').slice(1).map((section) => [section.split('\n', 1)[0], section]));

describe('docs/openai.md', () => {
  test.each([
    { section: 'Chat completions', schema: ChatRequest },
    { section: 'Completions', schema: CompletionRequest },
    { section: 'Embeddings', schema: EmbeddingRequest },
    { section: 'Responses', schema: ResponsesRequest },
  ])('says of every field of $section what becomes of it', ({ section, schema }) => {
    const told = new Set((sections.get(section) ?? '').split('\n').filter((line) => line.startsWith('| `')).flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, field]) => field)));
    expect(Object.keys(schema.shape).filter((field) => !told.has(field))).toEqual([]);
  });
});
