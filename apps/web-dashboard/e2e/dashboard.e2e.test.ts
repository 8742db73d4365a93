import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, openVisitor, settled, signInByKeyboard } from './browser.ts';
import type { Visitor } from './browser.ts';
import { startPlatform } from './platform.ts';
import type { Platform } from './platform.ts';
import { seed } from './seed.ts';
import type { Seeded } from './seed.ts';
import { visits } from './visits.ts';

let platform: Platform;
let browser: Browser;
let seeded: Seeded;

beforeAll(async () => {
  [platform, browser] = await Promise.all([startPlatform(), launchBrowser()]);
  seeded = await seed(platform);
});
afterAll(async () => {
  await browser?.close();
  await platform?.stop();
});

/** Who opened a page last: what they saw is told when a test fails. */
let latest: Visitor | undefined;
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail' || latest === undefined || latest.page.isClosed()) return;
  process.stderr.write(`${task.name}: at ${latest.page.url()}\n${(await latest.page.locator('body').innerText()).slice(0, 800)}\n${latest.takeComplaints().join('\n')}\n`);
});

const wide = { width: 1280, height: 900, colorScheme: 'light' } as const;
/** Each scheme and each width is looked at by axe once; it takes longer than all the rest. */
const variants = [
  { ...wide, axe: true },
  { ...wide, colorScheme: 'dark', axe: false },
  { width: 390, height: 844, colorScheme: 'light', axe: false },
  { width: 390, height: 844, colorScheme: 'dark', axe: true },
] as const;

async function expectShown(page: Page, shown: string | RegExp): Promise<void> {
  await page.getByText(shown).filter({ visible: true }).first().waitFor();
}

/** What axe calls serious or critical. */
async function hindrances(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
}

describe.each(variants)('$width pixels, $colorScheme', (variant) => {
  let visitor: Visitor;
  beforeAll(async () => {
    visitor = latest = await openVisitor(browser, platform.origin, variant);
    await signInByKeyboard(visitor.page, platform.adminKey);
    await visitor.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  });
  afterAll(() => visitor?.close());

  test.each(visits)('$name: its content, no complaint, no way of it too wide, nothing that hinders people', async ({ path, heading, shows }) => {
    const { page, takeComplaints } = visitor;

    await page.goto(path(seeded));

    await page.getByRole('heading', { level: 1, name: heading(seeded) }).waitFor();
    for (const shown of shows) await expectShown(page, shown);
    await settled(page);
    expect(await page.title()).toMatch(/ · Weighbridge$/);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    if (variant.axe) expect(await hindrances(page)).toEqual([]);
    expect(takeComplaints()).toEqual([]);
  });
});

describe('what people do', () => {
  test('a wrong key is refused in words, and the right one opens the page that was asked for', async () => {
    const { page, close } = await openVisitor(browser, platform.origin, wide);
    await page.goto('/models/abacus');
    await page.getByLabel('Key', { exact: true }).fill('wb_wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('The API key is not known here').waitFor();

    await page.getByLabel('Key', { exact: true }).fill(seeded.editorKey);
    await page.keyboard.press('Enter');

    await page.getByRole('heading', { level: 1, name: 'abacus' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/models/abacus');
    await close();
  });

  test('signing out ends it for the next page too', async () => {
    const { page, close } = await signedIn(seeded.editorKey);
    await page.getByRole('button', { name: 'Account: editor' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.goto('/costs');
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await close();
  });

  test('DeepSeek-V3 is allowed for support, and denied once the purpose is military, with clause', async () => {
    const { page, close } = await signedIn(seeded.editorKey);
    await page.goto(`/models/deepseek-v3/versions/${seeded.deepseekVersion}`);
    await page.locator('[data-decision=allow_with_obligations]').waitFor();

    const purposes = page.getByRole('combobox', { name: 'Purposes' }).or(page.getByRole('textbox', { name: 'Purposes' })).first();
    await purposes.fill('military');
    await purposes.press('Enter');

    const answer = page.locator('[data-decision=deny]');
    await answer.waitFor();
    await answer.getByText('This version may not be used for that.').waitFor();
    await answer.getByText(/Attachment A/).first().waitFor();
    await close();
  });

  test('every node of the lineage is a link that the keyboard reaches, and every edge says how', async () => {
    const { page, close } = await signedIn(seeded.editorKey);
    await page.goto(`/models/deepseek-r1-distill-llama-70b/versions/${seeded.distillVersion}`);
    const lineage = page.getByRole('group', { name: /^Lineage of/ });
    await lineage.getByText(/is fine-tuned from llama-3.3-70b@/).waitFor({ state: 'attached' });
    await lineage.getByText(/is trained on outputs of deepseek-r1@/).waitFor({ state: 'attached' });

    const llama = lineage.getByRole('link', { name: /llama-3\.3-70b/ });
    await llama.focus();
    await page.keyboard.press('Enter');

    await page.getByRole('heading', { level: 1, name: /^llama-3\.3-70b@/ }).waitFor();
    await close();
  });

  test('one question to two models, side by side: decided, streamed, timed and paid', async () => {
    const { page, close } = await signedIn(seeded.editorKey);
    await page.goto('/playground?left=abacus@nano&right=abacus@base');
    await page.getByRole('textbox', { name: 'Question' }).fill('What is 17 plus 25?');
    await page.getByRole('button', { name: 'Ask' }).click();

    for (const name of ['abacus@nano', 'abacus@base']) {
      const pane = page.getByRole('region', { name });
      await pane.getByText('allowed', { exact: true }).waitFor();
      await pane.getByText('cost').waitFor();
      await pane.getByText(/^\$0\.\d+/).waitFor();
    }
    await page.getByRole('region', { name: 'abacus@base' }).getByText('42', { exact: true }).waitFor();
    await close();
  });

  test('a batch is followed until it is completed, and its output is a file', async () => {
    const line = { custom_id: 'one', method: 'POST', url: '/v1/chat/completions', body: { model: 'abacus@base', messages: [{ role: 'user', content: 'What is 6 times 7?' }] } };
    const form = new FormData();
    form.append('purpose', 'batch');
    form.append('file', new Blob([JSON.stringify(line)]), 'lines.jsonl');
    const headers = { authorization: `Bearer ${seeded.editorKey}` };
    const file = (await (await fetch(`${platform.origin}/v1/files`, { method: 'POST', headers, body: form })).json()) as { id: string };
    await fetch(`${platform.origin}/v1/batches`, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify({ input_file_id: file.id, endpoint: '/v1/chat/completions', completion_window: '24h' }) });

    const { page, close } = await signedIn(seeded.editorKey);
    await page.goto('/batches');
    await page.getByText('completed').waitFor();
    await page.getByText('1 of 1').waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Output' }).click()]);
    expect(download.suggestedFilename()).toMatch(/_output\.jsonl$/);
    await close();
  });

  test('two runs are chosen in the list and compared', async () => {
    const { page, close } = await signedIn(seeded.editorKey);
    await page.goto('/evaluations');
    await page.getByLabel(/Compare the run of abacus@nano/).check();
    await page.getByLabel(/Compare the run of abacus@base/).check();
    await page.getByRole('button', { name: 'Compare the two' }).click();
    await page.getByText('p-value').waitFor();
    await close();
  });

  test('a new job appears in the open list without reloading it', async () => {
    const { page, close } = await signedIn(seeded.editorKey);
    await page.goto('/jobs?lane=interactive');
    await page.getByText('No job fits these filters').waitFor();
    await page.getByText('live', { exact: true }).waitFor();

    const response = await fetch(`${platform.origin}/v1/jobs`, {
      method: 'POST',
      headers: { authorization: `Bearer ${seeded.editorKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'abacus@nano', priority: 'interactive', input: { messages: [{ role: 'user', content: 'What is 1 plus 2?' }] } }),
    });

    expect(response.status).toBe(202);
    await page.getByRole('table').getByText('succeeded').waitFor({ timeout: 20_000 });
    await close();
  });

  test('the skip link is the first stop, and the pages are reached by keyboard alone', async () => {
    const { page, close } = await signedIn(seeded.editorKey);
    await page.goto('/');
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content');
    await page.getByRole('link', { name: 'Costs', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Costs' }).waitFor();
    await close();
  });

  test('a key is made, shown once, works, and is refused after it was revoked', async () => {
    const { page, close } = await signedIn(platform.adminKey);
    await page.goto('/keys');
    await page.getByRole('button', { name: `Choose ${seeded.projectName}` }).click();
    await page.getByRole('button', { name: 'Make a key' }).click();
    await page.getByLabel('Name', { exact: true }).fill('from the browser');
    await page.getByRole('button', { name: 'Make it' }).click();
    const key = (await page.getByRole('dialog').locator('pre').textContent())?.trim() ?? '';
    expect(key).toMatch(/^wb_/);
    await page.getByRole('button', { name: 'I have it' }).click();
    expect((await me(key)).status).toBe(200);

    await page.getByRole('button', { name: 'Revoke from the browser' }).click();
    await page.getByRole('button', { name: 'Revoke it' }).click();

    await page.getByText('revoked', { exact: true }).waitFor();
    expect((await me(key)).status).toBe(401);
    expect(await page.content()).not.toContain(key);
    await close();
  });

  test('a webhook is added, its secret shown once, tested, and told again from the log', async () => {
    const { page, close } = await signedIn(platform.adminKey);
    await page.goto('/keys');
    await page.getByRole('button', { name: `Choose ${seeded.projectName}` }).click();
    await page.goto('/webhooks');
    await page.getByRole('button', { name: 'Add a webhook' }).click();
    await page.getByLabel('URL').fill(`${platform.origin}/added-in-the-browser`);
    await page.getByRole('button', { name: 'Add it' }).click();
    const secret = (await page.getByRole('dialog').locator('pre').textContent())?.trim() ?? '';
    expect(secret).toMatch(/^whsec_/);
    await page.getByRole('button', { name: 'I have it' }).click();

    await page.getByRole('button', { name: `Actions for ${platform.origin}/added-in-the-browser` }).click();
    await page.getByRole('menuitem', { name: 'Send a test event' }).click();
    await page.getByText('webhook.test').first().waitFor();
    await page.getByRole('button', { name: /^Tell whd_.* again$/ }).first().click();

    await page.getByText('It is told again now').waitFor();
    expect(await page.content()).not.toContain(secret);
    await close();
  });
});

describe('nothing, and nothing to be had', () => {
  let visitor: Visitor;
  beforeAll(async () => {
    visitor = await signedIn(seeded.viewerOfNothingKey);
  });
  afterAll(() => visitor?.close());

  test.each([
    { path: '/', says: ['Nothing was spent this month', 'Nothing was weighed yet', 'No budget is set', 'Nothing was promoted yet'] },
    { path: '/jobs', says: ['No jobs yet'] },
    { path: '/evaluations', says: ['No runs yet'] },
    { path: '/evaluations/leaderboard', says: ['No suite yet'] },
    { path: '/evaluations/compare', says: ['Choose a baseline and a candidate'] },
    { path: '/costs', says: ['Nothing was spent in this time'] },
    { path: '/costs/budgets', says: ['No budget yet'] },
    { path: '/use-cases', says: ['No use case yet'] },
    { path: '/models?q=no-such-model', says: ['No model fits this search'] },
  ])('$path of a project that has nothing says what to do', async ({ path, says }) => {
    const { page, takeComplaints } = visitor;
    await page.goto(path);
    for (const sentence of says) await page.getByText(sentence).first().waitFor();
    expect(takeComplaints()).toEqual([]);
  });

  test('a service that is away is said so in its place, and trying again brings the content', async () => {
    const { page, close } = await signedIn(seeded.editorKey);
    await page.route('**/api/cost/**', (route) => route.abort());
    await page.goto('/costs/budgets');
    await page.getByText('This could not be loaded').waitFor();
    await page.getByText('The server could not be reached.').waitFor();

    await page.unroute('**/api/cost/**');
    await page.getByRole('button', { name: 'Try again' }).click();

    await page.getByText('$1.00').first().waitFor();
    await close();
  });

  test("another project's run is not there, in the words of the service", async () => {
    const { page } = visitor;
    await page.goto(`/evaluations/runs/${seeded.runs[0]}`);
    await page.getByRole('alert').getByText(/no such|There is no/i).waitFor();
  });
});

async function signedIn(key: string): Promise<Visitor> {
  const visitor = (latest = await openVisitor(browser, platform.origin, wide));
  await signInByKeyboard(visitor.page, key);
  await visitor.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  await settled(visitor.page);
  visitor.takeComplaints();
  return visitor;
}

const me = (key: string) => fetch(`${platform.origin}/api/registry/v1/me`, { headers: { authorization: `Bearer ${key}` } });
