import { FileId, JobId } from '@weighbridge/shared-domain';
import { describe, expect, test } from 'vitest';
import { newId } from './ids.ts';

describe('newId', () => {
  test('is an id of its kind', () => {
    expect(JobId.safeParse(newId('job')).success).toBe(true);
    expect(FileId.safeParse(newId('file')).success).toBe(true);
    expect(newId('request')).toMatch(/^req_[0-9a-f]{32}$/);
  });

  test('never repeats, and sorts by the order in which ids were made', () => {
    const ids = Array.from({ length: 10_000 }, () => newId('job'));

    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.toSorted()).toEqual(ids);
  });
});
