import type { Run } from '@weighbridge/evaluation-contracts';
import { summariseRun } from '@weighbridge/evaluation-domain';
import { newId } from '@weighbridge/shared-adapters/ids';
import { ApiError } from '@weighbridge/shared-contracts';
import { noTokens } from '@weighbridge/shared-domain';
import type { ChangeRequestId, KeyId, Role } from '@weighbridge/shared-domain';
import { createTestDatabase } from '@weighbridge/shared-testing';
import type { TestDatabase } from '@weighbridge/shared-testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestService } from './start-test-service.ts';
import type { RegistryClient, TestProject, TestService } from './start-test-service.ts';

let database: TestDatabase;
let service: TestService;
let ours: TestProject;
let theirs: TestProject;
/** A second administrator of our project, made by the platform like the first. */
let second: RegistryClient;

beforeAll(async () => {
  database = await createTestDatabase({ scopes: ['registry'] });
  service = await startTestService({ databaseUrl: database.urlFor('registry') });
  [ours, theirs] = [await service.addProject('ours'), await service.addProject('theirs')];
  second = await keyOf('second admin');
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await database.close();
});

const keyOf = async (name: string, role: Role = 'admin', by: RegistryClient = service.admin) => service.client((await by.createKey({ params: { id: ours.id }, body: { name, role } })).token);

let models = 0;
/** A model of our project with three versions and a protected alias at the first. */
async function protectedModel({ approvals = 1, owner = ours.id as TestProject['id'] | null } = {}): Promise<string> {
  const name = `m${++models}`;
  await service.admin.createModel({ body: { name, publisher: 'Acme' } });
  for (const version of ['1', '2', '3']) await service.admin.registerVersion({ params: { name }, body: { version, license: 'mit' } });
  await service.admin.transferModel({ params: { name }, body: { owner } });
  await service.admin.setAlias({ params: production(name), body: { version: '1' } });
  await service.admin.protectAlias({ params: production(name), body: { protected: true, approvals } });
  return name;
}

const production = (name: string) => ({ name, alias: 'production' });
const reason = 'read the papers, looks right';
const at = async (name: string) => (await ours.as.viewer.getAlias({ params: production(name) })).version;
const problemOf = (call: Promise<unknown>) => call.then(() => undefined, (error: unknown) => (error instanceof ApiError ? error.problem : Promise.reject(error)));
const approve = (id: ChangeRequestId, as = ours.as.admin) => as.approveChangeRequest({ params: { id }, body: { reason } });
const statusOf = async (id: ChangeRequestId) => (await ours.as.viewer.getChangeRequest({ params: { id } })).request.status;

async function ask(name: string, version = '2', as = ours.as.editor): Promise<ChangeRequestId> {
  const { changeRequest } = await as.setAlias({ params: production(name), body: { version, reason: 'it is better' } });
  if (changeRequest === null) throw new Error('the alias moved at once');
  return changeRequest.id;
}

describe('a protected alias', () => {
  test('moves when a second person has approved, and not before', async () => {
    const name = await protectedModel();

    const asked = await ours.as.editor.setAlias({ params: production(name), body: { version: '2', reason: 'it is better' } });

    expect(asked).toMatchObject({ alias: { version: '1', protection: { approvals: 1 } }, changeRequest: { kind: 'alias', status: 'open', from: '1', to: '2', by: 'set', reason: 'it is better', verdicts: [] } });
    expect(await at(name)).toBe('1');
    const id = asked.changeRequest?.id as ChangeRequestId;
    const approved = await approve(id);
    expect(approved).toMatchObject({ status: 'approved', verdicts: [{ verdict: 'approved', reason }] });
    expect(await at(name)).toBe('2');
    const [move] = (await ours.as.viewer.listAliasMoves({ params: production(name) })).data;
    expect(move).toMatchObject({ from: '1', to: '2', by: 'set', changeRequestId: id, reason: 'it is better', keyId: (await ours.as.admin.getMe()).keyId });
    const { data } = await ours.as.admin.listAudit({ query: { limit: 3 } });
    expect(data.map(({ action }) => action)).toEqual(['alias.moved', 'change.approved', 'change.requested']);
  });

  test('is asked for once: the same again is the request that waits', async () => {
    const name = await protectedModel();

    const [first, again, other] = [await ask(name), await ask(name), await ask(name, '3')];

    expect(again).toBe(first);
    expect(other).not.toBe(first);
    expect((await ours.as.viewer.listChangeRequests({ query: { model: name as never, status: 'open' } })).data.map(({ id }) => id)).toEqual([other, first]);
  });

  test('that nobody can approve any more is asked for anew: its key is revoked, or the model is another project’s', async () => {
    const name = await protectedModel();
    const gone = await service.admin.createKey({ params: { id: ours.id }, body: { name: 'gone', role: 'editor' } });
    const lost = (await service.client(gone.token).setAlias({ params: production(name), body: { version: '2' } })).changeRequest?.id;
    await service.admin.revokeKey({ params: { id: gone.id } });
    const mine = await ask(name);
    expect(mine).not.toBe(lost);

    const theirs = await service.addProject('heirs');
    await service.admin.transferModel({ params: { name: name as never }, body: { owner: theirs.id } });
    const { changeRequest } = await theirs.as.editor.setAlias({ params: production(name), body: { version: '2' } });
    expect(changeRequest).toMatchObject({ projectId: theirs.id, status: 'open' });
    expect(changeRequest?.id).not.toBe(mine);
  });

  test('that two have to approve needs two, and each counts once', async () => {
    const name = await protectedModel({ approvals: 2 });
    const id = await ask(name);

    expect(await approve(id)).toMatchObject({ status: 'open', approvalsNeeded: 2, verdicts: [{ verdict: 'approved' }] });
    expect(await at(name)).toBe('1');
    expect(await problemOf(approve(id))).toMatchObject({ status: 403, code: 'auth.forbidden' });
    expect(await approve(id, second)).toMatchObject({ status: 'approved' });
    expect(await at(name)).toBe('2');
  });

  test('approved by two at the same moment moves once', async () => {
    const name = await protectedModel();
    const id = await ask(name);

    const answers = await Promise.all([problemOf(approve(id)), problemOf(approve(id, second)), problemOf(approve(id, service.admin))]);

    expect(answers.filter((problem) => problem === undefined)).toHaveLength(1);
    expect(answers.filter((problem) => problem?.code === 'resource.wrong_state')).toHaveLength(2);
    expect((await ours.as.viewer.listAliasMoves({ params: production(name) })).data).toHaveLength(2);
  });

  test('that is no longer where it was when it was asked for stays, and the approver hears what has changed', async () => {
    const name = await protectedModel();
    const [stale, other] = [await ask(name), await ask(name, '3')];
    await approve(other);

    expect(await problemOf(approve(stale))).toMatchObject({ status: 409, code: 'resource.conflict', changed: [{ what: 'where the alias points', was: '1', now: '3' }] });
    expect(await ours.as.admin.getChangeRequest({ params: { id: stale } })).toMatchObject({ changed: [{ was: '1', now: '3' }], notApprovableBecause: expect.stringContaining('changed') as unknown });
    expect(await at(name)).toBe('3');
    expect(await statusOf(stale)).toBe('open');
  });

  test.each([
    { what: 'was revoked', change: (_: string, key: { id: KeyId }) => service.admin.revokeKey({ params: key }), changed: { what: 'the key that asked', now: 'revoked' } },
    { what: 'no longer owns the model', change: (name: string) => service.admin.transferModel({ params: { name }, body: { owner: null } }), changed: { what: 'the owner of the model', now: null } },
  ])('asked for with a key that $what by then, stays', async ({ change, changed }) => {
    const name = await protectedModel();
    const key = await service.admin.createKey({ params: { id: ours.id }, body: { name: 'leaving', role: 'editor' } });
    const id = await ask(name, '2', service.client(key.token));
    await change(name, { id: key.id });

    expect(await problemOf(approve(id, service.admin))).toMatchObject({ status: 409, changed: [changed] });
    expect(await at(name)).toBe('1');
  });

  test('is removed, and protected or not, the same way', async () => {
    const name = await protectedModel();
    const { changeRequest } = await ours.as.editor.removeAlias({ params: production(name) });
    expect(changeRequest).toMatchObject({ to: null, by: 'removal' });

    await approve(changeRequest?.id as ChangeRequestId);

    expect(await ours.as.viewer.getAlias({ params: production(name) })).toMatchObject({ version: null, protection: { approvals: 1 } });
  });

  test('is protected by the platform alone, also before it is set', async () => {
    const name = await protectedModel();
    expect(await problemOf(ours.as.admin.protectAlias({ params: production(name), body: { protected: false } }))).toMatchObject({ status: 403 });
    await service.admin.protectAlias({ params: { name, alias: 'later' }, body: { protected: true } });

    expect((await ours.as.editor.setAlias({ params: { name, alias: 'later' }, body: { version: '1' } })).changeRequest).toMatchObject({ from: null, to: '1' });
    await service.admin.protectAlias({ params: production(name), body: { protected: false } });
    expect((await ours.as.editor.setAlias({ params: production(name), body: { version: '2' } })).changeRequest).toBeNull();
  });

  test('is rolled back by an administrator at once, by an editor with a second person', async () => {
    const name = await protectedModel();
    await approve(await ask(name, '2'));
    await approve(await ask(name, '3'));
    const rollBack = (as: RegistryClient) => as.rollbackAlias({ params: production(name), body: { reason: 'answers are empty' } });

    const asked = await rollBack(ours.as.editor);
    expect(asked).toMatchObject({ to: '2', alias: { version: '3' }, changeRequest: { by: 'rollback', to: '2' } });
    await approve(asked.changeRequest?.id as ChangeRequestId);
    expect(await at(name)).toBe('2');

    expect(await rollBack(ours.as.admin)).toMatchObject({ to: '1', alias: { version: '1' }, changeRequest: null });
    expect((await ours.as.viewer.listAliasMoves({ params: production(name), query: { limit: 2 } })).data).toMatchObject([
      { by: 'rollback', to: '1', reason: 'answers are empty', changeRequestId: null },
      { by: 'rollback', to: '2', changeRequestId: asked.changeRequest?.id },
    ]);
  });
});

describe('a promotion to a protected alias', () => {
  const promote = (name: string, version: string) =>
    ours.as.editor.promote({ params: { name }, body: { version, alias: 'production', gate: { useCase: ours.useCaseId, suite: 'tasks', minAccuracy: 0.8, minSamples: 100 }, reason: 'weighed and found good' } });

  test('waits with its gate passed, and is judged anew at the moment of the approval', async () => {
    const name = await protectedModel();
    measured(name, '2', 180);

    const promotion = await promote(name, '2');

    expect(promotion).toMatchObject({ promoted: false, result: { passed: true }, changeRequest: { by: 'promotion', to: '2', gate: { suite: 'tasks' } } });
    const id = promotion.changeRequest?.id as ChangeRequestId;
    measured(name, '2', 100);
    expect(await problemOf(approve(id))).toMatchObject({ status: 409, code: 'gate.failed', result: { passed: false } });
    expect([await at(name), await statusOf(id)]).toEqual(['1', 'open']);

    measured(name, '2', 190);
    expect(await approve(id)).toMatchObject({ status: 'approved' });
    expect(await at(name)).toBe('2');
    const promotions = (await ours.as.viewer.listPromotions({ params: { name } })).data;
    expect(promotions.map(({ promoted, result, changeRequestId }) => [promoted, result.passed, changeRequestId])).toEqual([[true, true, id], [false, false, id], [false, true, id]]);
    expect((await ours.as.viewer.listAliasMoves({ params: production(name) })).data[0]).toMatchObject({ by: 'promotion', promotionId: promotions[0]?.id, changeRequestId: id });
  });

  test('that cannot be judged again moves nothing', async () => {
    const name = await protectedModel();
    measured(name, '2', 180);
    const id = (await promote(name, '2')).changeRequest?.id as ChangeRequestId;
    service.evaluation.down = true;

    const problem = await problemOf(approve(id)).finally(() => (service.evaluation.down = false));

    expect(problem).toMatchObject({ status: 503, code: 'service.unavailable' });
    expect([await at(name), await statusOf(id)]).toEqual(['1', 'open']);
  });
});

function measured(model: string, version: string, correct: number): void {
  const total = 200;
  const run: Run = {
    id: newId('run'),
    projectId: ours.id,
    suite: 'tasks',
    suiteRevision: 1,
    suiteDigest: 'd',
    model,
    version,
    useCaseId: ours.useCaseId,
    keyId: null,
    status: 'succeeded',
    planned: total,
    finished: total,
    summary: summariseRun(Array.from({ length: total }, (_, n) => ({ slice: null, score: n < correct ? 1 : 0, parsed: true, usage: noTokens, costPicoUsd: 1n }))),
    error: null,
    createdAt: '2026-01-01T00:00:00.000Z',
    startedAt: null,
    finishedAt: null,
  };
  service.evaluation.runs.set(`${model}@${version}`, run);
}

describe('the second person', () => {
  test('is not the key that asked, nor one that it has made, at any remove', async () => {
    const name = await protectedModel();
    const first = await keyOf('first');
    const made = await keyOf('made', 'admin', first);
    const madeByMade = await keyOf('made by made', 'admin', made);
    const id = await ask(name, '2', first);

    for (const as of [first, made, madeByMade]) {
      expect(await problemOf(approve(id, as))).toMatchObject({ status: 403, code: 'auth.forbidden' });
      expect((await as.getChangeRequest({ params: { id } })).notApprovableBecause).not.toBeNull();
    }
    expect((await second.getChangeRequest({ params: { id } })).notApprovableBecause).toBeNull();
    expect(await approve(id, second)).toMatchObject({ status: 'approved' });
  });

  test('may have made the key that asked, which the audit log then says', async () => {
    const name = await protectedModel();
    const colleague = await keyOf('colleague', 'editor', second);
    const id = await ask(name, '2', colleague);

    await approve(id, second);

    const { data } = await service.admin.listAudit({ query: { subject: id, action: 'change.approved' } });
    expect(data).toMatchObject([{ details: { requestedByKeyMadeBy: (await second.getMe()).keyId } }]);
  });

  test('of two is not made by the first', async () => {
    const name = await protectedModel({ approvals: 2 });
    const id = await ask(name);
    const made = await keyOf('made for approving', 'admin', second);
    await approve(id, second);

    expect(await problemOf(approve(id, made))).toMatchObject({ status: 403 });
    expect(await approve(id)).toMatchObject({ status: 'approved' });
  });

  test('for a model of the organisation is another administrator of the platform', async () => {
    const name = await protectedModel({ owner: null });
    const id = await ask(name, '2', service.admin);
    const colleague = service.client((await service.admin.createPlatformKey({ body: { name: 'Grace' } })).token);
    expect(await problemOf(approve(id, service.admin))).toMatchObject({ status: 403 });
    expect(await problemOf(approve(id, ours.as.admin))).toMatchObject({ status: 404 });

    // The key from the environment makes everybody's keys: that it made this one does not count against it.
    expect(await approve(id, colleague)).toMatchObject({ status: 'approved' });
    expect(await at(name)).toBe('2');
  });

  test.each(['viewer', 'runner', 'editor'] as const)('is no %s', async (role) => {
    const id = await ask(await protectedModel());

    expect(await problemOf(approve(id, ours.as[role]))).toMatchObject({ status: 403 });
  });
});

describe('a change request', () => {
  test('is nobody else’s to see, approve, reject or withdraw', async () => {
    const id = await ask(await protectedModel());
    const { as } = theirs;

    for (const call of [
      () => as.viewer.getChangeRequest({ params: { id } }),
      () => approve(id, as.admin),
      () => as.admin.rejectChangeRequest({ params: { id }, body: { reason } }),
      () => as.editor.withdrawChangeRequest({ params: { id } }),
      () => as.viewer.listChangeRequests({ query: { project: ours.id } }),
    ])
      expect(await problemOf(call())).toMatchObject({ status: 404, code: 'resource.not_found' });
    expect((await as.viewer.listChangeRequests()).data).toEqual([]);
  });

  test('whose gate was measured for another project than the owner’s is the platform’s to see', async () => {
    const name = await protectedModel({ owner: theirs.id });
    measured(name, '2', 190);

    const { changeRequest } = await service.admin.promote({ params: { name }, body: { version: '2', alias: 'production', gate: { useCase: ours.useCaseId, suite: 'tasks', minAccuracy: 0.8 } } });

    expect(changeRequest).toMatchObject({ projectId: null });
    expect(await problemOf(theirs.as.admin.getChangeRequest({ params: { id: changeRequest?.id as ChangeRequestId } }))).toMatchObject({ status: 404 });
  });

  test('that is rejected or withdrawn is closed for good', async () => {
    const name = await protectedModel();
    const [rejected, withdrawn] = [await ask(name), await ask(name, '3')];
    expect(await problemOf(second.rejectChangeRequest({ params: { id: rejected }, body: { reason } }))).toBeUndefined();
    expect(await problemOf(ours.as.admin.withdrawChangeRequest({ params: { id: withdrawn } }))).toMatchObject({ status: 403 });
    await ours.as.editor.withdrawChangeRequest({ params: { id: withdrawn } });

    expect([await statusOf(rejected), await statusOf(withdrawn)]).toEqual(['rejected', 'withdrawn']);
    for (const id of [rejected, withdrawn]) {
      expect(await problemOf(approve(id))).toMatchObject({ status: 409, code: 'resource.wrong_state' });
      expect(await problemOf(second.rejectChangeRequest({ params: { id }, body: { reason } }))).toMatchObject({ status: 409 });
      expect(await problemOf(ours.as.editor.withdrawChangeRequest({ params: { id } }))).toMatchObject({ status: 409 });
    }
    expect(await at(name)).toBe('1');
  });

  test('that nobody answers in two weeks expires, and can be asked for again', async () => {
    const name = await protectedModel();
    const id = await ask(name);
    service.advance(14 * 86_400_000);

    expect(await statusOf(id)).toBe('expired');
    expect(await problemOf(approve(id))).toMatchObject({ status: 409, code: 'resource.wrong_state', detail: expect.stringContaining('expired') as unknown });
    expect((await ours.as.viewer.listChangeRequests({ query: { model: name as never, status: 'expired' } })).data).toMatchObject([{ id, status: 'expired' }]);
    expect((await ours.as.viewer.listChangeRequests({ query: { model: name as never, status: 'open' } })).data).toEqual([]);
    expect(await ask(name)).not.toBe(id);
  });
});

describe('a use that needs a review', () => {
  let models = 0;
  async function unknownLicense(): Promise<string> {
    const name = `unknown${++models}`;
    await ours.as.editor.createModel({ body: { name, publisher: 'Acme' } });
    await ours.as.editor.registerVersion({ params: { name }, body: { version: '1', licenseText: 'Ask Acme first.' } });
    return `${name}@1`;
  }
  const askUse = (model: string, as = ours.as.editor) => as.createChangeRequest({ body: { kind: 'use', model, useCase: ours.useCaseId, reason: 'we need it for support' } });

  test('is approved by another person, with an end, and ends when it is revoked', async () => {
    const model = await unknownLicense();
    const request = await askUse(model);
    expect(request).toMatchObject({ kind: 'use', status: 'open', model, useCaseId: ours.useCaseId, projectId: ours.id, approvalId: null });
    expect((await askUse(model)).id).toBe(request.id);

    const expiresAt = new Date(service.deps.now().getTime() + 3_600_000).toISOString();
    const approved = await ours.as.admin.approveChangeRequest({ params: { id: request.id }, body: { reason, expiresAt } });

    const approvalId = approved.kind === 'use' ? approved.approvalId : null;
    const [approval] = (await ours.as.viewer.listApprovals()).data;
    expect(approval).toMatchObject({ id: approvalId, model, reason, expiresAt, approvedBy: (await ours.as.admin.getMe()).keyId, revokedAt: null });
    const inSnapshot = async () => (await service.services.getSnapshot()).approvals.some(({ id }) => id === approvalId);
    expect(await inSnapshot()).toBe(true);

    if (approvalId === null) throw new Error('no approval');
    expect(await problemOf(theirs.as.admin.revokeApproval({ params: { id: approvalId } }))).toMatchObject({ status: 404 });
    await ours.as.admin.revokeApproval({ params: { id: approvalId }, query: { reason: 'the letter was withdrawn' } });
    const revision = await service.registry.revision();
    await ours.as.admin.revokeApproval({ params: { id: approvalId } });
    expect(await service.registry.revision()).toBe(revision);
    expect(await inSnapshot()).toBe(false);
    expect((await ours.as.viewer.listApprovals()).data[0]).toMatchObject({ id: approvalId, reason, revokedBy: (await ours.as.admin.getMe()).keyId });
    expect((await ours.as.viewer.listApprovals()).data[0]?.revokedAt).not.toBeNull();
  });

  test('lasts 90 days where the approver names no end', async () => {
    const { id } = await askUse(await unknownLicense());

    await approve(id);

    const [approval] = (await ours.as.viewer.listApprovals()).data;
    expect((Date.parse(approval?.expiresAt ?? '') - Date.parse(approval?.createdAt ?? '')) / 86_400_000).toBe(90);
  });

  test('is not approved by whoever asked, nor twice', async () => {
    const { id } = await askUse(await unknownLicense(), ours.as.admin);
    expect(await problemOf(approve(id))).toMatchObject({ status: 403 });

    const answers = await Promise.all([problemOf(approve(id, second)), problemOf(approve(id, service.admin))]);

    expect(answers.filter((problem) => problem === undefined)).toHaveLength(1);
    expect((await ours.as.viewer.listChangeRequests({ query: { status: 'approved', kind: 'use' } })).data[0]).toMatchObject({ id });
  });

  test.each([
    { what: 'allowed', license: 'mit', decision: 'allow' },
    { what: 'denied, which nothing can approve', license: 'cc-by-nc-4.0', decision: 'deny' },
  ])('is not one that is $what', async ({ license, decision }) => {
    const name = `settled-${license.replaceAll('.', '-')}`;
    await ours.as.editor.createModel({ body: { name, publisher: 'Acme' } });
    await ours.as.editor.registerVersion({ params: { name }, body: { version: '1', license } });

    const problem = await problemOf(askUse(`${name}@1`));

    expect(problem).toMatchObject({ status: 409, code: 'resource.wrong_state' });
    expect(String(problem?.['decision'])).toMatch(new RegExp(`^${decision}`));
  });

  test('is asked for with a use case of the own project alone', async () => {
    expect(await problemOf(askUse(await unknownLicense(), theirs.as.editor))).toMatchObject({ status: 404 });
  });

  test('cannot be given an end for an alias, nor one in the past', async () => {
    const expiresAt = new Date(service.deps.now().getTime() - 1_000).toISOString();
    for (const id of [(await askUse(await unknownLicense())).id, await ask(await protectedModel())])
      expect(await problemOf(ours.as.admin.approveChangeRequest({ params: { id }, body: { reason, expiresAt } }))).toMatchObject({ status: 400, code: 'request.invalid' });
  });
});
