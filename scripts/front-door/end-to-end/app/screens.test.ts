import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { backfilled, startWorker, startWorld } from '../../../../bench/harness/world.ts';
import type { RunningWorker, World } from '../../../../bench/harness/world.ts';
import { seriousViolations } from '../../../../local/org/shell/testing/axe.ts';
import { launchBrowser, logIn } from '../../../../local/org/shell/testing/browser.ts';
import { query } from '../chain.ts';

describe('the app in a browser, on a local org with a worker', () => {
  let world: World;
  let worker: RunningWorker;
  let browser: Browser;

  before(async () => {
    world = await startWorld(300, {});
    worker = await startWorker(world, 'store.sqlite', []);
    await backfilled(worker);
    browser = await launchBrowser();
  });

  after(async () => {
    await browser.close();
    await worker.stop();
    await world.stop();
  });

  const url = (): string => world.org.answer.instanceUrl;

  test('the health page accounts for every record; a sync is paused and resumed', async () => {
    const { page, errors } = await logIn(browser, url(), 'Admin User', '/lightning/n/Plumbline_Health');
    await page.getByRole('heading', { name: 'Sync health' }).waitFor();
    await page.getByText(/Every record is accounted for: .* read = /).waitFor();
    await page.getByRole('button', { name: 'Pause leads' }).click();
    await page.getByRole('button', { name: 'Resume leads' }).waitFor();
    const paused = await query<{ Paused__c: boolean }>(
      world.org.answer,
      "SELECT Paused__c FROM Plumbline_Sync__c WHERE Unique_Name__c = 'leads'",
    );
    assert.deepEqual(
      paused.map(({ Paused__c }) => Paused__c),
      [true],
    );
    await page.getByRole('button', { name: 'Resume leads' }).click();
    await page.getByRole('button', { name: 'Pause leads' }).waitFor();
    assert.deepEqual(await seriousViolations(page), []);
    assert.deepEqual(errors, []);
    await page.context().close();
  });

  test('a lead without an email says why it did not sync, in a sentence of the worker', async () => {
    const [lead] = await query<{ Id: string }>(world.org.answer, 'SELECT Id FROM Lead WHERE Email = null LIMIT 1');
    assert.ok(lead);
    const { page } = await logIn(browser, url(), 'Admin User', `/lightning/r/Lead/${lead.Id}/view`);
    await page.getByRole('button', { name: 'Why?' }).click();
    await page.getByText('The field that identifies the record in the other system is empty.').first().waitFor();
    await page.context().close();
  });

  test('a viewer is offered no pause and no setup, a sales user no app', async () => {
    const viewer = await logIn(browser, url(), 'Vera Viewer', '/lightning/n/Plumbline_Health');
    await viewer.page.getByText(/Every record is accounted for/).waitFor();
    assert.equal(await viewer.page.getByRole('button', { name: /^Pause/ }).count(), 0);
    assert.equal(await viewer.page.getByRole('link', { name: 'Setup' }).count(), 0);
    await viewer.page.context().close();
    const seller = await logIn(browser, url(), 'Sam Seller', '/lightning/n/Plumbline_Health');
    await seller.page.getByText('This page does not exist, or you have no access to it.').waitFor();
    await seller.page.context().close();
  });
});
