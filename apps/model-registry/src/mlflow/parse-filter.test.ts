import { describe, expect, test } from 'vitest';
import { parseFilter, parseOrder } from './parse-filter.ts';

describe('parseFilter', () => {
  test.each([
    [undefined, []],
    ['  ', []],
    [`name = 'a'`, [{ field: 'name', comparator: '=', value: 'a' }]],
    [`name='a'`, [{ field: 'name', comparator: '=', value: 'a' }]],
    [`attributes.name != "a b"`, [{ field: 'name', comparator: '!=', value: 'a b' }]],
    [`name LIKE 'llama%'`, [{ field: 'name', comparator: 'like', value: 'llama%' }]],
    [`name ilike '%LLAMA%'`, [{ field: 'name', comparator: 'ilike', value: '%LLAMA%' }]],
    [`tags.team = 'speech'`, [{ field: 'tag', key: 'team', comparator: '=', value: 'speech' }]],
    [`tag.\`a b.c\` LIKE 'x%'`, [{ field: 'tag', key: 'a b.c', comparator: 'like', value: 'x%' }]],
    [`tags."a b" = 'x'`, [{ field: 'tag', key: 'a b', comparator: '=', value: 'x' }]],
    [`name = 'AND' AND tags.x = 'it AND that'`, [{ field: 'name', comparator: '=', value: 'AND' }, { field: 'tag', key: 'x', comparator: '=', value: 'it AND that' }]],
    ['tag.`mlflow.prompt.is_prompt` != \'true\'', [{ field: 'tag', key: 'mlflow.prompt.is_prompt', comparator: 'absentOr', value: 'true' }]],
    [`tags.other != 'x'`, [{ field: 'tag', key: 'other', comparator: '!=', value: 'x' }]],
  ])('of models: %s', (filter, conditions) => {
    expect(parseFilter(filter, 'models')).toEqual(conditions);
  });

  test.each([
    [`run_id = 'r1'`, [{ field: 'runId', comparator: '=', value: 'r1' }]],
    [`run_id IN ('r1','r2')`, [{ field: 'runId', comparator: 'in', value: ['r1', 'r2'] }]],
    [`source_path LIKE 's3://%'`, [{ field: 'source', comparator: 'like', value: 's3://%' }]],
    [`name = 'a' and version_number >= 3`, [{ field: 'name', comparator: '=', value: 'a' }, { field: 'number', comparator: '>=', value: 3 }]],
    [`version_number = '3'`, [{ field: 'number', comparator: '=', value: 3 }]],
  ])('of versions: %s', (filter, conditions) => {
    expect(parseFilter(filter, 'versions')).toEqual(conditions);
  });

  test.each([
    [`name`, 'models'],
    [`name = a`, 'models'],
    [`name > 'a'`, 'models'],
    [`name = 'a' OR name = 'b'`, 'models'],
    [`name = 'a' AND`, 'models'],
    [`name = 'a`, 'models'],
    [`run_id = 'a'`, 'models'],
    [`params.x = 'a'`, 'versions'],
    [`run_id IN 'a'`, 'versions'],
    [`run_id IN ('a'`, 'versions'],
    [`name IN ('a')`, 'versions'],
    [`tags.x IN ('a')`, 'versions'],
    [`version_number LIKE '1%'`, 'versions'],
    [`version_number = 99999999999999999999999`, 'versions'],
    [`; drop table model`, 'models'],
  ] as const)('refuses %s of %s, and says why', (filter, over) => {
    expect(() => parseFilter(filter, over)).toThrow(expect.objectContaining({ code: 'request.invalid', detail: expect.stringMatching(/^Not valid: filter: .{10}/) }));
  });

  test('a long filter takes no longer than it is', () => {
    const filter = Array.from({ length: 60 }, () => `tags.x = '${'`"'.repeat(5)}'`).join(' AND ');
    expect(parseFilter(filter, 'models')).toHaveLength(60);
    expect(() => parseFilter(`name = ${'`'.repeat(1_999)}`, 'models')).toThrow();
  });
});

describe('parseOrder', () => {
  test.each([
    [undefined, []],
    [['name'], [{ by: 'name', descending: false }]],
    [['attributes.name DESC', 'last_updated_timestamp asc'], [{ by: 'name', descending: true }, { by: 'createdAt', descending: false }]],
  ])('%j', (orderBy, order) => {
    expect(parseOrder(orderBy, 'models')).toEqual(order);
  });

  test('refuses what there is no order by', () => {
    expect(() => parseOrder(['description'], 'models')).toThrow(expect.objectContaining({ code: 'request.invalid' }));
    expect(() => parseOrder(['version_number'], 'models')).toThrow();
    expect(parseOrder(['version_number DESC'], 'versions')).toEqual([{ by: 'number', descending: true }]);
  });
});
