import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { setDial, startWorker, startWorld } from '../../../../bench/harness/world.ts';
import type { RunningWorker, World } from '../../../../bench/harness/world.ts';
import { launchBrowser, logIn } from '../../../../local/org/shell/testing/browser.ts';
import type { UserPage } from '../../../../local/org/shell/testing/browser.ts';
import { emailOf } from '../../../../local/world/index.ts';
import { create, eventually, heldUser, query, update } from '../chain.ts';
import { answered, command, leadIds } from './asked.ts';

const leads = 4_000;
const patienceSeconds = 180;
const healthPage = '/lightning/n/Plumbline_Health';
const forgottenCause = '[data-cause="leads/rejected-forgotten"]';
const [mended = '', taken = '', steady = ''] = [emailOf(11), emailOf(12), emailOf(13)];

describe('the health page in a browser, from the first worker to its end', () => {
  let world: World;
  let worker: RunningWorker | undefined;
  let browser: Browser;
  let admin: UserPage;
  let page: Page;

  before(async () => {
    // One small request a second, each answered late: a backfill that can be watched.
    world = await startWorld(leads, { settings: { requestsPerSecond: 1 } });
    await setDial(world, { rates: { slow: { probability: 1, milliseconds: 5_000 } } });
    for (const email of [mended, taken]) await iterable('/api/users/forget', { email });
    browser = await launchBrowser();
    admin = await logIn(browser, world.org.answer.instanceUrl, 'Admin User', healthPage);
    page = admin.page;
  });

  after(async () => {
    await browser.close();
    await worker?.stop();
    await world.stop();
  });

  /** A call of Iterable's own API, as someone who works there makes it. */
  async function iterable(path: string, body: unknown): Promise<void> {
    const { baseUrl, apiKey } = world.iterable.answer;
    const headers = { 'api-key': apiKey, 'content-type': 'application/json' };
    const answer = await fetch(`${baseUrl}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    assert.ok(answer.ok, await answer.text());
  }

  /** Refreshes the page until it shows what is waited for. */
  async function refreshUntil(shown: () => Promise<boolean>): Promise<void> {
    await eventually(patienceSeconds, async () => {
      await page.getByRole('button', { name: 'Refresh' }).click();
      assert.ok(await shown(), await page.locator('main').innerText());
    });
  }

  const sees = (text: string | RegExp): Promise<boolean> => page.getByText(text).first().isVisible();

  test('a backfill moves a bar while it runs, and in the end every record is accounted for', async () => {
    await page.getByText('No worker has ever worked for this org, so nothing moves.').waitFor();
    await page.getByText('Nothing is connected yet').waitFor();
    worker = await startWorker(world, 'store.sqlite', ['--page-records', '100']);
    await refreshUntil(() => sees(/^The worker runs; its last beat was/));
    const bar = page.getByRole('progressbar', { name: 'Backfill of leads' });
    await refreshUntil(() => bar.isVisible());
    const seen: number[] = [];
    // Nobody refreshes from here on: the page moves by itself.
    await eventually(patienceSeconds, async () => {
      const [, done = '0'] = /^([\d,]+) of 4,000 records$/.exec((await bar.getAttribute('aria-valuetext')) ?? '') ?? [];
      const records = Number(done.replaceAll(',', ''));
      if (records !== seen.at(-1)) seen.push(records);
      assert.ok(seen.length >= 2, `the bar has shown ${seen.join(', ')}`);
    });
    assert.deepEqual(
      seen,
      seen.toSorted((left, right) => left - right),
      'a bar never goes back',
    );
    await setDial(world, { rates: {} });
    await bar.waitFor({ state: 'hidden' });
    const sentence = await page.getByText(/^Every record is accounted for: 4,000 read = /).innerText();
    const [read, ...parts] = (sentence.match(/[\d,]+/g) ?? []).map((text) => Number(text.replaceAll(',', '')));
    assert.equal(parts.length, 6);
    assert.equal(
      parts.reduce((sum, part) => sum + part, 0),
      read,
    );
    assert.equal(parts.at(-1), 2, 'the two whom Iterable was asked to forget');
  });

  test('an error by cause: one record is fixed on its page, the other is retried, and the cause is gone', async () => {
    const cause = page.locator(forgottenCause);
    await cause.getByText('2 records of leads').waitFor();
    await cause.getByText(/^The other system was asked to forget this person and refuses to take them back/).waitFor();
    await cause.getByRole('button', { name: 'Show records' }).click();
    const [lead = ''] = await leadIds(world.org.answer, `Email = '${mended}'`);
    const [row] = await query<{ Name: string }>(world.org.answer, `SELECT Name FROM Lead WHERE Id = '${lead}'`);
    await cause
      .locator(`a[href*="${lead}"]`)
      .filter({ hasText: row?.Name ?? '' })
      .click();
    await page.getByText('Open issues: 1').waitFor();
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByLabel('Email', { exact: true }).fill('another.address@example.com');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('[data-field=Email]').filter({ hasText: 'another.address@example.com' }).waitFor();
    await eventually(patienceSeconds, async () => {
      assert.ok(await heldUser(world.iterable.answer, 'another.address@example.com'));
    });
    await admin.open(healthPage);
    await refreshUntil(() => cause.getByText('1 record of leads').isVisible());

    await iterable('/api/users/unforget', { email: taken });
    await cause.getByRole('button', { name: 'Retry all' }).click();
    await page.getByText('1 record is queued to be tried again.').waitFor();
    await refreshUntil(() => sees('No open issues'));
    assert.ok(await heldUser(world.iterable.answer, taken));
    const open = await query(world.org.answer, "SELECT Id FROM Plumbline_Issue__c WHERE Status__c = 'Open'");
    assert.deepEqual(open, []);
  });

  test('a lead without an email says why it did not sync; with one it is sent at once, by itself', async () => {
    const [lead = ''] = await leadIds(world.org.answer, 'Email = null');
    await admin.open(`/lightning/r/Lead/${lead}/view`);
    await page.getByRole('button', { name: 'Why?' }).click();
    await page.getByText('The field that identifies the record in the other system is empty.').first().waitFor();
    await page.getByText('Fill it in; the record syncs by itself with its next change.').first().waitFor();
    await update(world.org.answer, 'Lead', lead, { Email: 'now.there@example.com' });
    await eventually(patienceSeconds, async () => {
      assert.ok(await heldUser(world.iterable.answer, 'now.there@example.com'));
    });
  });

  test('a record is synced now, taken out, and takes part again', async () => {
    const [lead = ''] = await leadIds(world.org.answer, `Email = '${steady}'`);
    const looks = async (): Promise<number> => {
      const soql = "SELECT Unchanged__c FROM Plumbline_Run__c WHERE Kind__c = 'live' AND Sync_Name__c = 'leads'";
      const rows = await query<{ Unchanged__c: number }>(world.org.answer, soql);
      return rows.reduce((sum, { Unchanged__c }) => sum + Unchanged__c, 0);
    };
    const before = await looks();
    await admin.open(`/lightning/r/Lead/${lead}/view`);
    await page.getByRole('button', { name: 'Sync now' }).click();
    await page.getByText('Queued. It is sent with its current values.').waitFor();
    await eventually(patienceSeconds, async () => {
      assert.equal(await looks(), before + 1, 'it was looked at and found the same');
    });
    await page.getByRole('button', { name: 'Exclude', exact: true }).click();
    await page.getByLabel('Why is it taken out?').fill('A test address');
    await page.getByRole('button', { name: 'Exclude this record' }).click();
    await page.getByText('Taken out of this sync: A test address').waitFor();
    await page.getByRole('button', { name: 'Why?' }).click();
    await page.getByText('Someone took this record out of the sync.').first().waitFor();
    const other = await page.getByRole('link', { name: 'Open the record in Iterable' }).getAttribute('href');
    const [user = ''] = (await (await fetch(other ?? '')).text()).split('\n');
    assert.equal((JSON.parse(user) as { email: string }).email, steady, 'the other side of this very record');
    await update(world.org.answer, 'Lead', lead, { FirstName: 'Unsent' });
    await create(world.org.answer, 'Lead', { LastName: 'Later', Company: 'Acme', Email: 'later@example.com' });
    await eventually(patienceSeconds, async () => {
      assert.ok(await heldUser(world.iterable.answer, 'later@example.com'), 'what changed after it is sent');
    });
    const first = async (): Promise<string | undefined> =>
      (await heldUser(world.iterable.answer, steady))?.dataFields.Name?.First;
    assert.notEqual(await first(), 'Unsent');
    await page.getByRole('button', { name: 'Include again' }).click();
    await page.getByRole('button', { name: 'Exclude', exact: true }).waitFor();
    await update(world.org.answer, 'Lead', lead, { FirstName: 'Sent' });
    await eventually(patienceSeconds, async () => {
      assert.equal(await first(), 'Sent');
    });
  });

  test('a paused sync sends nothing, a resumed one what waited', async () => {
    await admin.open(healthPage);
    await page.getByRole('button', { name: 'Pause leads' }).click();
    await page.getByRole('button', { name: 'Resume leads' }).waitFor();
    await eventually(patienceSeconds, async () => {
      const { syncs } = await answered<{ syncs: readonly { sync: string; paused: boolean }[] }>(
        world.org.answer,
        await command(world.org.answer, 'status', '*'),
      );
      assert.equal(syncs.find(({ sync }) => sync === 'leads')?.paused, true);
    });
    const person = (email: string): Record<string, string> => ({ LastName: 'Waits', Company: 'Acme', Email: email });
    await create(world.org.answer, 'Lead', person('waiting@example.com'));
    const { Company: _, ...contact } = person('not.waiting@example.com');
    await create(world.org.answer, 'Contact', contact);
    await eventually(patienceSeconds, async () => {
      assert.ok(await heldUser(world.iterable.answer, 'not.waiting@example.com'), 'the other sync goes on');
    });
    assert.equal(await heldUser(world.iterable.answer, 'waiting@example.com'), undefined);
    await page.getByRole('button', { name: 'Resume leads' }).click();
    await page.getByRole('button', { name: 'Pause leads' }).waitFor();
    await eventually(patienceSeconds, async () => {
      assert.ok(await heldUser(world.iterable.answer, 'waiting@example.com'));
    });
  });

  test('a worker that was stopped is told as stopped, on every screen; what changed meanwhile follows', async () => {
    await worker?.stop();
    worker = undefined;
    await refreshUntil(() => sees(/^The worker has stopped: its last beat was .* nothing is lost\.$/));
    await page.getByText(/^Start it with "npm run worker/).waitFor();
    const [lead = ''] = await leadIds(world.org.answer, "Email = 'waiting@example.com'");
    await update(world.org.answer, 'Lead', lead, { FirstName: 'Meanwhile' });
    await admin.open(`/lightning/r/Lead/${lead}/view`);
    await page.getByText(/^No worker is running\. What is open in the org is shown/).waitFor();
    worker = await startWorker(world, 'store.sqlite');
    await admin.open(healthPage);
    await refreshUntil(() => sees(/^The worker runs; its last beat was/));
    await eventually(patienceSeconds, async () => {
      const user = await heldUser(world.iterable.answer, 'waiting@example.com');
      assert.equal(user?.dataFields.Name?.First, 'Meanwhile');
    });
    assert.deepEqual(admin.errors, []);
  });
});
