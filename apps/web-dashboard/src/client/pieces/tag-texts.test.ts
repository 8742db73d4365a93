import { describe, expect, test } from 'vitest';
import { readTags, tagTexts } from './tag-texts.ts';

describe('tags as text', () => {
  test.each([
    { tags: {}, texts: [] },
    { tags: { reviewed: '' }, texts: ['reviewed'] },
    { tags: { team: 'speech', link: 'https://wiki/a' }, texts: ['team: speech', 'link: https://wiki/a'] },
  ])('$texts there and back', ({ tags, texts }) => {
    expect(tagTexts(tags)).toEqual(texts);
    expect(readTags(texts)).toEqual(tags);
  });

  test('spaces around name and value do not count', () => {
    expect(readTags([' team :speech '])).toEqual({ team: 'speech' });
  });
});
