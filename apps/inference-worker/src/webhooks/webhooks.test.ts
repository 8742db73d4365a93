import { newWebhookSecret } from '@weighbridge/inference-adapters/webhooks';
import { createJobStore, createWebhookDeliveryStore, createWebhookStore } from '@weighbridge/inference-data';
import type { NewStoredJob } from '@weighbridge/inference-data';
import type { WebhookEvent } from '@weighbridge/inference-domain';
import { createMetrics } from '@weighbridge/shared-adapters/http';
import { newId } from '@weighbridge/shared-adapters/ids';
import { silentLogger } from '@weighbridge/shared-adapters/logging';
import { openQueueHome } from '@weighbridge/shared-adapters/queue';
import { createSecretBox } from '@weighbridge/shared-adapters/secrets';
import { createPool } from '@weighbridge/shared-data';
import type { ProjectId, WebhookId } from '@weighbridge/shared-domain';
import { createTestDatabase, startTestRedis, waitFor } from '@weighbridge/shared-testing';
import type { TestDatabase, TestRedis } from '@weighbridge/shared-testing';
import type pg from 'pg';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { secretKey, startHarness } from '../test-harness.ts';
import type { WorkerHarness } from '../test-harness.ts';
import { openWebhookSender } from './open-webhook-sender.ts';
import { startReceiver } from './test-receiver.ts';
import type { TestReceiver, Told } from './test-receiver.ts';

const box = createSecretBox(secretKey);
const error = { code: 'job.cancelled', message: 'The job was cancelled.' };

const jobOf = (projectId: ProjectId, more: Partial<NewStoredJob> = {}): NewStoredJob => ({
  id: newId('job'),
  projectId,
  keyId: null,
  useCaseId: null,
  lane: 'background',
  groupId: null,
  clientKey: null,
  position: null,
  modelReference: 'abacus:production',
  request: { messages: [{ role: 'user', content: 'a secret prompt' }] },
  ticket: { pool: 'default' },
  pool: 'default',
  error: null,
  tags: { team: 'search' },
  expiresAt: new Date(Date.now() + 3_600_000),
  ...more,
});

describe.each(['redis', 'postgres'] as const)('webhooks with their queue in %s', (kind) => {
  let database: TestDatabase;
  let redis: TestRedis;
  let pool: pg.Pool;
  let receiver: TestReceiver;
  let close: () => Promise<void>;

  beforeAll(async () => {
    [database, redis, receiver] = await Promise.all([createTestDatabase({ scopes: ['inference', 'queue'] }), startTestRedis(), startReceiver()]);
    pool = createPool({ connectionString: database.urlFor('inference'), schema: 'inference', applicationName: 'test' });
    const home = openQueueHome(kind === 'redis' ? redis.url : database.urlFor('inference'), { name: 'test' });
    const metrics = createMetrics('test');
    const sender = await openWebhookSender({ pool, home, openSecret: box.open, allowPrivate: true, timeoutMs: 1_000, concurrency: 32, lockMs: 5_000, closeTimeoutMs: 2_000, metrics, logger: silentLogger(), lookMs: 20 });
    close = async () => {
      await sender.close();
      await home.close();
    };
  });
  afterAll(async () => {
    await close();
    await pool.end();
    await receiver[Symbol.asyncDispose]();
    await redis.stop();
    await database.close();
  });

  const webhooks = () => createWebhookStore(pool);
  const deliveries = () => createWebhookDeliveryStore(pool);
  const create = async (projectId: ProjectId, events: WebhookEvent[] = ['job.succeeded', 'job.cancelled']) => {
    const secret = newWebhookSecret();
    const id = newId('webhook');
    await webhooks().createWebhook({ id, projectId, url: `${receiver.url}/${id}`, events, description: null, secretSealed: box.seal(secret) }, 20);
    return { id, secret };
  };
  const toldTo = (id: string): Told[] => receiver.told.filter(({ path }) => path.endsWith(id));
  const cancelled = async (job: NewStoredJob) => {
    await createJobStore(pool).insertJobs([job]);
    await createJobStore(pool).cancelJobs([job.id], job.projectId, error);
  };
  const only = async (webhookId: WebhookId) => {
    const [found] = await deliveries().listDeliveries({ projectId: null, webhookId, limit: 1 });
    return found!;
  };
  const settled = (webhookId: WebhookId, status: string, attempts = 1) =>
    waitFor(async () => {
      const one = await only(webhookId);
      return one?.status === status && one.attempts >= attempts ? one : undefined;
    });
  const dueNow = (webhookId: WebhookId) => pool.query(`update webhook_delivery set next_attempt_at = now() where endpoint_id = $1 and status = 'pending'`, [webhookId]);

  test('the end of a job is told once, signed, with counts and cost and no word of prompt or answer', async () => {
    const projectId = newId('project');
    const { id, secret } = await create(projectId);
    const job = jobOf(projectId);
    const store = createJobStore(pool);
    await store.insertJobs([job]);
    const [claimed] = await store.claimJobs([{ id: job.id, dispatch: 0 }], 'w1', 30_000);
    const completion = { id: job.id, owner: 'w1', epoch: claimed!.epoch, status: 'succeeded' as const, attempts: [{}, {}], output: { text: 'a secret answer' }, tokens: { inputTokens: 3 }, costUsd: '0.000037000000', error: null };

    await store.completeJobs([completion]);
    await store.completeJobs([completion]);
    await settled(id, 'delivered');

    const [told, ...more] = toldTo(id);
    expect(more).toEqual([]);
    expect(new Webhook(secret).verify(told!.body, told!.headers)).toMatchObject({
      id: told!.headers['webhook-id'],
      object: 'event',
      type: 'job.succeeded',
      created_at: expect.any(Number),
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      data: { id: job.id, object: 'job', status: 'succeeded', projectId, model: 'abacus:production', tags: { team: 'search' }, attempts: 2, tokens: { inputTokens: 3 }, costUsd: '0.000037', errorCode: null },
    });
    expect(told!.body).not.toContain('secret');
    expect(await deliveries().findDelivery((await only(id)).id, projectId)).toMatchObject({ tries: [{ number: 1, statusCode: 204, error: null, responseExcerpt: null }] });
  });

  test('nothing is told of other projects, other events, lines of batches, or to a disabled webhook', async () => {
    const projectId = newId('project');
    const other = await create(newId('project'));
    const deaf = await create(projectId, ['job.failed']);
    const disabled = await create(projectId);
    await webhooks().changeWebhook(disabled.id, projectId, { active: false });
    const heard = await create(projectId);

    await cancelled(jobOf(projectId, { groupId: newId('batch'), clientKey: 'a', position: 1 }));
    await cancelled(jobOf(projectId));
    await settled(heard.id, 'delivered');

    expect([other, deaf, disabled].flatMap(({ id }) => toldTo(id))).toEqual([]);
    expect(toldTo(heard.id)).toHaveLength(1);
  });

  test('a callback goes to the URL that the job names, signed with the secret of the project', async () => {
    const projectId = newId('project');
    const secret = newWebhookSecret();
    await webhooks().ensureCallbacks(projectId, newId('webhook'), box.seal(secret));
    const job = jobOf(projectId, { callbackUrl: `${receiver.url}/callbacks/${projectId}` });

    await cancelled(job);
    const [told] = await waitFor(() => (toldTo(projectId).length > 0 ? toldTo(projectId) : undefined));

    expect(new Webhook(secret).verify(told!.body, told!.headers)).toMatchObject({ type: 'job.cancelled', data: { id: job.id, errorCode: 'job.cancelled' } });
    expect(await deliveries().listDeliveries({ projectId, subjectId: job.id, limit: 9 })).toMatchObject([{ webhookId: null, url: job.callbackUrl }]);
  });

  test('a receiver that fails is told again, with the same id, until it answers', async () => {
    const projectId = newId('project');
    const { id, secret } = await create(projectId);
    const answers = [{ status: 500, text: 'out of order' }, { status: 302, headers: { location: '/' } }];
    receiver.answer = ({ path }) => (path.endsWith(id) ? (answers.shift() ?? { status: 200, text: 'thanks' }) : { status: 204 });

    await cancelled(jobOf(projectId));
    for (const attempts of [1, 2]) {
      await settled(id, 'pending', attempts);
      await dueNow(id);
    }
    const delivered = await settled(id, 'delivered');

    const told = toldTo(id);
    expect(new Set(told.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(told.map(({ headers, body }) => new Webhook(secret).verify(body, headers))).toHaveLength(3);
    const { tries } = (await deliveries().findDelivery(delivered.id, projectId))!;
    expect(tries.map(({ statusCode, responseExcerpt }) => [statusCode, responseExcerpt])).toEqual([[500, 'out of order'], [302, null], [200, 'thanks']]);
  });

  test('a receiver that asks for time gets it', async () => {
    const projectId = newId('project');
    const { id } = await create(projectId);
    receiver.answer = () => ({ status: 429, headers: { 'retry-after': '3600' } });

    await cancelled(jobOf(projectId));
    const waiting = await settled(id, 'pending');
    receiver.answer = () => ({ status: 204 });

    expect(waiting.nextAttemptAt!.getTime() - Date.now()).toBeGreaterThan(3_500_000);
  });

  test('what was given up is there to see, and can be told again', async () => {
    const projectId = newId('project');
    const { id } = await create(projectId);
    receiver.answer = ({ path }) => ({ status: path.endsWith(id) ? 500 : 204 });
    await cancelled(jobOf(projectId));
    await settled(id, 'pending');
    await pool.query('update webhook_delivery set round = 11 where endpoint_id = $1', [id]);
    await dueNow(id);
    const dead = await settled(id, 'dead');

    receiver.answer = () => ({ status: 204 });
    await deliveries().redeliver(dead.id);
    await settled(id, 'delivered');

    expect(dead).toMatchObject({ lastStatusCode: 500, nextAttemptAt: null });
    expect(new Set(toldTo(id).map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  test('after a rotation both secrets verify, and after the overlap only the new one', async () => {
    const projectId = newId('project');
    const { id, secret: old } = await create(projectId);
    const secret = newWebhookSecret();
    await webhooks().rotateSecret(id, projectId, box.seal(secret), 86_400_000);

    await cancelled(jobOf(projectId));
    await settled(id, 'delivered');
    await pool.query(`update webhook_endpoint set previous_secret_until = now() where id = $1`, [id]);
    await deliveries().redeliver((await only(id)).id);
    await settled(id, 'delivered', 2);

    const [both, after] = toldTo(id);
    for (const one of [old, secret]) new Webhook(one).verify(both!.body, both!.headers);
    new Webhook(secret).verify(after!.body, after!.headers);
    expect(() => new Webhook(old).verify(after!.body, after!.headers)).toThrow();
  });

  test('a secret that cannot be opened any more is told as a failure, not sent unsigned', async () => {
    const projectId = newId('project');
    const { id } = await create(projectId);
    await pool.query('update webhook_endpoint set secret_sealed = $2 where id = $1', [id, createSecretBox('another key of another installation').seal(newWebhookSecret())]);

    await cancelled(jobOf(projectId));

    expect(await settled(id, 'pending')).toMatchObject({ lastStatusCode: null, lastError: expect.stringContaining('cannot be opened') });
    expect(toldTo(id)).toEqual([]);
  });

  test('410 disables the webhook and ends what waits for it', async () => {
    const projectId = newId('project');
    const { id } = await create(projectId);
    receiver.answer = () => ({ status: 410 });

    await cancelled(jobOf(projectId));
    await settled(id, 'dead');
    receiver.answer = () => ({ status: 204 });
    await cancelled(jobOf(projectId));

    expect(await webhooks().findWebhook(id, projectId)).toMatchObject({ status: 'disabled', disabledReason: 'gone' });
    expect(await deliveries().listDeliveries({ projectId, limit: 9 })).toHaveLength(1);
  });

  test('a receiver that answers nothing is left alone after a while, and delays no other', async () => {
    const projectId = newId('project');
    const dead = await create(projectId);
    receiver.answer = ({ path }) => (path.endsWith(dead.id) ? undefined : { status: 204 });
    for (let job = 0; job < 40; job += 1) await cancelled(jobOf(projectId));
    await waitFor(() => toldTo(dead.id).length >= 5);
    const well = await create(projectId);

    const startedAt = performance.now();
    await cancelled(jobOf(projectId));
    await settled(well.id, 'delivered');
    const tookMs = performance.now() - startedAt;
    await waitFor(async () => (await pool.query('select 1 from webhook_circuit where target = $1 and open_until > now()', [dead.id])).rowCount === 1);
    await waitFor(async () => (await pool.query(`select 1 from webhook_delivery where endpoint_id = $1 and lease_until is not null`, [dead.id])).rowCount === 0);
    receiver.answer = () => ({ status: 204 });

    // Forty calls of a second each, eight at a time, would be five seconds.
    expect(tookMs).toBeLessThan(1_000);
    expect(toldTo(dead.id).length).toBeLessThan(20);
  });
});

describe.each(['redis', 'postgres'] as const)('a worker process that is killed, with its queue in %s', (kind) => {
  let harness: WorkerHarness;

  beforeAll(async () => {
    harness = await startHarness(kind);
  }, 60_000);
  afterAll(() => harness[Symbol.asyncDispose](), 60_000);

  test('loses no webhook: neither one that nobody has told yet nor one that is being told', async () => {
    await using receiver = await startReceiver();
    const projectId = newId('project');
    const id = newId('webhook');
    const secret = newWebhookSecret();
    await createWebhookStore(harness.pool).createWebhook({ id, projectId, url: receiver.url, events: ['job.cancelled'], description: null, secretSealed: box.seal(secret) }, 20);
    const jobs = [jobOf(projectId), jobOf(projectId), jobOf(projectId)];
    await harness.store.insertJobs(jobs);
    await harness.store.cancelJobs(jobs.map((job) => job.id), projectId, error);

    receiver.answer = () => undefined;
    const doomed = await harness.startWorker();
    await waitFor(() => receiver.told.length > 0);
    await doomed.kill();
    receiver.answer = () => ({ status: 204 });
    await harness.startWorker();
    const delivered = () => createWebhookDeliveryStore(harness.pool).listDeliveries({ projectId, status: 'delivered', limit: 9 });
    await waitFor(async () => (await delivered()).length === jobs.length, { timeoutMs: 30_000 });

    const ids = new Set(receiver.told.map(({ headers }) => headers['webhook-id']));
    expect(ids).toEqual(new Set(jobs.map((job) => job.id.replace('job_', 'evt_'))));
    for (const told of receiver.told) new Webhook(secret).verify(told.body, told.headers);
  }, 90_000);
});
