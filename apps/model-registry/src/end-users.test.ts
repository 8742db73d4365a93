import type { ApiError } from '@weighbridge/shared-contracts';
import type { License } from '@weighbridge/registry-domain';
import { licenseCatalogue } from '@weighbridge/registry-domain';
import { monthsBefore } from '@weighbridge/shared-domain';
import { createTestDatabase } from '@weighbridge/shared-testing';
import type { TestDatabase } from '@weighbridge/shared-testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestService } from './start-test-service.ts';
import type { TestProject, TestService } from './start-test-service.ts';

let database: TestDatabase;
let service: TestService;
let project: TestProject;

const mit = licenseCatalogue.get('MIT') as License;
const hundred: License = {
  ...mit,
  id: 'LicenseRef-Hundred-Users',
  name: 'Hundred Users License',
  family: 'Hundred',
  hfTags: [],
  links: [],
  markers: { required: [], supporting: [], absent: [] },
  limits: [{ name: 'monthly-active-users', threshold: 100, comparison: 'strict', measure: 'monthlyActiveUsers', scope: 'licensee', clock: 'continuous', commercialOnly: false, effect: 'request-license', clause: '3', text: 'No more than 100 people may use the model in a month.' }],
};

beforeAll(async () => {
  database = await createTestDatabase({ scopes: ['registry'] });
  service = await startTestService({ databaseUrl: database.urlFor('registry') });
  project = await service.addProject('search', { monthlyActiveUsers: 20 });
  await service.admin.reviseLicense({ params: { id: hundred.id }, body: { license: hundred, reason: 'As agreed with the publisher.', expectedRevision: 0 } });
  await service.admin.createModel({ body: { name: 'abacus', publisher: 'Acme' } });
  await service.admin.registerVersion({ params: { name: 'abacus' }, body: { version: '1', license: hundred.id } });
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await database.close();
});

const month = (before = 0) => monthsBefore(service.deps.now(), before);
const report = (users: number, before = 0) => service.services.reportEndUsers({ body: { counts: ['Hundred', '*'].map((family) => ({ family, month: month(before), users })) } });
const usage = async (before = 0) => (await service.admin.listEndUsers({ query: { months: 13 } })).data.find((counted) => counted.family === 'Hundred' && counted.month === month(before));
const events = async () => (await service.admin.listAudit({ query: { limit: 200 } })).data.filter(({ action }) => action.startsWith('end_users.'));
const decided = () => project.as.viewer.decide({ body: { model: 'abacus@1', useCase: project.useCaseId } });

describe('counted end users', () => {
  test('are shown against the limits of their family, and warned of once for each step', async () => {
    await report(30);
    const quiet = await events();
    await report(55);
    await report(60);
    await report(96);

    expect(quiet.map(({ action }) => action)).toEqual(['end_users.month_began']);
    expect((await events()).slice(0, -1).toReversed().map(({ action, subject, details }) => [action, subject, details['percent'], details['users']])).toEqual([
      ['end_users.limit_near', hundred.id, 50, 55],
      ['end_users.limit_near', hundred.id, 80, 96],
      ['end_users.limit_near', hundred.id, 95, 96],
    ]);
    expect(await usage()).toMatchObject({ users: 96, limits: [{ license: hundred.id, clause: '3', threshold: 100, clock: 'continuous', share: 0.96, warned: [50, 80, 95] }] });
  });

  test('raise the revision only where they could make a difference', async () => {
    const { revision } = await service.services.getSnapshot();
    await report(97);
    await report(98);
    await report(98);

    expect((await service.services.getSnapshot()).revision).toBe(revision);
    expect(await usage()).toMatchObject({ users: 98 });
  });

  test('over the limit end the use, and the reason has the number', async () => {
    const before = await decided();
    await report(101);
    const after = await decided();
    await report(150);

    expect([before.decision, after.decision]).toEqual(['allow', 'deny']);
    expect(after.reasons[0]).toMatchObject({ code: 'limit:monthly-active-users', license: hundred.id, clause: '3', message: expect.stringContaining(`counted 101 distinct end users in ${month()}`) });
    expect((await events())[0]).toMatchObject({ action: 'end_users.limit_exceeded', details: { family: 'Hundred', threshold: 100, users: 101, percent: 100 } });
    expect((await decided()).inputsDigest).toBe(after.inputsDigest);
    expect((await service.services.getSnapshot()).countedUsers).toEqual(expect.arrayContaining([{ family: 'Hundred', month: month(), users: 101 }]));
  });

  test('never go down, and months that are too old or have not begun are left out', async () => {
    await report(3);
    await service.services.reportEndUsers({ body: { counts: [{ family: 'Hundred', month: month(-1), users: 5 }, { family: 'Hundred', month: month(13), users: 5 }] } });

    expect((await service.admin.listEndUsers({ query: { months: 13 } })).data.map(({ family, month: of, users }) => [family, of, users])).toEqual([['*', month(), 150], ['Hundred', month(), 150]]);
  });

  test('of a month that is over are final, and end to matter with the next', async () => {
    service.advance(32 * 86_400_000);
    await service.services.reportEndUsers({ body: { counts: [{ family: 'Hundred', month: month(1), users: 160 }, { family: 'Hundred', month: month(), users: 2 }] } });
    const lastMonth = await decided();
    service.advance(32 * 86_400_000);
    await report(4);
    const later = await decided();

    expect(lastMonth.reasons[0]?.message).toContain('counted 160 distinct end users');
    expect(later.decision).toBe('allow');
  });

  test('are of all projects, so no key of a project sees them, and only the services report', async () => {
    const refusal = (call: Promise<unknown>) => call.then(() => 'was not refused', (error: unknown) => (error as ApiError).status);

    expect(await refusal(project.as.admin.listEndUsers({ query: {} }))).toBe(403);
    expect(await refusal(service.admin.reportEndUsers({ body: { counts: [] } }))).toBe(403);
  });
});
