import { describe, expect, test } from 'vitest';
import { createLicenseBook } from '../licenses/license-book.ts';
import { licenseCatalogue } from '../licenses/license-catalogue.ts';
import { decide } from './license-decision.ts';
import { exampleUseCase } from './license-examples.ts';
import { defineLicense, outputsTrainAnything, propagates } from '../licenses/catalogue/define-license.ts';
import type { License } from '../licenses/license.ts';
import type { LineageRelation, LineageVersion } from '../lineage/lineage.ts';
import { Distribution } from '../use-cases/use-case-facts.ts';
import type { UseCaseFacts } from '../use-cases/use-case-facts.ts';

/** The rules that every entry relies on (reference/licenses-a.md, section 0), sentence by sentence, on entries made for it. */
const base = {
  name: 'Test licence',
  title: 'Test licence',
  family: 'Test',
  steward: 'Tester',
  source: 'this test',
  confidence: 'text' as const,
  permissions: { 'commercial-use': { answer: 'yes' as const, clause: '1' }, hosting: { answer: 'yes' as const, clause: '2' }, distribution: { answer: 'yes' as const, clause: '3' }, modification: { answer: 'yes' as const, clause: '4' } },
  outputRule: outputsTrainAnything('5'),
  propagation: propagates('same-license', 'none'),
  markers: {},
};
const entry = (change: Partial<Parameters<typeof defineLicense>[0]> = {}): License => defineLicense({ id: 'LicenseRef-Test', ...base, ...change });

interface Version {
  readonly ref?: string;
  readonly publisher?: string;
  readonly publisherVerified?: boolean;
  readonly license?: string | null;
  readonly bases?: readonly (readonly [LineageRelation, string])[];
  readonly conflictingLicenses?: readonly string[];
}

function judge(licenses: readonly License[], useCase: Partial<UseCaseFacts> = {}, versions: readonly Version[] = [{}], counted?: number) {
  const lineage = versions.map(({ ref = 'm@1', publisher = 'Acme', license = 'LicenseRef-Test', bases = [], ...more }): LineageVersion => ({ ref, publisher, license, baseModels: bases.map(([relation, of]) => ({ relation, ref: of })), ...more }));
  const known = new Map(lineage.map((version) => [version.ref, version]));
  const { decision, reasons, obligations } = decide({
    root: lineage[0] as LineageVersion,
    find: (ref) => known.get(ref),
    useCase: { ...exampleUseCase, ...useCase },
    licenses: createLicenseBook(licenses),
    ...(counted !== undefined && { counted: new Map([['Test', { month: '2026-11', users: counted }]]) }),
  });
  return {
    decision,
    reasons,
    obligations,
    codes: reasons.filter(({ code }) => code !== 'granted').map(({ code }) => code),
    settledBy: reasons.flatMap(({ settledBy }) => (settledBy === undefined ? [] : [settledBy])),
    due: obligations.map(({ code, conditional }) => (conditional ? `${code}?` : code)),
  };
}

const limit = (more: Partial<License['limits'][number]>): License['limits'][number] => ({ name: 'some-limit', threshold: null, comparison: 'strict', measure: null, scope: 'licensee', clock: 'continuous', commercialOnly: false, effect: 'deny', clause: '9', text: 'A limit.', ...more });
const duty = (trigger: License['obligations'][number]['trigger'], more: Partial<License['obligations'][number]> = {}): License['obligations'][number] => ({ code: `owe-${trigger}`, trigger, clause: '8', text: `Say "${trigger}".`, ...more });
const forbids = (word: License['fieldOfUse'][number]['word'], ...suffixes: License['fieldOfUse'][number]['suffixes']): License['fieldOfUse'][number] => ({ word, suffixes, otherwise: 'pass', effect: 'deny', clause: '7' });

describe('"The answer is the worst that fires. All reasons are reported, not only the first."', () => {
  const review = limit({ name: 'ask', effect: 'review', measure: 'distribution' });
  const ban = forbids('military');
  test.each([
    { change: {}, decision: 'allow', codes: [] },
    { change: { obligations: [duty('any')] }, decision: 'allow_with_obligations', codes: [] },
    { change: { obligations: [duty('any')], limits: [review] }, decision: 'review', codes: ['limit:ask'] },
    { change: { obligations: [duty('any')], limits: [review], fieldOfUse: [ban] }, decision: 'deny', codes: ['field-of-use:military', 'limit:ask'] },
  ])('$codes: $decision', ({ change, decision, codes }) => {
    const result = judge([entry(change)], { distribution: 'service', purposes: change.fieldOfUse === undefined ? ['chat'] : ['military'] });

    expect([result.decision, result.codes]).toEqual([decision, codes]);
  });

  test('the order is grant, who and where, limits, field of use, outputs, lineage', () => {
    const everything = entry({
      permissions: { ...base.permissions, 'commercial-use': { answer: 'no', clause: '1' }, hosting: { answer: 'no', clause: '2' } },
      regionExclusions: [{ regions: ['US'], subject: 'users', multimodalOnly: false, multimodalNames: [], textNames: [], clause: '3', text: 'Not in the United States of America.' }],
      limits: [limit({ name: 'monthly-active-users', measure: 'monthlyActiveUsers', threshold: 1 })],
      fieldOfUse: [forbids('military')],
      outputRule: { ...outputsTrainAnything(), 'other-llm': { answer: 'no', clause: '5' } },
      propagation: propagates({ rule: 'unlicensed', clause: '6' }, 'none'),
    });
    const facts = { commercial: true, distribution: 'service' as const, purposes: ['military'], trainOnOutputs: true };

    expect(judge([everything], facts).codes).toEqual(['permission:commercial-use', 'permission:hosting', 'limit:region-excluded', 'limit:monthly-active-users', 'field-of-use:military', 'output-training']);
    expect(judge([everything], facts, [{ license: 'MIT', bases: [['finetune', 'base@1']] }, { ref: 'base@1', publisher: 'Base Lab' }]).codes).toContain('permission:modification');
  });
});

describe('"A fact that could turn the answer into deny and is null gives review with missing-fact."', () => {
  test.each([
    { fact: 'commercial', change: { permissions: { ...base.permissions, 'commercial-use': { answer: 'no' as const, clause: '1' } } }, useCase: { commercial: null } },
    { fact: 'commercial', change: { limits: [limit({ name: 'non-commercial', measure: 'commercial' })] }, useCase: { commercial: null } },
    { fact: 'commercial', change: { limits: [limit({ measure: 'monthlyActiveUsers', threshold: 1, commercialOnly: true })] }, useCase: { commercial: null } },
    { fact: 'monthlyActiveUsers', change: { limits: [limit({ measure: 'monthlyActiveUsers', threshold: 1 })] }, useCase: { monthlyActiveUsers: null } },
    { fact: 'monthlyActiveUsers', change: { limits: [limit({ measure: 'monthlyActiveUsersAtRelease', threshold: 1, clock: 'at-release-date' as const })] }, useCase: { monthlyActiveUsers: null } },
    { fact: 'monthlyActiveUsersAtRelease', change: { limits: [limit({ measure: 'monthlyActiveUsersAtRelease', threshold: 1 })] }, useCase: { monthlyActiveUsersAtRelease: null } },
    { fact: 'productMonthlyActiveUsers', change: { limits: [limit({ measure: 'productMonthlyActiveUsers', threshold: 1 })] }, useCase: { productMonthlyActiveUsers: null } },
    { fact: 'annualRevenueUsd', change: { limits: [limit({ measure: 'annualRevenueUsd', threshold: 1 })] }, useCase: { annualRevenueUsd: null } },
    { fact: 'regions', change: { regionExclusions: [{ regions: ['KR'], subject: 'users' as const, multimodalOnly: false, multimodalNames: [], textNames: [], clause: '3', text: 'Not in Korea.' }] }, useCase: { regions: [] } },
    { fact: 'licenseeRegion', change: { regionExclusions: [{ regions: ['EU'], subject: 'licensee' as const, multimodalOnly: false, multimodalNames: [], textNames: [], clause: '3', text: 'Not for the Union.' }] }, useCase: { regions: ['EU'], licenseeRegion: null } },
  ])('$fact: and the review says that this fact would settle it', ({ fact, change, useCase }) => {
    const unknown = judge([entry(change)], useCase);
    const plain = judge([entry()], useCase);

    expect(unknown).toMatchObject({ decision: 'review', codes: [`missing-fact:${fact}`], settledBy: [fact] });
    expect(plain.codes).toEqual([]);
  });

  test('"a fact that no applicable clause asks for is not asked"', () => {
    expect(judge([entry()], { commercial: null, monthlyActiveUsers: null, annualRevenueUsd: null, regions: [], licenseeRegion: null }).decision).toBe('allow');
  });
});

describe('"A fact that can only add an obligation never gives review: the obligation is listed with conditional: true."', () => {
  test.each([
    { change: { obligations: [duty('any', { commercialOnly: true })] }, useCase: { commercial: null }, due: ['owe-any?'] },
    { change: { obligations: [duty('any', { commercialOnly: true })] }, useCase: { commercial: false }, due: [] },
    { change: { obligations: [duty('any', { commercialOnly: true })] }, useCase: { commercial: true }, due: ['owe-any'] },
    { change: { obligations: [duty('any', { when: 'you offer a warranty' })] }, useCase: {}, due: ['owe-any?'] },
    { change: { obligations: [duty('any', { purposes: ['healthcare'] })] }, useCase: { purposes: ['chat'] }, due: [] },
    { change: { obligations: [duty('any', { purposes: ['healthcare'] })] }, useCase: { purposes: ['chat', 'healthcare'] }, due: ['owe-any'] },
    { change: { obligations: [duty('any', { whenLimits: ['many'] })], limits: [limit({ name: 'many', measure: 'monthlyActiveUsers', threshold: 10, effect: 'obligation' })] }, useCase: { monthlyActiveUsers: null }, due: ['owe-any?'] },
    { change: { obligations: [duty('any', { whenLimits: ['many'] })], limits: [limit({ name: 'many', measure: 'monthlyActiveUsers', threshold: 10, effect: 'obligation' })] }, useCase: { monthlyActiveUsers: 11 }, due: ['owe-any'] },
    { change: { obligations: [duty('any', { whenLimits: ['many'] })], limits: [limit({ name: 'many', measure: 'monthlyActiveUsers', threshold: 10, effect: 'obligation' })] }, useCase: { monthlyActiveUsers: 10 }, due: [] },
  ] as { change: Partial<Parameters<typeof defineLicense>[0]>; useCase: Partial<UseCaseFacts>; due: string[] }[])('$useCase: $due', ({ change, useCase, due }) => {
    const result = judge([entry(change)], useCase);

    expect(result.due).toEqual(due);
    expect(result.decision).toBe(due.length === 0 ? 'allow' : 'allow_with_obligations');
  });
});

describe('"A purpose missing from a closed list of prohibitions is not prohibited; say so."', () => {
  test.each([
    { purposes: ['weapons'], codes: ['not-listed:weapons'], decision: 'allow' },
    { purposes: ['customer-support'], codes: [], decision: 'allow' },
    { purposes: ['crystal-gazing'], codes: ['missing-fact:purposes'], decision: 'review' },
  ])('$purposes: $codes', ({ purposes, codes, decision }) => {
    expect(judge([entry({ fieldOfUse: [forbids('military')] })], { purposes })).toMatchObject({ decision, codes });
  });

  test('a word that nobody knows needs no answer where nothing is restricted', () => {
    expect(judge([entry()], { purposes: ['crystal-gazing'] }).decision).toBe('allow');
  });

  test('restrictions at a place that was not read make it a review', () => {
    expect(judge([entry({ unreadPolicy: { clause: 'policy', text: 'A policy elsewhere adds to it.' } })], { purposes: ['weapons'] })).toMatchObject({ decision: 'review', codes: ['field-of-use:weapons'], settledBy: [null] });
  });
});

describe('"A suffixed hit is review until the condition is declared, except !intent where the purpose word itself states the intent."', () => {
  test.each([
    { word: 'automated-decision', suffix: 'auto', bites: 'fully-automated', lifts: 'human-in-the-loop' },
    { word: 'undisclosed-ai-output', suffix: 'undisclosed', bites: 'undisclosed-as-ai', lifts: 'disclosed-as-ai' },
    { word: 'impersonation', suffix: 'consent', bites: 'without-consent', lifts: 'with-consent' },
    { word: 'personal-data-misuse', suffix: 'rights', bites: 'unauthorised', lifts: 'authorised' },
    { word: 'gambling', suffix: 'approval', bites: 'not-approved-by-provider', lifts: 'approved-by-provider' },
    { word: 'surveillance', suffix: 'unless-law', bites: 'unlawful', lifts: 'lawful' },
    { word: 'medical-advice', suffix: 'unlicensed', bites: 'unlicensed-practice', lifts: 'licensed-professional' },
    { word: 'defamation', suffix: 'intent', bites: 'intent-to-harm', lifts: 'no-intent-to-harm' },
  ] as const)('$word!$suffix', ({ word, suffix, bites, lifts }) => {
    const license = entry({ fieldOfUse: [forbids(word, suffix)] });
    const under = (...conditions: string[]) => judge([license], { purposes: [word], conditions }).decision;

    expect([under(), under(bites), under(lifts), under(bites, lifts)]).toEqual(['review', 'deny', 'allow', 'deny']);
    expect(judge([license], { purposes: [word] }).settledBy).toEqual(['conditions']);
  });

  test.each(['disinformation', 'fraud', 'harassment', 'malware'] as const)('%s!intent is denied whatever is declared: the word is the intent', (word) => {
    for (const conditions of [[], ['no-intent-to-harm']]) expect(judge([entry({ fieldOfUse: [forbids(word, 'intent')] })], { purposes: [word], conditions }).decision).toBe('deny');
  });

  test('all suffixes have to hold for it to bite', () => {
    const license = entry({ fieldOfUse: [forbids('surveillance', 'consent', 'unless-law')] });
    const under = (...conditions: string[]) => judge([license], { purposes: ['surveillance'], conditions }).decision;

    expect([under('without-consent', 'unlawful'), under('without-consent'), under('with-consent'), under('without-consent', 'lawful')]).toEqual(['deny', 'review', 'allow', 'allow']);
  });
});

describe('"Obligations fire on a trigger, not on the licence as such."', () => {
  const license = entry({ obligations: [duty('any'), duty('available'), duty('copies'), duty('model-released')], propagation: propagates('same-license', 'obligations-only') });
  const fires: Record<Distribution, readonly string[]> = {
    internal: ['owe-any'],
    service: ['owe-any', 'owe-available'],
    embedded: ['owe-any', 'owe-available', 'owe-copies'],
    weights: ['owe-any', 'owe-available', 'owe-copies', 'owe-model-released?'],
  };
  test.each(Distribution.options)('%s, of the model itself', (distribution) => {
    expect(judge([license], { distribution }).due).toEqual(fires[distribution]);
  });

  test('a model made from it, and released', () => {
    const versions = [{ license: 'MIT', bases: [['finetune', 'base@1']] }, { ref: 'base@1', publisher: 'Base Lab' }] as const;

    expect(judge([license], { distribution: 'service' }, versions).due).toContain('owe-model-released');
    expect(judge([license], { distribution: 'internal' }, versions).due).not.toContain('owe-model-released');
  });

  test('"with trainOnOutputs it is listed as conditional even if the teacher is used internally, so the answer is allow_with_obligations"', () => {
    const only = entry({ obligations: [duty('model-released')], propagation: propagates('same-license', 'obligations-only') });

    expect(judge([only], { distribution: 'internal', trainOnOutputs: true })).toMatchObject({ decision: 'allow_with_obligations', due: ['owe-model-released?'] });
    expect(judge([only], { distribution: 'internal' }).decision).toBe('allow');
  });

  test('the text to show is in the answer, word for word', () => {
    expect(judge([licenseCatalogue.get('LicenseRef-Llama-3.1') as License], { distribution: 'service' }, [{ license: 'LicenseRef-Llama-3.1' }]).obligations.find(({ code }) => code === 'display-attribution')?.text).toContain('"Built with Llama"');
  });
});

describe('"Propagation binds licensees. When the publisher of the child is the licensor of the parent, the child has the licence it was published with."', () => {
  const stewarded = entry({ licensors: ['Meta'], fieldOfUse: [forbids('military')], obligations: [duty('any')] });
  const general = entry({ fieldOfUse: [forbids('military')], obligations: [duty('any')] });
  const child = (publisher: string, publisherVerified: boolean, parent: Partial<Version> = {}) => [{ license: 'MIT', publisher, publisherVerified, bases: [['finetune', 'base@1']] as const }, { ref: 'base@1', publisher: 'Meta', publisherVerified: true, ...parent }];
  test.each([
    { title: 'the licensor, vouched for', license: stewarded, versions: child('Meta', true), decision: 'allow', due: [], codes: [] },
    { title: 'who says to be the licensor', license: stewarded, versions: child('Meta', false), decision: 'review', due: ['owe-any?'], codes: ['missing-fact:publisher'] },
    { title: 'somebody else, vouched for or not', license: stewarded, versions: child('Acme', false), decision: 'deny', due: ['owe-any'], codes: ['field-of-use:military'] },
    { title: 'the publisher under a general licence, vouched for', license: general, versions: child('Meta', true), decision: 'allow', due: [], codes: [] },
    { title: 'who says to be the publisher of a parent under a general licence', license: general, versions: child('Meta', false), decision: 'review', due: ['owe-any?'], codes: ['missing-fact:publisher'] },
    { title: 'the publisher, of a parent that nobody vouches for', license: general, versions: child('Meta', true, { publisherVerified: false }), decision: 'review', due: ['owe-any?'], codes: ['missing-fact:publisher'] },
    { title: 'the licensor, of a parent that nobody vouches for', license: stewarded, versions: child('Meta', true, { publisherVerified: false }), decision: 'allow', due: [], codes: [] },
  ])('published by $title: $decision', ({ license, versions, decision, due, codes }) => {
    const result = judge([license], { purposes: ['military'] }, versions);

    expect(result).toMatchObject({ decision, due });
    expect(result.codes.filter((code) => !code.startsWith('not-listed'))).toEqual(codes);
    if (decision === 'review') expect(result.settledBy).toEqual(['publisher of m@1']);
  });

  test('who merely says so, where the terms would forbid nothing, needs no review', () => {
    expect(judge([entry({ licensors: ['Meta'], obligations: [duty('any')] })], {}, child('Meta', false))).toMatchObject({ decision: 'allow_with_obligations', due: ['owe-any?'] });
  });

  test('over one way through a stranger they arrive for certain, over one through who says so only perhaps', () => {
    const diamond = (side: Version) => [{ license: 'MIT', publisher: 'Acme', bases: [['finetune', 'official@1'], ['finetune', 'side@1']] as const }, { ref: 'official@1', publisher: 'Meta', license: 'MIT', bases: [['finetune', 'base@1']] as const }, { ref: 'side@1', license: 'MIT', bases: [['finetune', 'base@1']] as const, ...side }, { ref: 'base@1', publisher: 'Meta' }];
    const decision = (side: Version) => judge([stewarded], { purposes: ['military'] }, diamond(side)).decision;

    expect(decision({ publisher: 'Meta', publisherVerified: true })).toBe('allow');
    expect(decision({ publisher: 'Meta', publisherVerified: false })).toBe('review');
    expect(decision({ publisher: 'Other' })).toBe('deny');
  });

  test('"the child’s own tag never removes the parent’s terms"', () => {
    expect(judge([stewarded], { purposes: ['military'] }, [{ license: 'MIT', publisher: 'Acme', bases: [['quantized', 'base@1']] }, { ref: 'base@1', publisher: 'Meta' }])).toMatchObject({ decision: 'deny', codes: ['field-of-use:military', 'not-listed:military'] });
  });
});

describe('limits: thresholds, clocks, scopes', () => {
  test.each([
    { comparison: 'strict', value: 700, decision: 'allow' },
    { comparison: 'strict', value: 701, decision: 'deny' },
    { comparison: 'inclusive', value: 699, decision: 'allow' },
    { comparison: 'inclusive', value: 700, decision: 'deny' },
  ] as const)('$comparison at $value of 700: $decision', ({ comparison, value, decision }) => {
    expect(judge([entry({ limits: [limit({ measure: 'monthlyActiveUsers', threshold: 700, comparison })] })], { monthlyActiveUsers: value }).decision).toBe(decision);
  });

  test('"at release: growth later never trips it"', () => {
    const license = entry({ limits: [limit({ measure: 'monthlyActiveUsersAtRelease', threshold: 700, clock: 'at-release-date' })] });
    const under = (useCase: Partial<UseCaseFacts>, counted?: number) => judge([license], useCase, [{}], counted).decision;

    expect(under({ monthlyActiveUsers: 9_000, monthlyActiveUsersAtRelease: 10 })).toBe('allow');
    expect(under({ monthlyActiveUsers: 9_000, monthlyActiveUsersAtRelease: 10 }, 9_000)).toBe('allow');
    expect(under({ monthlyActiveUsers: 9_000 })).toBe('deny');
    expect(under({ monthlyActiveUsers: 10, monthlyActiveUsersAtRelease: 9_000 })).toBe('deny');
    expect(under({ monthlyActiveUsers: 10 }, 9_000)).toBe('deny');
  });

  test.each([
    { declared: 10_000, counted: 712_000_000, decision: 'deny', words: '(declared 10,000, counted 712,000,000 distinct end users in 2026-11)' },
    { declared: null, counted: 712_000_000, decision: 'deny', words: '(declared nothing, counted 712,000,000 distinct end users in 2026-11)' },
    { declared: null, counted: 5, decision: 'review', words: 'The number of monthly active users is not declared.' },
    { declared: 10_000, counted: 700_000_000, decision: 'allow', words: null },
    { declared: 900_000_000, counted: 5, decision: 'deny', words: 'A limit (declared 900,000,000).' },
    { declared: 900_000_000, counted: 712_000_000, decision: 'deny', words: 'A limit (declared 900,000,000).' },
  ])('declared $declared and counted $counted: $decision, and the number that decided is named', ({ declared, counted, decision, words }) => {
    const result = judge([entry({ limits: [limit({ measure: 'monthlyActiveUsers', threshold: 700_000_000 })] })], { monthlyActiveUsers: declared }, [{}], counted);

    expect(result.decision).toBe(decision);
    if (words !== null) expect(result.reasons[0]?.message).toContain(words);
    if (declared === 900_000_000) expect(result.reasons[0]?.message).not.toContain('counted');
  });

  test('what is counted over all products only asks a question about one of them', () => {
    const license = entry({ limits: [limit({ measure: 'productMonthlyActiveUsers', threshold: 700, scope: 'product' })] });
    const under = (useCase: Partial<UseCaseFacts>, counted: number) => judge([license], useCase, [{}], counted).decision;

    expect(under({ productMonthlyActiveUsers: 100 }, 701)).toBe('review');
    expect(under({ productMonthlyActiveUsers: 100 }, 700)).toBe('allow');
    expect(under({ productMonthlyActiveUsers: 701 }, 5)).toBe('deny');
    expect(under({ monthlyActiveUsers: 100 }, 701)).toBe('deny');
  });

  test('people of another family do not count', () => {
    const license = entry({ family: 'Other', limits: [limit({ measure: 'monthlyActiveUsers', threshold: 700 })] });

    expect(judge([license], { monthlyActiveUsers: 1 }, [{}], 9_000).decision).toBe('allow');
  });
});

describe('codes of what the lineage brings', () => {
  test.each([
    { title: 'an unknown licence', versions: [{ license: null }], code: 'unknown-license', decision: 'review', settledBy: 'license of m@1' },
    { title: 'tag and text that disagree', versions: [{ conflictingLicenses: ['MIT'] }], code: 'license-conflict', decision: 'review', settledBy: 'license of m@1' },
    { title: 'a closed provider’s outputs, used by somebody else', versions: [{ license: 'MIT', bases: [['distilled', 'closed@1']] as const }, { ref: 'closed@1', publisher: 'OpenAI', license: 'LicenseRef-OpenAI-Services-Agreement' }], code: 'contract-provenance', decision: 'review', settledBy: null },
  ])('$title: $code', ({ versions, code, decision, settledBy }) => {
    const result = judge([entry()], { commercial: true }, versions);

    expect(result.decision).toBe(decision);
    expect(result.reasons.find((reason) => reason.code === code)).toMatchObject({ settledBy });
  });
});

describe('distillation, by licence', () => {
  test.each([
    { teacher: 'LicenseRef-Llama-2', target: undefined, decision: 'deny' },
    { teacher: 'LicenseRef-Llama-2', target: 'same-family', decision: 'allow' },
    { teacher: 'LicenseRef-Llama-2', target: 'non-llm-internal', decision: 'review' },
    { teacher: 'LicenseRef-Llama-3', target: 'other-llm', decision: 'deny' },
    { teacher: 'LicenseRef-Llama-3', target: 'same-family', decision: 'review' },
    { teacher: 'LicenseRef-Llama-3.1', target: undefined, decision: 'allow' },
    { teacher: 'LicenseRef-DeepSeek-Model-1.0', target: undefined, decision: 'allow' },
    { teacher: 'MIT', target: undefined, decision: 'allow' },
    { teacher: 'LicenseRef-OpenAI-Services-Agreement', target: 'other-llm', decision: 'deny' },
  ] as const)('outputs of $teacher for $target: $decision', ({ teacher, target, decision }) => {
    const result = judge([], { trainOnOutputs: true, ...(target !== undefined && { trainTarget: target }) }, [{ license: teacher }]);

    expect(result.decision === 'allow_with_obligations' ? 'allow' : result.decision).toBe(decision);
  });

  test('a student of Llama 3.1 owes the name and nothing else; of Llama 2 it may not be', () => {
    const student = (teacher: string) => judge([], { distribution: 'service' }, [{ license: 'MIT', bases: [['distilled', 'teacher@1']] }, { ref: 'teacher@1', publisher: 'Meta', license: teacher }]);

    expect(student('LicenseRef-Llama-3.1').obligations.filter(({ license }) => license === 'LicenseRef-Llama-3.1').map(({ code }) => code)).toEqual(['name-prefix']);
    expect(student('LicenseRef-Llama-2')).toMatchObject({ decision: 'deny', codes: ['output-training'] });
  });
});
