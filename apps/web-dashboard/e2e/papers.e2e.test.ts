import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openVisitor, settled, signInByKeyboard } from './browser.ts';
import type { Visitor } from './browser.ts';
import { startPlatform } from './platform.ts';
import type { Platform } from './platform.ts';
import { seedPapers } from './seed-papers.ts';
import type { SeededPapers } from './seed-papers.ts';

let platform: Platform;
let browser: Browser;
let seeded: SeededPapers;

beforeAll(async () => {
  [platform, browser] = await Promise.all([startPlatform(), launchBrowser()]);
  seeded = await seedPapers(platform);
});
afterAll(async () => {
  await browser?.close();
  await platform?.stop();
});

let latest: Visitor | undefined;
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail' || latest === undefined || latest.page.isClosed()) return;
  process.stderr.write(`${task.name}: at ${latest.page.url()}\n${(await latest.page.locator('body').innerText()).slice(0, 1_200)}\n${latest.takeComplaints().join('\n')}\n`);
});

test('a negotiated Llama licence: the limit is lifted on a page, and the use that was denied is allowed', async () => {
  const { page, close } = await signedIn(platform.adminKey);
  await page.goto(`/models/${seeded.llama}`);
  await decideForDeclared(page, 'everybody');
  await page.locator('[data-decision=deny]').getByText(/700,000,000/).first().waitFor();

  await page.goto('/licenses/revise?id=LicenseRef-Llama-3.1');
  await page.getByRole('switch', { name: 'monthly-active-users applies' }).click({ force: true });
  await page.getByText('left only').first().waitFor();
  await page.getByLabel('Reason').fill('Contract of 3 March 2026 with Meta, kept by Legal under number 4711');
  await page.getByRole('button', { name: 'Put it in force' }).click();

  await page.getByText('amended here').first().waitFor();
  await page.getByText('number 4711').waitFor();
  await page.goto(`/models/${seeded.llama}`);
  await decideForDeclared(page, 'everybody');
  await page.locator('[data-decision=allow_with_obligations]').waitFor();
  await close();
});

test('a use that needs a review: an editor asks, an administrator approves, and the request is answered', async () => {
  const editor = await signedIn(seeded.editorKey);
  await editor.page.goto(`/models/${seeded.unknown}`);
  await decideForDeclared(editor.page, 'support answers');
  await editor.page.locator('[data-decision=review]').waitFor();
  await editor.page.getByLabel('Ask for an approval').fill('Our own model, its licence is being written by Legal');
  await editor.page.getByRole('button', { name: 'Ask for it' }).click();
  await editor.page.getByText('Asked for', { exact: true }).waitFor();
  await editor.close();

  const admin = await signedIn(platform.adminKey);
  await admin.page.goto('/approvals');
  const request = admin.page.getByRole('region', { name: /Use .* for/ });
  await request.getByRole('button', { name: 'Answer' }).click();
  await request.getByLabel('Your reason').fill('Seen the draft of the licence, fine until it is out');
  await request.getByRole('button', { name: 'Approve' }).click();
  await admin.page.getByText('Nothing waits for an answer').waitFor();

  await admin.page.goto('/matrix');
  await admin.page.getByRole('button', { name: /acme-chat@1 for support answers: needs a review/ }).hover();
  await admin.page.getByText(/approved until/).waitFor();
  await admin.close();
});

test('a protected alias: its move waits in the inbox, and the way back is one button for an administrator', async () => {
  const { page, close } = await signedIn(platform.adminKey);
  await page.goto('/models/acme-chat');
  await page.getByRole('button', { name: /^production → 1/ }).click();
  await page.getByRole('switch', { name: 'Needs a second person' }).click({ force: true });
  await page.getByText('protected').first().waitFor();

  await page.getByRole('button', { name: 'Roll production back' }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('The answers of version 1 are wrong since noon');
  await page.getByRole('button', { name: 'Roll it back' }).click();

  await page.getByRole('button', { name: /^production → 0/ }).waitFor();
  await page.getByText('rolled back').waitFor();
  await close();
});

test('a policy: refused while it is no policy, tried, stored, and told as the reason of a denial', async () => {
  const { page, close } = await signedIn(platform.adminKey);
  await page.goto('/policies');
  await page.getByRole('button', { name: 'New policy' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('osi-only-in-x');
  await page.getByRole('textbox', { name: 'Policy' }).fill('forbid (principal, action, resource');
  await page.getByText('Not a policy yet').waitFor();
  expect(await page.getByRole('button', { name: 'Store' }).isDisabled()).toBe(true);

  await page.getByRole('textbox', { name: 'Policy' }).fill('@message("Product X takes only OSI-approved licences.")\nforbid (principal, action, resource)\nwhen { principal.hasTag("product") && principal.getTag("product") == "x" && !resource.osiApproved };');
  await page.getByText('Refuses: Product X takes only OSI-approved licences.').waitFor();
  await page.getByRole('button', { name: 'Store' }).click();
  await page.getByText('in force').first().waitFor();

  await page.goto(`/models/${seeded.llama}`);
  await decideForDeclared(page, 'product x');
  const answer = page.locator('[data-decision=deny]');
  await answer.getByText(/Product X takes only OSI-approved licences/).waitFor();
  await answer.getByRole('link', { name: 'osi-only-in-x' }).waitFor();
  await close();
});

test('an archive is imported: what was read and where, then registered under a name', async () => {
  const { page, close } = await signedIn(seeded.editorKey);
  await page.goto('/imports');
  await page.locator('input[type=file]').setInputFiles({ name: 'tiny.zip', mimeType: 'application/zip', buffer: seeded.archive });
  await page.getByRole('button', { name: 'Read it' }).click();

  await page.getByText('Where each field was read').first().waitFor();
  await page.getByText('config.json').first().waitFor();
  await page.getByLabel('Model', { exact: true }).fill('tiny');
  await page.getByLabel('Version', { exact: true }).fill('1');
  await page.getByLabel('Publisher', { exact: true }).fill('Acme');
  await page.getByRole('button', { name: 'Register tiny@1' }).click();

  await page.getByRole('heading', { level: 1, name: 'tiny@1' }).waitFor();
  await close();
});

test('a text that is nearly a known licence is told with the passage that differs', async () => {
  const { page, close } = await signedIn(seeded.editorKey);
  await page.goto('/licenses/recognise');
  const text = readFileSync(new URL('../../../LICENSE', import.meta.url), 'utf8');
  const clause = 'You may not use the Work for military purposes.';
  await page.getByLabel('Text or expression').fill(text.replace('3. Grant of Patent License.', `${clause}\n\n   3. Grant of Patent License.`));
  await page.getByRole('button', { name: 'Recognise it' }).click();
  await page.getByRole('heading', { name: 'No licence for sure' }).waitFor();
  await page.getByText(/^Nearly/).getByRole('link', { name: 'Apache-2.0' }).waitFor();
  await page.getByText(clause, { exact: true }).waitFor();

  await page.getByLabel('Text or expression').fill(text);
  await page.getByRole('button', { name: 'Recognise it' }).click();
  await page.getByRole('heading', { name: 'Apache-2.0', exact: true }).waitFor();
  await close();
});

test('the documents of a version are files to keep', async () => {
  const { page, close } = await signedIn(seeded.editorKey);
  await page.goto(`/models/${seeded.llama}`);
  for (const [name, content] of [['NOTICE', /Built with Llama/], ['CycloneDX', /"bomFormat":\s*"CycloneDX"/], ['SPDX 3', /SpdxDocument/]] as const) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString('utf8')).toMatch(content);
  }
  await close();
});

async function decideForDeclared(page: Page, useCase: string): Promise<void> {
  const field = page.getByRole('combobox', { name: 'A declared use case' }).or(page.getByRole('textbox', { name: 'A declared use case' })).first();
  await field.click();
  await page.getByRole('option', { name: useCase }).click();
}

async function signedIn(key: string): Promise<Visitor> {
  const visitor = (latest = await openVisitor(browser, platform.origin, { width: 1280, height: 900, colorScheme: 'light' }));
  await signInByKeyboard(visitor.page, key);
  await visitor.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  await settled(visitor.page);
  visitor.takeComplaints();
  return visitor;
}
