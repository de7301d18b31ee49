import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, logIn } from '../../../../local/org/shell/testing/browser.ts';
import { emailOf } from '../../../../local/world/index.ts';
import type { Started } from '../../processes.ts';
import { create, eventually, heldUser, heldUsers, query, update } from '../chain.ts';
import { keyboardOf, type Keyboard } from './keyboard.ts';
import { startSetupWorld, type SetupWorld } from './setup-world.ts';
import { screenOf, stretches } from './walk.ts';

const patienceSeconds = 120;
const leads = 300;

/** One walk by the keyboard alone, a test for each stretch of it: each goes on where the one before it ended. */
describe('the setup assistant, from no configuration to a live sync, by keyboard alone', () => {
  let world: SetupWorld;
  let worker: Started<{ ready: boolean }> | undefined;
  let browser: Browser;
  let page: Page;
  let keyboard: Keyboard;
  let errors: readonly string[];
  let open: (path: string) => Promise<void>;

  before(async () => {
    world = await startSetupWorld(leads);
    browser = await launchBrowser();
    const user = await logIn(browser, world.org.answer.instanceUrl, 'Admin User', '/lightning/n/Plumbline_Setup');
    ({ page, errors, open } = user);
    keyboard = keyboardOf(page);
    // The components are built by now.
    page.setDefaultTimeout(patienceSeconds * 1_000);
  });

  after(async () => {
    await browser.close();
    await worker?.stop();
    await world.stop();
  });

  const test = stretches();
  const { button, field, text, seen } = screenOf(() => page);
  const atStep = (number: number, name: string): Promise<void> =>
    page.getByRole('heading', { name: `Step ${number} of 9: ${name}` }).waitFor();

  /** On to the next step; the focus goes along, or a reader of the screen would not know. */
  async function next(number: number, name: string): Promise<void> {
    await keyboard.press(button('Next'));
    await atStep(number, name);
    await eventually(patienceSeconds, async () => {
      assert.equal(await page.locator(':focus').last().textContent(), `Step ${number} of 9: ${name}`);
    });
  }

  const user = (email: string) => heldUser(world.iterable.answer, email);
  const nothingIsWritten = async (): Promise<void> => assert.equal(await world.writes(), 0);

  test('connect: it says that no worker runs and what to start, and what is missing before one can go on', async () => {
    await atStep(1, 'Connect');
    await text('No worker is running').waitFor();
    await text('npm run worker').waitFor();
    await keyboard.press(button('Next'));
    await text('Choose a connection, or save a new one.').waitFor();
    worker = await world.startWorker();
    await keyboard.press(button('Look again'));
    await keyboard.type(field('Name of the connection'), 'iterable');
    await seen('setup-1-connection');
    await keyboard.press(button('Save the connection'));
    await text('Connection iterable is saved').waitFor();
    await keyboard.press(button('Next'));
    await text('Give the sync a name').waitFor();
    await keyboard.type(field('Name of the sync'), 'leads');
    // What is wrong with a field is taken back when it is left.
    await page.keyboard.press('Tab');
    await seen('setup-1-connect');
    await next(2, 'Rights');
    assert.equal(await page.getByRole('combobox', { name: 'Which sync' }).textContent(), 'leads');
  });

  test('rights: they are compared', async () => {
    await keyboard.press(button('Compare rights'));
    await text('integration@plumbline.local has every right').waitFor();
    await seen('setup-2-rights');
    await next(3, 'Records');
  });

  test('K-13: records: the count follows the condition, and a condition that cannot be is refused', async () => {
    await text(`${leads} records of Lead take part.`).waitFor();
    await keyboard.reach(page.getByRole('radio', { name: 'All of them' }));
    await page.keyboard.press('ArrowDown');
    await keyboard.type(field('Condition, as in the WHERE of a query'), 'Emial = null');
    await page.getByRole('alert').getByText('Emial').first().waitFor();
    await keyboard.type(field('Condition, as in the WHERE of a query'), 'IsConverted = false');
    await text(/^\d+ records of Lead take part\.$/).waitFor();
    await seen('setup-3-records');
    await next(4, 'Match');
  });

  test('P-56: match: blanks and duplicates are counted, with examples', async () => {
    await keyboard.press(button('Count blanks and duplicates'));
    await text(/^Of \d+ records \d+ have a key; [1-9]\d* have none/).waitFor();
    assert.ok((await page.getByText(/^Shared \(/).count()) > 0);
    await seen('setup-4-match');
    await next(5, 'Fields');
  });

  test('K-11: fields: what the system suggests, one found by search, and a preview on a real record', async () => {
    await keyboard.press(button(/^Add what the system suggests/));
    await text('Not saved yet').waitFor();
    await keyboard.press(button('Save'));
    await page.getByText('Not saved yet').waitFor({ state: 'hidden' });
    await keyboard.type(field('Record: its name or ID'), await leadWith(emailOf(7)));
    await keyboard.press(button('Preview'));
    await text('The record would be created in the other system. Nothing was written.').waitFor();
    await keyboard.type(field('Search the fields in Salesforce'), 'mobile');
    await keyboard.press(button('Add MobilePhone'));
    await seen('setup-5-fields');
    await next(6, 'Rules');
  });

  test('left in the middle, it goes on where it was left', async () => {
    await page.reload();
    await atStep(6, 'Rules');
    assert.equal(await page.getByRole('combobox', { name: 'Which sync' }).textContent(), 'leads');
    await seen('setup-6-rules');
    await next(7, 'Dry run');
  });

  test('N-01, N-11: dry run: it waits for the missing right, which is named and granted; then it shows each field', async () => {
    await keyboard.press(button('Compare rights'));
    await text(/MobilePhone/).waitFor();
    await seen('setup-7-missing-right');
    await keyboard.press(button('Grant these rights'));
    await keyboard.press(button('Start the dry run'));
    await text(/^Calls of the first full sync: \d+ of Salesforce \(.+\), \d+ of the other system/).waitFor();
    await text('The field that identifies the record in the other system is empty.').waitFor();
    await text(/would be written/).waitFor();
    await seen('setup-7-dry-run');
    await nothingIsWritten();
    await next(8, 'Test one record');
  });

  test('P-46: test one record: it asks first, writes this one, and shows both sides', async () => {
    const lead = await leadWith(emailOf(7));
    const [named] = await query<{ Name: string }>(world.org.answer, `SELECT Name FROM Lead WHERE Id = '${lead}'`);
    await keyboard.type(field('Record: its name or ID'), named?.Name ?? '');
    const found = page.getByRole('radio');
    await keyboard.press(found.first(), 'Space');
    while (!(await page.getByRole('radio', { name: lead }).isChecked())) await page.keyboard.press('ArrowDown');
    await keyboard.press(button('Preview'));
    const agreement = page.getByRole('checkbox', { name: /^Yes, write the record/ });
    await agreement.waitFor();
    assert.equal(await button('Sync this one record').isDisabled(), true, 'it is not agreed to yet');
    await nothingIsWritten();
    await keyboard.press(agreement, 'Space');
    await keyboard.press(button('Sync this one record'));
    await text('The record has arrived, and both sides hold the same.').waitFor();
    await seen('setup-8-test');
    await page.reload();
    await text(/^Asked .*\. The draft was not changed since\.$/).waitFor();
    await text('The record has arrived, and both sides hold the same.').waitFor();
    assert.deepEqual([...(await heldUsers(world.iterable.answer)).keys()], [emailOf(7)]);
    await next(9, 'Go live');
  });

  test('go live: activated it is still paused; started, all arrive, then a new lead and a changed one', async () => {
    await keyboard.press(page.getByRole('checkbox', { name: /^Yes, from now on/ }), 'Space');
    await seen('setup-9-go-live');
    await keyboard.press(button('Activate'));
    await text('It is activated, and still paused: nothing is sent yet.').waitFor();
    assert.equal((await heldUsers(world.iterable.answer)).size, 1);
    await keyboard.press(button('Resume, and start the first full sync'));
    await text('The first full sync of leads has begun.').waitFor();
    await seen('setup-9-live');
    const [counted] = await query<{ expr0: number }>(
      world.org.answer,
      'SELECT COUNT_DISTINCT(Email) FROM Lead WHERE Email != null AND IsConverted = false',
    );
    await eventually(patienceSeconds, async () => {
      assert.equal((await heldUsers(world.iterable.answer)).size, counted?.expr0);
    });
    const email = 'arrives@example.com';
    await create(world.org.answer, 'Lead', { LastName: 'Arrives', Company: 'Acme', Email: email });
    await update(world.org.answer, 'Lead', await leadWith(emailOf(9)), { FirstName: 'Changed' });
    await eventually(patienceSeconds, async () => {
      assert.equal((await user(email))?.dataFields.Name?.Last, 'Arrives');
      assert.equal((await user(emailOf(9) ?? ''))?.dataFields.Name?.First, 'Changed');
    });
    await open('/lightning/n/Plumbline_Health');
    await text(/Every record is accounted for/).waitFor();
    assert.deepEqual(errors, []);
  });

  async function leadWith(email: string | undefined): Promise<string> {
    const [lead] = await query<{ Id: string }>(world.org.answer, `SELECT Id FROM Lead WHERE Email = '${email}'`);
    assert.ok(lead, email);
    return lead.Id;
  }
});
