import { canonicalJson } from '@weighbridge/shared-domain';
import { sha256Hex } from '@weighbridge/shared-adapters/secrets';
import { ApiError } from '@weighbridge/shared-contracts';
import { createTestDatabase } from '@weighbridge/shared-testing';
import type { TestDatabase } from '@weighbridge/shared-testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestService, supportFacts } from './start-test-service.ts';
import type { TestProject, TestService } from './start-test-service.ts';

let database: TestDatabase;
let service: TestService;
let project: TestProject;

beforeAll(async () => {
  database = await createTestDatabase({ scopes: ['registry'] });
  service = await startTestService({ databaseUrl: database.urlFor('registry') });
  project = await service.addProject('decisions');
  await service.admin.registerFromCatalogue({ body: { models: ['deepseek-v3', 'deepseek-r1-distill-llama-70b'] } });
  await project.as.editor.createModel({ body: { name: 'acme-chat', publisher: 'Acme' } });
  await project.as.editor.registerVersion({ params: { name: 'acme-chat' }, body: { version: '1', licenseText: 'Ask Acme first.' } });
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await database.close();
});

const problemOf = (call: Promise<unknown>) => call.then(() => undefined, (error: unknown) => (error instanceof ApiError ? error.problem : Promise.reject(error)));
const decide = (model: string, useCase: Parameters<typeof project.as.viewer.decide>[0]['body']['useCase']) => project.as.viewer.decide({ body: { model, useCase } });

describe('a decision', () => {
  test.each([
    { model: 'deepseek-v3@2024-12-26', facts: supportFacts, decision: 'allow_with_obligations', code: undefined },
    { model: 'deepseek-v3@2024-12-26', facts: { ...supportFacts, purposes: ['military'] }, decision: 'deny', code: 'field-of-use:military' },
    { model: 'acme-chat@1', facts: supportFacts, decision: 'review', code: 'unknown-license' },
  ])('on $model for $facts.purposes is $decision', async ({ model, facts, decision, code }) => {
    const decided = await decide(model, facts);

    expect(decided).toMatchObject({ decision, model });
    if (code !== undefined) expect(decided.reasons.map((reason) => reason.code)).toContain(code);
  });

  test('follows the lineage: the licence of a Llama binds what is labelled MIT', async () => {
    const { obligations } = await decide('deepseek-r1-distill-llama-70b@2025-01-20', project.useCaseId);

    expect(obligations.some(({ license }) => license.includes('Llama'))).toBe(true);
  });

  test('is a review where tag and text of one version name two licences, and for whoever is made from it', async () => {
    const { editor } = project.as;
    for (const name of ['two-licences', 'made-from-it']) await editor.createModel({ body: { name, publisher: 'Acme' } });
    await editor.registerVersion({ params: { name: 'two-licences' }, body: { version: '1', license: 'mit', conflictingLicenses: ['LicenseRef-Llama-3.1'] } });
    await editor.registerVersion({ params: { name: 'made-from-it' }, body: { version: '1', license: 'mit', baseModels: [{ model: 'two-licences', version: '1', relation: 'finetune' }] } });

    const decided = await editor.decide({ body: { model: 'two-licences@1', useCase: project.useCaseId } });

    expect(decided).toMatchObject({ decision: 'review', reasons: [{ code: 'license-conflict', license: 'LicenseRef-Llama-3.1' }] });
    expect((await editor.decide({ body: { model: 'made-from-it@1', useCase: project.useCaseId } })).decision).toBe('review');
  });

  test('asks the recorded fact whether a model is multimodal', async () => {
    const facts = { ...supportFacts, licenseeRegion: 'FR' };
    await project.as.editor.createModel({ body: { name: 'llama-of-later', publisher: 'Meta' } });
    const decideFor = async (version: string, multimodal?: boolean) => {
      await project.as.editor.registerVersion({ params: { name: 'llama-of-later' }, body: { version, license: 'llama3.2', ...(multimodal !== undefined && { multimodal }) } });
      return (await project.as.editor.decide({ body: { model: `llama-of-later@${version}`, useCase: facts } })).decision;
    };

    expect([await decideFor('unsaid'), await decideFor('seeing', true), await decideFor('text', false)]).toEqual(['review', 'deny', 'allow_with_obligations']);
  });

  test('on the same inputs is one decision, by id or by facts, with the date of the first; its digest is that of the stored inputs', async () => {
    const first = await decide('deepseek-v3@2024-12-26', project.useCaseId);
    service.advance(1_000);
    const byFacts = await decide('deepseek-v3@2024-12-26', supportFacts);
    const stored = await service.registry.decisions.findDecision(first.inputsDigest);

    expect(byFacts).toEqual(first);
    expect(stored?.decision.decision).toBe(first.decision);
    expect(sha256Hex(canonicalJson(stored?.inputs))).toBe(first.inputsDigest);
  });

  test('changes when a base model that was unknown is registered', async () => {
    await project.as.editor.createModel({ body: { name: 'child', publisher: 'Acme' } });
    await project.as.editor.registerVersion({ params: { name: 'child' }, body: { version: '1', license: 'mit', baseModels: [{ model: 'late-parent', version: '1', relation: 'finetune' }] } });
    const before = await decide('child@1', supportFacts);

    await project.as.editor.createModel({ body: { name: 'late-parent', publisher: 'Acme' } });
    await project.as.editor.registerVersion({ params: { name: 'late-parent' }, body: { version: '1', license: 'mit' } });
    const after = await decide('child@1', supportFacts);

    expect(before.decision).toBe('review');
    expect(after.decision).not.toBe('review');
    expect(after.inputsDigest).not.toBe(before.inputsDigest);
  });

  test('on what is not registered is 404, and on what is no reference 400', async () => {
    expect(await problemOf(decide('absent@1', supportFacts))).toMatchObject({ status: 404, code: 'model.not_found' });
    expect(await problemOf(decide('acme-chat@2', supportFacts))).toMatchObject({ status: 404, code: 'model.not_found' });
    expect(await problemOf(decide('acme-chat:production', supportFacts))).toMatchObject({ status: 400, code: 'request.invalid' });
    expect(await problemOf(decide('acme-chat@1', `uc_${'f'.repeat(32)}` as typeof project.useCaseId))).toMatchObject({ status: 404, code: 'resource.not_found' });
  });
});

describe('a use case', () => {
  test('is declared once under a name; its facts come back as they were', async () => {
    const declared = await project.as.editor.createUseCase({ body: { name: 'triage', description: 'd', facts: { ...supportFacts, monthlyActiveUsers: null, conditions: ['human-in-the-loop'] } } });

    expect(await project.as.viewer.getUseCase({ params: { id: declared.id } })).toEqual(declared);
    expect(declared.facts).toEqual({ ...supportFacts, monthlyActiveUsers: null, conditions: ['human-in-the-loop'] });
    expect(await problemOf(project.as.editor.createUseCase({ body: { name: 'triage', facts: supportFacts } }))).toMatchObject({ status: 409, code: 'resource.conflict' });
    expect((await project.as.viewer.listUseCases()).data.map(({ name }) => name)).toEqual(['triage', 'support']);
  });
});

describe('an approval', () => {
  const approve = (model: string, more: { reason?: string; expiresAt?: string } = {}) =>
    project.as.admin.createApproval({ body: { model, useCaseId: project.useCaseId, reason: 'Acme agreed by letter of 3 May', expiresAt: '2099-01-01T00:00:00.000Z', ...more } });

  test('of a review is kept with reason, end and who gave it, and is in the snapshot', async () => {
    const { keyId } = await project.as.admin.getMe();
    const approval = await approve('acme-chat@1');

    expect(approval).toMatchObject({ projectId: project.id, model: 'acme-chat@1', approvedBy: keyId, reason: 'Acme agreed by letter of 3 May' });
    expect((await project.as.viewer.listApprovals()).data).toEqual([approval]);
    expect((await service.services.getSnapshot()).approvals).toEqual([{ id: approval.id, projectId: project.id, useCaseId: project.useCaseId, model: 'acme-chat@1', grounds: ['unknown-license|||acme-chat@1|'], expiresAt: '2099-01-01T00:00:00.000Z' }]);
  });

  test.each([
    { what: 'of what is allowed', model: 'deepseek-v3@2024-12-26', more: {}, status: 409, code: 'resource.wrong_state' },
    { what: 'of what is not registered', model: 'absent@1', more: {}, status: 404, code: 'model.not_found' },
    { what: 'that ended already', model: 'acme-chat@1', more: { expiresAt: '2020-01-01T00:00:00Z' }, status: 400, code: 'request.invalid' },
    { what: 'without a reason', model: 'acme-chat@1', more: { reason: ' ' }, status: 400, code: 'request.invalid' },
  ])('$what is $status', async ({ model, more, status, code }) => {
    expect(await problemOf(approve(model, more))).toMatchObject({ status, code });
  });

  test('of what is denied is refused: only the licensor can change that', async () => {
    const war = await service.addProject('war', { purposes: ['military'] });
    const denied = war.as.admin.createApproval({ body: { model: 'deepseek-v3@2024-12-26', useCaseId: war.useCaseId, reason: 'we really want to', expiresAt: '2099-01-01T00:00:00Z' } });

    expect(await problemOf(denied)).toMatchObject({ status: 409, code: 'resource.wrong_state', decision: 'deny' });
  });
});
