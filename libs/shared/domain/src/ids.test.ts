import { describe, expect, test } from 'vitest';
import { BudgetId, FileId, JobId, KeyId, ProjectId, idFromUuid, idPrefixes } from './ids.ts';

const uuid = '0197A1B2-C3D4-7E5F-8A9B-0C1D2E3F4A5B';
const hex = '0197a1b2c3d47e5f8a9b0c1d2e3f4a5b';

describe('idFromUuid', () => {
  test.each([
    { kind: 'project', id: `proj_${hex}`, schema: ProjectId },
    { kind: 'job', id: `job_${hex}`, schema: JobId },
    { kind: 'key', id: `key_${hex}`, schema: KeyId },
    { kind: 'budget', id: `bud_${hex}`, schema: BudgetId },
    { kind: 'file', id: `file-${hex}`, schema: FileId },
  ] as const)('a $kind is $id', ({ kind, id, schema }) => {
    expect(idFromUuid(kind, uuid)).toBe(id);
    expect(idFromUuid(kind, hex)).toBe(id);
    expect(schema.parse(id)).toBe(id);
  });

  test('ids of a kind sort as their UUIDs do', () => {
    const uuids = ['0197a1b2-0000-7000-8000-000000000000', '0197a1b2-0000-7000-8000-000000000001', '0197a1b3-0000-7000-8000-000000000000'];

    const ids = uuids.map((one) => idFromUuid('job', one));

    expect(ids.toSorted()).toEqual(ids);
  });
});

describe('idPrefixes', () => {
  test('no two kinds share one, and none is the beginning of another, so that an id tells its kind', () => {
    const prefixes = Object.values(idPrefixes).map((prefix) => `${prefix}_`);

    expect(prefixes.filter((prefix) => prefixes.some((other) => other !== prefix && other.startsWith(prefix)))).toEqual([]);
    expect(new Set(prefixes).size).toBe(prefixes.length);
  });
});

describe('id schemas', () => {
  test.each([`job_${hex.toUpperCase()}`, `job_${hex.slice(1)}`, `job_${hex}0`, `job-${hex}`, `proj_${hex}`, hex, '', `job_${uuid.toLowerCase()}`, ` job_${hex}`, `job_${hex}\n`])(
    '%j is not a job',
    (id) => {
      expect(JobId.safeParse(id).success).toBe(false);
    },
  );

  test('a refusal shows what an id looks like', () => {
    expect(() => JobId.parse('7')).toThrow(/must be an id like job_0197/);
    expect(() => FileId.parse('7')).toThrow(/must be an id like file-0197/);
  });
});
