import { describe, expect, test } from 'vitest';
import { createPolicyEngine, readPolicy } from './index.ts';
import type { PolicyQuestion } from './index.ts';

const schema = `
entity Driver { age: Long, licensed: Bool, classes: Set<String> } tags String;
entity Car { make: String };
action drive appliesTo { principal: Driver, resource: Car, context: { road: String, wet: Bool } };
`;

const question = ({ driver = {}, tags = {}, context = {} }: { driver?: PolicyQuestion['context']; tags?: Record<string, string>; context?: PolicyQuestion['context'] } = {}): PolicyQuestion => ({
  principal: { type: 'Driver', id: 'd', attributes: driver, tags },
  action: 'drive',
  resource: { type: 'Car', id: 'c', attributes: { make: 'Trabant' } },
  context,
});
const evaluate = (text: string, asked: PolicyQuestion) => createPolicyEngine({ policies: [{ name: 'p', text }] }).evaluate(asked);

const wetRoads = '@message("Not on wet roads.") forbid (principal, action, resource) when { principal.hasTag("tyres") && principal.getTag("tyres") == "slicks" } unless { context.wet == false };';

describe('evaluate', () => {
  test.each([
    { of: 'a forbid that is true', text: 'forbid (principal, action, resource) when { principal.age < 18 };', asked: question({ driver: { age: 17 } }), finding: { effect: 'deny', message: null, missing: [] } },
    { of: 'its effect and message', text: '@message("Ask.") @effect("review") forbid (principal, action, resource);', asked: question(), finding: { effect: 'review', message: 'Ask.', missing: [] } },
    { of: 'an attribute that is not known', text: 'forbid (principal, action, resource) when { principal.age < 18 };', asked: question(), finding: { effect: 'review', message: null, missing: ['age'] } },
    { of: 'a context that is not known', text: wetRoads, asked: question({ tags: { tyres: 'slicks' } }), finding: { effect: 'review', message: 'Not on wet roads.', missing: ['wet'] } },
    { of: 'a use that no permit lets through', text: '@message("Trucks only.") permit (principal, action, resource) when { resource.make == "MAN" };', asked: question(), finding: { effect: 'deny', message: 'Trucks only.', missing: [] } },
    { of: 'a permit that lacks a fact', text: 'permit (principal, action, resource) when { context.road == "A4" };', asked: question(), finding: { effect: 'review', message: null, missing: ['road'] } },
    { of: 'a permit beside a forbid', text: 'permit (principal, action, resource); forbid (principal, action, resource) when { context.wet };', asked: question({ context: { wet: true } }), finding: { effect: 'deny', message: null, missing: [] } },
  ])('finds $of', ({ text, asked, finding }) => {
    expect(evaluate(text, asked)).toEqual([{ policy: 'p', ...finding }]);
  });

  test.each([
    { of: 'a forbid that is false', text: 'forbid (principal, action, resource) when { principal.age < 18 };', asked: question({ driver: { age: 18 } }) },
    { of: 'a fact that is missing but cannot matter, wherever it stands', text: 'forbid (principal, action, resource) when { principal.age < 18 && context.wet == true };', asked: question({ context: { wet: false } }) },
    { of: 'a missing fact in an unless beside a false when', text: wetRoads, asked: question({ tags: { tyres: 'winter' } }) },
    { of: 'an alternative that holds beside one that is not known', text: 'forbid (principal, action, resource) unless { context.road == "A4" || principal.age > 30 };', asked: question({ driver: { age: 40 } }) },
    { of: 'a permit that holds', text: 'permit (principal, action, resource) when { resource.make == "Trabant" }; permit (principal, action, resource) when { context.wet };', asked: question() },
  ])('finds nothing against $of', ({ text, asked }) => {
    expect(evaluate(text, asked)).toEqual([]);
  });

  test('each policy is a set of its own: the permit of one does not open or close another', () => {
    const engine = createPolicyEngine({
      policies: [
        { name: 'allow-list', text: 'permit (principal, action, resource) when { resource.make == "Trabant" };' },
        { name: 'age', text: 'forbid (principal, action, resource) when { principal.age < 18 };' },
      ],
    });

    expect(engine.evaluate(question({ driver: { age: 3 } })).map(({ policy }) => policy)).toEqual(['age']);
    expect(engine.evaluate(question({ driver: { age: 30 } }))).toEqual([]);
  });

  test('many engines in turn keep to their own policies', () => {
    const engines = Array.from({ length: 40 }, (_, n) => createPolicyEngine({ policies: [{ name: `p${n}`, text: `forbid (principal, action, resource) when { principal.age == ${n} };` }] }));

    for (let round = 0; round < 2; round += 1) {
      for (const [n, engine] of engines.entries()) {
        expect(engine.evaluate(question({ driver: { age: n } })).map(({ policy }) => policy)).toEqual([`p${n}`]);
        expect(engine.evaluate(question({ driver: { age: n + 1 } }))).toEqual([]);
      }
    }
  });

  test('a stored text that cannot be read any more asks for a review instead of letting all through', () => {
    expect(evaluate('forbid (principal, action, resource) when { context.moon };', question())).toMatchObject([{ policy: 'p', effect: 'review', missing: ['moon'] }]);
    expect(evaluate('a language of later', question())).toMatchObject([{ policy: 'p', effect: 'review', message: 'It cannot be read by this release.' }]);
  });

  test.each([
    { scope: 'principal is Driver in Driver::"d", action, resource', rest: '' },
    { scope: 'principal, action, resource is Car in Car::"c"', rest: '' },
    { scope: 'principal, action, resource', rest: ' when { context == {road: "A4", wet: true} }' },
    { scope: 'principal, action, resource', rest: ' when { [{road: "A4", wet: true}].contains(context) }' },
  ])('a forbid of one thing alone, ($scope)$rest, is not answered with what was found of another', ({ scope, rest }) => {
    const text = `forbid (${scope})${rest};`;
    const forbidden = question({ context: { road: 'A4', wet: true } });
    const other: PolicyQuestion = { ...question({ context: { road: 'A4', wet: false } }), principal: { type: 'Driver', id: 'e', attributes: {} }, resource: { type: 'Car', id: 'f', attributes: {} } };
    expect(readPolicy(text, schema).faults).toEqual([]);

    for (const order of [[other, forbidden], [forbidden, other]]) {
      const engine = createPolicyEngine({ policies: [{ name: 'p', text }] });
      for (const asked of order) expect(engine.evaluate(asked)).toHaveLength(asked === forbidden ? 1 : 0);
    }
  });

  test('questions that differ in what no statement looks at are one, and in anything else are two', () => {
    const engine = createPolicyEngine({ policies: [{ name: 'p', text: '@effect("review") forbid (principal, action, resource) when { principal.age < 18 };' }, { name: 'q', text: 'forbid (principal, action, resource == Car::"c") when { principal.hasTag("x") };' }] });
    const young = engine.evaluate(question({ driver: { age: 17, licensed: true } }));

    expect(engine.evaluate(question({ driver: { age: 17, licensed: false } }))).toBe(young);
    expect(engine.evaluate(question({ driver: { age: 18 } }))).toEqual([]);
    expect(engine.evaluate(question({ driver: { age: 18 }, tags: { x: 'y' } }))).toMatchObject([{ policy: 'q', effect: 'deny' }]);
    expect(engine.evaluate({ ...question({ driver: { age: 18 }, tags: { x: 'y' } }), resource: { type: 'Car', id: 'other', attributes: {} } })).toEqual([]);
  });

  test('no policies answer without any evaluation', () => {
    expect(createPolicyEngine({ policies: [] }).evaluate(question())).toEqual([]);
  });
});

describe('readPolicy', () => {
  test('gives the statements with what they say', () => {
    expect(readPolicy(`// rules of the road\n${wetRoads}\n@effect("review") permit (principal, action, resource);`, schema)).toMatchObject({
      faults: [],
      statements: [
        { statement: 'forbid', effect: 'deny', message: 'Not on wet roads.' },
        { statement: 'permit', effect: 'review', message: null },
      ],
    });
  });

  const body = (expression: string) => `forbid (principal, action, resource) when { ${expression} };`;
  test.each([
    { of: 'what is no Cedar', text: 'forbid everything;', at: [1, 8], message: /unexpected token/ },
    { of: 'a misspelt attribute', text: `// ü\n\n${body('context.wett')}`, at: [3, 45], message: /`wett` .*not found .*did you mean `wet`/ },
    { of: 'a comparison of unlike things', text: body('context.road == 4'), at: [1, 45], message: /not compatible/ },
    { of: 'an action that does not exist', text: 'forbid (principal, action == Action::"fly", resource);', at: [1, 30], message: /unrecognized action/ },
    { of: 'a tag without a guard', text: body('principal.getTag("x") == "y"'), at: [1, 45], message: /hasTag/ },
    { of: 'a misspelt annotation', text: `\n@mesage("x") ${body('true')}`, at: [2, 1], message: /no annotation "@mesage"/ },
    { of: 'another effect', text: `@effect("allow") ${body('true')}`, at: [1, 1], message: /"deny" or "review"/ },
    { of: 'a template', text: 'forbid (principal == ?principal, action, resource);', at: [1, 1], message: /template/ },
    { of: 'nothing', text: '// only a remark', at: [1, 1], message: /no statement/ },
    { of: 'brackets upon brackets', text: body('('.repeat(5_000)), at: [1, 74], message: /nested 30 deep/ },
    { of: 'a long chain', text: body(`${'true && '.repeat(500)}true`), at: [1, 450], message: /at most 50 operators/ },
    { of: 'more statements than 50', text: body('true').repeat(51), at: [1, 2601], message: /at most 50 statements/ },
    { of: 'a chain that no bound foresees', text: body(`context${'.a'.repeat(5_000)}`), at: [1, 1], message: /nests too deeply/ },
  ])('$of is a fault with its place', ({ text, at, message }) => {
    const { faults, statements } = readPolicy(text, schema);

    expect(faults[0]).toMatchObject({ message: expect.stringMatching(message) });
    expect([faults[0]?.line, faults[0]?.column]).toEqual(at);
    expect(statements).toEqual([]);
  });

  test('what the bounds let through, the engine can take', () => {
    const nested = `${'('.repeat(28)}context.road == "x"${')'.repeat(28)}`;
    expect(readPolicy(body(`${'principal.age == 3 && '.repeat(50)}${nested}`), schema).faults).toEqual([]);
    expect(readPolicy(body(`${'!'.repeat(50)}${nested}`), schema).faults.length).toBeLessThanOrEqual(1);
  });

  test('a text that breaks the engine leaves it whole for the next', () => {
    const engine = createPolicyEngine({ policies: [{ name: 'p', text: wetRoads }] });
    const before = engine.evaluate(question({ tags: { tyres: 'slicks' }, context: { wet: true } }));

    readPolicy(body(`context${'.a'.repeat(5_000)}`), schema);

    expect(before).toHaveLength(1);
    expect(engine.evaluate(question({ tags: { tyres: 'slicks' }, context: { wet: true } }))).toEqual(before);
  });

  test('a statement that can never apply is a warning', () => {
    expect(readPolicy(body('false'), schema)).toMatchObject({ faults: [], warnings: [{ message: expect.stringContaining('impossible') }] });
  });
});
