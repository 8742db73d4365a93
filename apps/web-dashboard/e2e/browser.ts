import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });

export interface Variant {
  readonly width: number;
  readonly height: number;
  readonly colorScheme: 'light' | 'dark';
}

export interface Visitor {
  readonly page: Page;
  /** What the console and the page complained about since it was last asked for. */
  readonly takeComplaints: () => string[];
  readonly close: () => Promise<void>;
}

export async function openVisitor(browser: Browser, origin: string, { width, height, colorScheme }: Variant): Promise<Visitor> {
  const context = await browser.newContext({ baseURL: origin, viewport: { width, height }, colorScheme, reducedMotion: 'reduce' });
  // What is waited for comes in a moment; on a machine that is busy with other tests it may take a few.
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  // A machine whose network changes meanwhile (a container starts) is not the page's fault, and the page has to live with it.
  const ofThePage = (text: string) => !text.includes('net::ERR_NETWORK_CHANGED');
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && ofThePage(message.text()) && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  return { page, takeComplaints: () => complaints.splice(0), close: () => context.close() };
}

/** By keyboard alone: the field has the focus when the page opens. */
export async function signInByKeyboard(page: Page, key: string): Promise<void> {
  await page.goto('/');
  await page.getByRole('heading', { level: 1, name: 'Weighbridge' }).waitFor();
  await page.keyboard.insertText(key);
  await page.keyboard.press('Enter');
}

/** Loaded means: no skeleton is left, and every chart is drawn. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('[role=status][aria-label=Loading]') === null && [...document.querySelectorAll('[role=img]')].every((picture) => picture.childElementCount === 0 || picture.querySelector('svg, div') !== null));
}
