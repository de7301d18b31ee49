import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { backfilled, startWorker, startWorld } from '../../../../bench/harness/world.ts';
import type { RunningWorker, World } from '../../../../bench/harness/world.ts';
import { seriousViolations } from '../../../../local/org/shell/testing/axe.ts';
import { launchBrowser, logIn } from '../../../../local/org/shell/testing/browser.ts';
import { reasonCodes, reasonTexts } from '../../../engine/index.ts';
import type { Org } from '../../main-job.ts';
import { callOrg } from '../../main-job.ts';
import { create, eventually, query, update } from '../chain.ts';
import { answered, command, leadIds, stateOf } from './asked.ts';
import { addHiddenField } from './hidden-field.ts';
import { orgAs } from './tokens.ts';

const healthPage = '/lightning/n/Plumbline_Health';
const salary = '98,765 a year';
const patienceSeconds = 120;
const phone = { width: 390, height: 844 };

describe('who sees and may do what, in a browser and over REST, with a worker', () => {
  let world: World;
  let worker: RunningWorker;
  let browser: Browser;
  let org: Org;
  let lead: string;

  before(async () => {
    world = await startWorld(300);
    org = world.org.answer;
    await addHiddenField(org, world.folder, world.configuration);
    [lead = ''] = await leadIds(org, 'Email = null');
    await update(org, 'Lead', lead, { Salary__c: salary });
    worker = await startWorker(world, 'store.sqlite');
    await backfilled(worker);
    browser = await launchBrowser();
  });

  after(async () => {
    await browser.close();
    await worker.stop();
    await world.stop();
  });

  const runs = (): Promise<readonly { Id: string }[]> =>
    query(org, "SELECT Id FROM Plumbline_Run__c WHERE Kind__c != 'live'");

  test('a viewer is offered to look and to ask; nothing that changes', async () => {
    const viewer = await logIn(browser, org.instanceUrl, 'Vera Viewer', healthPage);
    const { page } = viewer;
    const offered = (name: string | RegExp): Promise<number> => page.getByRole('button', { name }).count();
    await page.getByText(/Every record is accounted for/).waitFor();
    assert.equal(await offered(/^(Pause|Resume|Retry)/), 0);
    assert.equal(await page.getByRole('link', { name: 'Setup' }).count(), 0);
    await viewer.open(`/lightning/r/Lead/${lead}/view`);
    await page.getByRole('button', { name: 'Why?' }).waitFor();
    assert.equal(await offered(/^(Sync now|Exclude|Include again)$/), 0);
    await viewer.open('/lightning/n/Plumbline_Setup');
    await page.getByText('This page does not exist, or you have no access to it.').waitFor();
    assert.deepEqual(viewer.errors, []);
    await page.context().close();
  });

  test('an answer shows no field that its reader may not read, and says that it does not', async () => {
    const why = async (name: string): Promise<string> => {
      const { page } = await logIn(browser, org.instanceUrl, name, `/lightning/r/Lead/${lead}/view`);
      await page.getByRole('button', { name: 'Why?' }).click();
      await page.getByText('The field that identifies the record in the other system is empty.').first().waitFor();
      const text = await page.locator('c-plumbline-record-status').innerText();
      await page.context().close();
      return text;
    };
    assert.ok((await why('Admin User')).includes(salary), 'who may read the field sees its value');
    const seen = await why('Vera Viewer');
    assert.ok(!seen.includes(salary), seen);
    assert.match(seen, /Not shown, since you may not see these fields: .*Salary__c/);
    const viewer = await orgAs(org, 'viewer@plumbline.local');
    const own = await command(viewer, 'explain', `leads/${lead}`);
    await eventually(patienceSeconds, async () => {
      assert.equal((await stateOf(org, own)).Status__c, 'Done');
    });
    assert.ok((await stateOf(org, own)).Answer__c?.includes(salary), 'the worker did answer with it');
    await assert.rejects(stateOf(viewer, own), /Answer__c/, 'the answer itself is open to nobody but admins');
    const told = await fetch(`${org.instanceUrl}/services/apexrest/plumbline/answers/${own}`, {
      headers: { authorization: `Bearer ${viewer.accessToken}` },
    });
    const text = await told.text();
    assert.ok(told.ok && text.includes('Salary__c') && !text.includes(salary), text);
  });

  test('a sales user has no app and no records of it, and a lead page without an error', async () => {
    const seller = await logIn(browser, org.instanceUrl, 'Sam Seller', healthPage);
    const { page } = seller;
    await page.getByText('This page does not exist, or you have no access to it.').waitFor();
    await page.getByRole('button', { name: 'App Launcher' }).click();
    assert.deepEqual(await page.getByRole('menuitem').locator('strong').allTextContents(), ['Sales']);
    await seller.open(`/lightning/r/Lead/${lead}/view`);
    await page.locator('[data-field=LastName], [data-field=Name]').first().waitFor();
    assert.equal(await page.getByRole('button', { name: /^(Why\?|Sync now|Exclude)$/ }).count(), 0);
    await seller.open('/lightning/o/Plumbline_Issue__c/list');
    await page.getByRole('alert').waitFor();
    assert.deepEqual(seller.errors, []);
    await page.context().close();
  });

  test('a command forged over REST by who may not give it is refused, and nothing runs', async () => {
    const before = await runs();
    const commands = async (): Promise<number> => (await query(org, 'SELECT Id FROM Plumbline_Command__c')).length;
    const given = await commands();
    const viewer = await orgAs(org, 'viewer@plumbline.local');
    for (const kind of ['pause', 'resume', 'retry', 'run', 'backfill', 'plan', 'test', 'describe', 'erase']) {
      const refused = new RegExp(`You may not give the command ${kind}|bad value for restricted picklist`);
      await assert.rejects(command(viewer, kind, 'leads'), refused);
    }
    const operator = await orgAs(org, 'operator@plumbline.local');
    for (const kind of ['test', 'describe', 'match', 'rights']) {
      await assert.rejects(command(operator, kind, 'leads'), new RegExp(`You may not give the command ${kind}`));
    }
    const seller = await orgAs(org, 'seller@plumbline.local');
    await assert.rejects(command(seller, 'status', '*'), /answered 40[034]/);
    const [sync] = await query<{ Id: string }>(org, "SELECT Id FROM Plumbline_Sync__c WHERE Unique_Name__c = 'leads'");
    for (const user of [viewer, seller]) {
      await assert.rejects(update(user, 'Plumbline_Sync__c', sync?.Id ?? '', { Paused__c: true }), /answered 40[034]/);
    }
    await assert.rejects(create(operator, 'Plumbline_Version__c', {}), /answered 40[034]/);
    assert.equal(await commands(), given);
    assert.deepEqual(await runs(), before);
  });

  test('an expired command never runs; one that has run is not claimed or run again, however often its bell rings', async () => {
    const expired = await command(org, 'backfill', 'leads', -1_000);
    await eventually(patienceSeconds, async () => {
      assert.equal((await stateOf(org, expired)).Status__c, 'Expired');
    });
    const earlier = await runs();
    const backfill = await command(org, 'backfill', 'leads');
    await answered(org, backfill);
    // The org learns of the run soon after the command was answered.
    await eventually(patienceSeconds, async () => assert.equal((await runs()).length, earlier.length + 1));
    const begun = await runs();
    const change = (fields: Readonly<Record<string, string>>): Promise<void> =>
      update(org, 'Plumbline_Command__c', backfill, fields);
    await assert.rejects(change({ Status__c: 'New' }), /This command has ended/);
    await assert.rejects(change({ Claimed_By__c: 'another store' }), /Another worker has already claimed/);
    for (const replayed of [backfill, backfill, expired]) {
      await callOrg(org, 'POST', '/sobjects/Plumbline_Doorbell__e', { Command_Id__c: replayed });
    }
    // Once it has answered a later command, it has also heard those bells.
    await answered(org, await command(org, 'status', '*'));
    assert.deepEqual(await runs(), begun);
    assert.equal((await stateOf(org, expired)).Status__c, 'Expired');
  });

  test('each reason is read as a sentence with a next step, on the run and on Health, and none as a code', async () => {
    const [sync] = await query<{ Id: string }>(org, "SELECT Id FROM Plumbline_Sync__c WHERE Unique_Name__c = 'leads'");
    const ofLeads = { Sync__c: sync?.Id, Sync_Name__c: 'leads' };
    const now = new Date().toISOString();
    const count = (outcome: string): number =>
      reasonCodes.filter((code) => reasonTexts[code].outcome === outcome).length;
    const run = await create(org, 'Plumbline_Run__c', {
      ...ofLeads,
      Run_Id__c: 'every-reason',
      Kind__c: 'manual',
      State__c: 'finished',
      Started_At__c: now,
      Finished_At__c: now,
      Read__c: reasonCodes.length,
      Skipped__c: count('skipped'),
      Held__c: count('held'),
      Failed__c: count('failed'),
      Reasons__c: JSON.stringify(Object.fromEntries(reasonCodes.map((code) => [code, 1]))),
    });
    const { page, open, errors } = await logIn(browser, org.instanceUrl, 'Admin User', '/lightning/n/Plumbline_Run__c');
    await open(`/lightning/r/Plumbline_Run__c/${run}/view`);
    const readsEach = async (place: string, outcomes: readonly string[]): Promise<void> => {
      await page.locator(`${place} [data-id=sentence]`).first().waitFor();
      const text = await page.locator(place).innerText();
      for (const code of reasonCodes) {
        const { outcome, sentence, nextStep } = reasonTexts[code];
        if (!outcomes.includes(outcome)) continue;
        // What is particular to one record is not told of many: the sentence ends before it.
        const [beginning = ''] = sentence.split(/[:;]? ?\{detail\}/);
        assert.ok(text.includes(beginning), `${code}: ${beginning}`);
        assert.ok(text.includes(nextStep), `${code}: ${nextStep}`);
        assert.ok(!code.includes('-') || !text.includes(code), `${code} is shown as it is`);
      }
      assert.doesNotMatch(text, /\bunknown\b|\bundefined\b|\{/i);
    };
    await readsEach('c-plumbline-run', ['skipped', 'held', 'failed']);
    for (const code of reasonCodes) {
      const { outcome } = reasonTexts[code];
      if (outcome === 'skipped') continue;
      await create(org, 'Plumbline_Issue__c', {
        ...ofLeads,
        Issue_Key__c: `leads/${code}`,
        Object__c: 'Lead',
        Record_Id__c: lead,
        Outcome__c: outcome,
        Reason_Code__c: code,
        Status__c: 'Open',
        Records__c: 1,
        First_Seen__c: now,
        Last_Seen__c: now,
      });
    }
    await open(healthPage);
    await readsEach('c-plumbline-causes', ['held', 'failed']);
    assert.deepEqual(errors, []);
    await page.context().close();
  });

  for (const [name, viewport] of [
    ['desktop', { width: 1280, height: 900 }],
    ['phone', phone],
  ] as const) {
    test(`axe finds nothing serious on any screen at ${name} width, and nothing is cut off`, async () => {
      const one = async (object: string): Promise<string> =>
        (await query<{ Id: string }>(org, `SELECT Id FROM ${object} LIMIT 1`))[0]?.Id ?? '';
      const screens: Readonly<Record<string, string>> = {
        [healthPage]: 'c-plumbline-causes',
        '/lightning/n/Plumbline_Setup': 'c-plumbline-setup [data-id=step]',
        '/lightning/n/Plumbline_Sync__c': 'table tbody tr',
        '/lightning/n/Plumbline_Run__c': 'table tbody tr',
        '/lightning/n/Plumbline_Issue__c': 'table tbody tr',
        [`/lightning/r/Plumbline_Sync__c/${await one('Plumbline_Sync__c')}/view`]: '[data-field]',
        [`/lightning/r/Plumbline_Run__c/${await one('Plumbline_Run__c')}/view`]: 'c-plumbline-run [data-id=calls]',
        [`/lightning/r/Plumbline_Issue__c/${await one('Plumbline_Issue__c')}/view`]: 'c-plumbline-issue',
        [`/lightning/r/Lead/${lead}/view`]: 'c-plumbline-record-sync',
      };
      const { page, open } = await logIn(browser, org.instanceUrl, 'Admin User', healthPage, viewport);
      for (const [path, usable] of Object.entries(screens)) {
        await open(path);
        await page.locator(usable).first().waitFor();
        if (path.includes('/Lead/')) {
          await page.getByRole('button', { name: 'Why?' }).click();
          await page.locator('c-plumbline-explanation [data-id=sentence]').first().waitFor();
        }
        assert.deepEqual([path, await seriousViolations(page)], [path, []]);
        const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
        assert.ok(overflow <= 0, `${path} is ${overflow} px wider than the screen`);
      }
      await page.context().close();
    });
  }
});
