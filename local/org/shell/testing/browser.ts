import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';

/** Where systems keep Chromium, or a browser of its kind. */
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const ARGUMENTS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic'];

/** A loaded machine may take this long for a first page: its components are built then. */
const PATIENCE_MILLISECONDS = 240_000;

/** Starts the system's Chromium. Throws, saying what to install, when there is none. */
export async function launchBrowser(): Promise<Browser> {
  const asked = process.env['PLUMBLINE_CHROMIUM'];
  const executablePath = [...(asked === undefined ? [] : [asked]), ...PLACES].find((place) => existsSync(place));
  if (executablePath === undefined) {
    throw new Error(
      'There is no Chromium: install it (Debian: apt-get install chromium), or name it by PLUMBLINE_CHROMIUM',
    );
  }
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

/** A page of a user who is logged in to a local org, with what went wrong in it so far. */
export interface UserPage {
  readonly page: Page;
  /** Exceptions, errors on the console, and failed requests other than refusals of the org. */
  readonly errors: readonly string[];
  /** Opens a path of the org and waits until it is shown. */
  open(path: string): Promise<void>;
}

/** Opens a browser context of its own, logs a user in by name, and opens a path of the org. */
export async function logIn(
  browser: Browser,
  url: string,
  userName: string,
  path: string,
  viewport = { width: 1280, height: 900 },
): Promise<UserPage> {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MILLISECONDS);
  page.setDefaultNavigationTimeout(PATIENCE_MILLISECONDS);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    // The browser tells refused requests as errors; whether they are wanted is for the test to say.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      errors.push(message.text());
  });
  const shown = (): Promise<unknown> => page.waitForSelector('#org-ready', { state: 'attached' });
  await page.goto(`${url}/lightning/login?from=${encodeURIComponent(path)}`);
  await page.getByRole('button', { name: userName }).click();
  await shown();
  return {
    page,
    errors,
    async open(next) {
      await page.goto(`${url}${next}`);
      await shown();
    },
  };
}
