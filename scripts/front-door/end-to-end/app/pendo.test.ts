import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, logIn } from '../../../../local/org/shell/testing/browser.ts';
import { eventually, query } from '../chain.ts';
import { loginWithSf } from '../sf.ts';
import { startPendoWorld, type PendoWorld } from './pendo-world.ts';
import { screenOf, stretches } from './walk.ts';

const patienceSeconds = 120;
const usageFields = [
  'Pendo_TimeOnSite_Last30Days__c',
  'Pendo_Events_Last30Days__c',
  'Pendo_DaysActive_Last30Days__c',
  'Pendo_Visitors_Last30Days__c',
  'Pendo_LastVisit_Last30Days__c',
];
const run = promisify(execFile);

/** One way from nothing to both directions, a test for each stretch of it: each goes on where the one before it ended. */
describe('Pendo, set up from nothing in the assistant, both ways', () => {
  let world: PendoWorld;
  let browser: Browser;
  let page: Page;
  let errors: readonly string[];
  let open: (path: string) => Promise<void>;
  /** The home of an admin whose sf CLI is logged in to the org. */
  let adminHome: Promise<string>;
  /** An account that people came from. */
  let account: string;

  before(async () => {
    world = await startPendoWorld();
    adminHome = loginOfAdmin();
    // Awaited where it is needed, and by then it may have failed.
    adminHome.catch(() => undefined);
    [account = ''] = await idsOfAccounts("Name = 'Customer 3'");
    browser = await launchBrowser();
    const admin = await logIn(browser, world.org.instanceUrl, 'Admin User', '/lightning/n/Plumbline_Setup');
    ({ page, errors, open } = admin);
    page.setDefaultTimeout(patienceSeconds * 1_000);
  });

  after(async () => {
    await browser.close();
    await adminHome.catch(() => undefined);
    await world.stop();
  });

  const test = stretches();
  const { button, field, text, seen } = screenOf(() => page);
  const atStep = (number: number): Promise<void> =>
    page.getByRole('heading', { name: `Step ${number} of 9` }).waitFor();

  async function choose(combobox: string, option: string | RegExp): Promise<void> {
    await page.getByRole('combobox', { name: combobox }).click();
    await page.getByRole('option', { name: option }).click();
  }

  async function next(number: number): Promise<void> {
    await button('Next').click();
    await atStep(number);
  }

  /** A dry run waits for the rights of the mapped fields; whoever sets up grants what is missing. */
  async function rehearse(): Promise<void> {
    await button('Compare rights').click();
    await button('Grant these rights').or(button('Start the dry run')).waitFor();
    if (await button('Grant these rights').isVisible()) await button('Grant these rights').click();
    await button('Start the dry run').click();
    await text(/^Calls of the first full sync: \d+ of Salesforce \(.+\), \d+ of the other system/).waitFor();
  }

  /** Writes one record after its preview was agreed to, and no other. */
  async function testOne(label: string, record: string): Promise<void> {
    await field(label).fill(record);
    await button('Preview').click();
    await text(/^Yes, write /).click();
    await button('Sync this one record').click();
    await text('The record has arrived, and both sides hold the same.').waitFor();
  }

  async function activate(): Promise<void> {
    await text(/^Yes, from now on/).click();
    await button('Activate').click();
    await text('It is activated, and still paused: nothing is sent yet.').waitFor();
  }

  test('P-11, P-12, P-35: connect: Pendo is offered, with advice, how fresh its values are, and templates', async () => {
    await atStep(1);
    await world.startWorker();
    const systems = page.getByRole('combobox', { name: 'System' });
    // The page may be quicker than the worker's first beat.
    await eventually(patienceSeconds, async () => {
      if (await button('Look again').isVisible()) await button('Look again').click();
      await systems.waitFor({ timeout: 2_000 });
    });
    await choose('System', 'Pendo');
    await seen('pendo-1-connection');
    await button('Save the connection').click();
    await text('Connection pendo is saved').waitFor();
    await text(/^Begin with accounts/).waitFor();
    await text(/^Contacts often hold duplicates/).waitFor();
    await text(/^Pulled values show at once on the page of an account/).waitFor();
    await button(/^pendo-visitors: Contact → Pendo visitor/).waitFor();
    await button(/^pendo-accounts: Account → Pendo account/).click();
    await seen('pendo-1-connect');
    await next(2);
  });

  test('P-17, P-55: a pull is set up: rights, records, the match, the fields that Pendo has for them', async () => {
    await button('Compare rights').click();
    await text('integration@plumbline.local has every right').waitFor();
    await next(3);
    await text('25 records of Account take part.').waitFor();
    await next(4);
    await button('Count blanks and duplicates').click();
    await text('Of 25 records 25 have a key; 0 have none').waitFor();
    await next(5);
    await button(/^Add what the system suggests: 6 fields/).click();
    assert.equal(await page.getByText('cannot be written').count(), 0, 'what is suggested can be mapped');
    await next(6);
    await next(7);
  });

  test('P-46: dry run and test: nothing is written, then one account alone, and both sides hold the same', async () => {
    await rehearse();
    assert.deepEqual((await world.account(account))['salesforce'] ?? {}, {});
    await next(8);
    await testOne('Record: its name or ID', account);
    assert.equal((await world.account(account))['salesforce']?.['name'], 'Customer 3');
    const others = await idsOfAccounts("Name != 'Customer 3'");
    for (const other of others.slice(0, 3)) assert.deepEqual((await world.account(other))['salesforce'] ?? {}, {});
    await next(9);
    await activate();
  });

  test('P-36, P-50: a push: the reports of the account are offered, and one that mixes kinds is warned of', async () => {
    await choose('Which sync', 'New sync');
    await atStep(1);
    await button(/^pendo-usage: /).click();
    await button('Save').click();
    await button('See what the account offers').click();
    await choose('Object of Pendo', /^Account report: Everything/);
    for (const step of [2, 3, 4, 5]) await next(step);
    await text(/^This Account report also holds data of visitors: visitor_role\./).waitFor();
    await button(/Connect/).click();
    await atStep(1);
    await button('See what the account offers').click();
    await choose('Object of Pendo', /^Account report: Account usage, last 30 days/);
    await seen('pendo-1-report');
    for (const step of [2, 3, 4]) await next(step);
    await button('Count blanks and duplicates').click();
    await text('Of 25 records 25 have a key; 0 have none').waitFor();
    await next(5);
  });

  test('P-22, P-41, P-42, P-65: fields are proposed by metric and span of time; an admin makes them by the command shown', async () => {
    await button('Propose fields').click();
    await text('The figures are of this span of time: Last 30 days.').waitFor();
    for (const name of usageFields) await page.getByRole('cell', { name, exact: true }).waitFor();
    await text('Fields still to be made on Account: 5.').waitFor();
    await seen('pendo-5-proposals');
    const [download] = await Promise.all([page.waitForEvent('download'), button('Download the note').click()]);
    assert.equal(download.suggestedFilename(), 'pendo-usage-fields.txt');
    // The command line tells the same as the screen, and hands out the same note.
    const admin = '--target-org admin@plumbline.local';
    const folder = join(world.folder, 'fields');
    const [proposed] = await Promise.all([
      plumbline(`plumbline fields propose pendo-usage ${admin}`),
      plumbline(`plumbline fields download pendo-usage --output-dir ${folder} ${admin}`),
    ]);
    const note = readFileSync(join(folder, 'README.md'), 'utf8');
    for (const name of usageFields) assert.ok(proposed.includes(name) && note.includes(name), name);
    const shown = await page.locator('[data-id=command]').innerText();
    const made = await plumbline(shown.replace('your-own-login', 'admin@plumbline.local'));
    for (const name of usageFields) assert.match(made, new RegExp(`made Account\\.${name}`));
    assert.match(made, /integration@plumbline\.local may write them/);
    await button('Propose fields').click();
    await button('Map 5 columns whose fields are there').click();
    await page.locator('[data-mapping=numMinutes]').waitFor();
    assert.equal(await page.getByText(/^This org has no field/).count(), 0);
    await seen('pendo-5-fields');
    await next(6);
    await next(7);
  });

  test('P-48: the dry run of the push shows each value; the test writes one account', async () => {
    await rehearse();
    const change = page.getByRole('row', { name: /^Pendo_TimeOnSite_Last30Days__c \(empty\) [\d,]+$/ }).first();
    await change.waitFor();
    await seen('pendo-7-dry-run');
    assert.deepEqual(await pushed(), []);
    await next(8);
    await testOne('ID of a record in pendo', account);
    await seen('pendo-8-test');
    assert.deepEqual(
      (await pushed()).map(({ Id }) => Id),
      [account],
    );
    await next(9);
  });

  test('P-06, P-21, P-44: live: the first full push is offered at once, and changes accounts that there are', async () => {
    await activate();
    await button('Resume, and start the first full sync').click();
    await text('The first full sync of pendo-usage has begun.').waitFor();
    await seen('pendo-9-live');
    await eventually(patienceSeconds, async () => {
      assert.ok((await pushed()).length >= 20);
    });
    assert.equal((await idsOfAccounts('Id != null')).length, 25, 'none was made');
  });

  test('P-53: the pushed figures are on the page of the account', async () => {
    const [row] = (await pushed()).filter(({ Id }) => Id === account);
    const figure = row?.Pendo_TimeOnSite_Last30Days__c?.toLocaleString('en') ?? '';
    assert.notEqual(figure, '');
    await open(`/lightning/r/Account/${account}/view`);
    await text('Time on site, last 30 days').waitFor();
    await page.locator('[data-field=Pendo_TimeOnSite_Last30Days__c]').filter({ hasText: figure }).waitFor();
    await seen('pendo-account');
  });

  test('P-04, P-05, P-61: Sync now carries both ways: a new value into Pendo, new usage into the account', async () => {
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByLabel('Employees', { exact: true }).fill('4711');
    await button('Save').click();
    await page.locator('[data-field=NumberOfEmployees]').filter({ hasText: '4,711' }).waitFor();
    const today = new Date().toISOString().slice(0, 10);
    await world.control('PUT', '/visitors/newcomer@example.com', {
      accountIds: [account],
      usage: { [today]: { events: 5, minutes: 100_000, clicks: 1 } },
    });
    await open('/lightning/n/Plumbline_Health');
    await button('Resume pendo-accounts').click();
    await button('Pause pendo-accounts').waitFor();
    await button('Sync now: pendo').click();
    await text(/^Begun: (pendo-accounts, pendo-usage|pendo-usage, pendo-accounts)\./).waitFor();
    await eventually(patienceSeconds, async () => {
      assert.equal((await world.account(account))['salesforce']?.['numberofemployees'], 4_711);
      const [row] = (await pushed()).filter(({ Id }) => Id === account);
      assert.ok((row?.Pendo_TimeOnSite_Last30Days__c ?? 0) >= 100_000);
    });
    await eventually(patienceSeconds, async () => {
      await button('Refresh').click();
      for (const check of ['Connected', 'Mapped', 'Reconciled'])
        assert.ok(await text(`${check}: good`).isVisible(), await page.locator('main').innerText());
    });
    await seen('pendo-health');
  });

  test('P-20: a key that is revoked is shown while nothing is sent, and nothing is written', async () => {
    const before = await pushed();
    await world.revokeKey();
    await eventually(patienceSeconds, async () => {
      await button('Refresh').click();
      assert.ok(await text('Connected: bad').isVisible(), await page.locator('main').innerText());
    });
    await text('The other system does not accept our credentials or settings').waitFor();
    await seen('pendo-revoked');
    assert.deepEqual(await pushed(), before);
    assert.deepEqual(errors, []);
  });

  interface Pushed {
    readonly Id: string;
    readonly Pendo_TimeOnSite_Last30Days__c: number | null;
  }

  /** Accounts with a figure of Pendo; there are none before its fields are. */
  async function pushed(): Promise<readonly Pushed[]> {
    const soql = 'SELECT Id, Pendo_TimeOnSite_Last30Days__c FROM Account WHERE Pendo_TimeOnSite_Last30Days__c != null';
    return query<Pushed>(world.org, `${soql} ORDER BY Id`);
  }

  async function idsOfAccounts(condition: string): Promise<readonly string[]> {
    const rows = await query<{ Id: string }>(world.org, `SELECT Id FROM Account WHERE ${condition} ORDER BY Id`);
    return rows.map(({ Id }) => Id);
  }

  async function loginOfAdmin(): Promise<string> {
    const home = join(world.folder, 'admin');
    mkdirSync(home);
    await loginWithSf(world.org, home, '.');
    return home;
  }

  /** Runs a command of ours as it is shown, as the admin; returns what it printed. */
  async function plumbline(command: string): Promise<string> {
    const [name, ...words] = command.split(' ');
    assert.equal(name, 'plumbline');
    const env = {
      PATH: process.env['PATH'],
      HOME: await adminHome,
      SF_DISABLE_TELEMETRY: 'true',
      SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
    };
    return (await run(process.execPath, ['scripts/cli/bin.js', ...words], { env })).stdout;
  }
});
