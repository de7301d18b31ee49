import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../../../local/org/shell/testing/browser.ts';
import { start, type Started } from '../../processes.ts';

const patienceMilliseconds = 120_000;
const markup = '<b>bold</b>';
let browser: Browser;

before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());

/** Opens a stand-in's page and walks through it; it must show no error. */
async function walk(baseUrl: string, through: (page: Page) => Promise<void>): Promise<void> {
  const page = await browser.newPage();
  page.setDefaultTimeout(patienceMilliseconds);
  page.setDefaultNavigationTimeout(patienceMilliseconds);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${baseUrl}/`);
  await through(page);
  assert.deepEqual(errors, []);
  await page.close();
}

/** Sets a limit of the dial. */
async function limit(page: Page, name: string, value: string): Promise<void> {
  await page.getByLabel(name).fill(value);
  await page.getByRole('button', { name: 'Set', exact: true }).click();
  await page.getByText('Set.', { exact: true }).waitFor();
}

test('the page of the local Iterable shows its users as text, its calls and requests, and sets its limits', async () => {
  const iterable: Started<{ baseUrl: string; apiKey: string }> = await start('local/systems/main.ts', [
    'iterable',
    '--port',
    '0',
    '--json',
  ]);
  const { baseUrl, apiKey } = iterable.answer;
  const update = (users: readonly string[]): Promise<Response> =>
    fetch(`${baseUrl}/api/users/bulkUpdate`, {
      method: 'POST',
      headers: { 'api-key': apiKey, 'content-type': 'application/json' },
      body: JSON.stringify({ users: users.map((name) => ({ email: `${name}@example.com`, dataFields: { markup } })) }),
    });
  try {
    await walk(baseUrl, async (page) => {
      assert.equal((await update(['ann', 'bob'])).status, 200);
      await page.getByRole('cell', { name: 'bob@example.com' }).waitFor();
      await page.getByRole('cell', { name: markup }).first().waitFor();
      await page.getByRole('cell', { name: 'POST /api/users/bulkUpdate' }).waitFor();
      await page.getByLabel('Search').fill('ann');
      await page.getByRole('cell', { name: 'bob@example.com' }).waitFor({ state: 'detached' });
      await limit(page, 'bulkUpdate per second', '1');
      const names = Array.from({ length: 10 }, (_, index) => `late${index}`);
      const statuses = await Promise.all(names.map(async (name) => (await update([name])).status));
      assert.ok(statuses.includes(429), `the limit that was set is kept: ${statuses.join()}`);
    });
  } finally {
    await iterable.stop();
  }
});

test('the page of the local Pendo saves what is edited in it, shows it as text, and sets its limits', async () => {
  const pendo: Started<{ baseUrl: string }> = await start('local/systems/main.ts', ['pendo', '--port', '0', '--json']);
  try {
    await walk(pendo.answer.baseUrl, async (page) => {
      await page.getByLabel('ID', { exact: true }).fill('acme');
      await page.getByLabel(/^What it becomes/).fill(JSON.stringify({ metadata: { agent: { name: markup } } }));
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved.').waitFor();
      await page.getByRole('cell', { name: markup }).waitFor();
      await page.getByRole('button', { name: 'acme' }).click();
      assert.match(await page.getByLabel(/^What it becomes/).inputValue(), /<b>bold/);
      await limit(page, 'records per call', '7');
    });
  } finally {
    await pendo.stop();
  }
});
