import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { seriousViolations } from '../testing/axe.ts';
import { launchBrowser, logIn } from '../testing/browser.ts';
import { startShellOrg } from '../testing/shell-org.ts';
import type { ShellOrg } from '../testing/shell-org.ts';

let browser: Browser;
let org: ShellOrg;

before(async () => {
  org = await startShellOrg();
  browser = await launchBrowser();
});

after(async () => {
  await browser.close();
  await org.close();
});

const PHONE = { width: 390, height: 844 };

for (const mode of ['in the page', 'in the sandbox of Lightning Web Security'] as const) {
  test(`a deployed component runs ${mode}, with the org behind it`, async () => {
    const home = `/lightning/n/Fixture_Home${mode === 'in the page' ? '' : '?lws=true'}`;
    const { page, errors, open } = await logIn(browser, org.url, 'Mina Manager', home);
    const probe = (name: string) => page.locator(`[data-probe=${name}]`);
    await page.getByText('Probe & more').waitFor();
    await probe('object').filter({ hasText: 'About Leads' }).waitFor();
    assert.equal(await probe('rows').textContent(), '7');
    assert.match((await probe('user').textContent()) ?? '', /^005\w{15}$/);
    assert.equal(await probe('form-factor').textContent(), 'Large');

    await page.getByRole('button', { name: 'Manage' }).click();
    await page.getByText('Managed').waitFor();

    await probe('heard').filter({ hasText: 'listening' }).waitFor();
    const session = { userId: org.org.core.adminUserId, token: '', origin: 'test' };
    const records = [{ Word__c: 'hello' }];
    org.org.core.dml({ operation: 'insert', object: 'Fixture_Event__e', records, allOrNone: true, session });
    await probe('heard').filter({ hasText: 'hello' }).waitFor();

    await page.getByRole('button', { name: 'Create lead' }).click();
    await page.getByText('Required fields are missing').waitFor();
    await page.getByRole('textbox', { name: 'Name' }).fill('Curie');
    await page.getByRole('combobox', { name: 'Status' }).focus();
    await page.getByRole('combobox', { name: 'Status' }).click();
    await page.getByRole('option', { name: 'Working - Contacted' }).click();
    await page.getByRole('button', { name: 'Create lead' }).click();

    await page.getByRole('heading', { name: 'Curie', level: 1 }).waitFor();
    assert.equal(await page.locator('[data-field=Status]').textContent(), 'Working - Contacted');
    await page.getByText('The local org has no component force:unheardOf.').waitFor();
    await probe('company').filter({ hasText: 'Fixture' }).waitFor();
    await page.getByRole('button', { name: 'Rename' }).click();
    await probe('company').filter({ hasText: 'Renamed' }).waitFor();
    assert.deepEqual(errors, []);
    await open('/lightning/o/Lead/list');
    await page.getByRole('link', { name: 'Curie' }).first().waitFor();
    await page.context().close();
  });
}

test('a record is made, refused with its reason at the field, mended and found again', async () => {
  const { page, errors } = await logIn(browser, org.url, 'Mina Manager', '/lightning/n/Fixture_Note__c');
  await page.getByRole('link', { name: 'New' }).click();
  await page.getByLabel('Note Name').fill('A first note');
  await page.getByLabel('Kind').fill('short');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Say something.').waitFor();
  assert.equal(await page.getByLabel('Text').getAttribute('aria-invalid'), 'true');
  await page.getByLabel('Text').fill('Something');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'A first note', level: 1 }).waitFor();
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByLabel('Text').fill('Something else');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('[data-field=Text__c]').filter({ hasText: 'Something else' }).waitFor();
  await page.getByRole('link', { name: 'Notes' }).click();
  await page.getByLabel('Search this list').fill('first');
  await page.getByRole('link', { name: 'A first note' }).waitFor();
  await page.getByLabel('Search this list').fill('second');
  await page.getByText('Nothing found.').waitFor();
  assert.deepEqual(errors, []);
  await page.context().close();
});

test('who may only read is offered no change, and refused one', async () => {
  const { page } = await logIn(browser, org.url, 'Vera Viewer', '/lightning/n/Fixture_Home');
  await page.getByText('Probe & more').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Manage' }).count(), 0);
  await page.getByRole('link', { name: 'Notes' }).click();
  await page.getByRole('heading', { name: 'Notes' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'New' }).count(), 0);
  // Scripts of the page are text: the tests are checked without the types of a browser.
  const refused = await page.evaluate<number>(`fetch('/lightning/api/ui-api/records', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ apiName: 'Fixture_Note__c', fields: { Name: 'x', Text__c: 'x', Kind__c: 'x' } }),
  }).then(({ status }) => status)`);
  assert.ok(refused >= 400);
  await page.context().close();
});

test('who has no permission set of the app sees neither it nor its pages', async () => {
  const { page, open } = await logIn(browser, org.url, 'Sam Seller', '/lightning/n/Fixture_Home');
  await page.getByText('This page does not exist, or you have no access to it.').waitFor();
  await page.getByRole('button', { name: 'App Launcher' }).click();
  assert.deepEqual(await page.getByRole('menuitem').locator('strong').allTextContents(), ['Sales']);
  await open('/lightning/o/Fixture_Note__c/list');
  await page.getByRole('alert').waitFor();
  await page.context().close();
});

test('a Lightning session opens no API', async () => {
  const { page } = await logIn(browser, org.url, 'Mina Manager', '/lightning/o/Lead/list');
  const cookies = await page.context().cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const token = cookies[0]?.value ?? '';
  assert.ok(cookies.every(({ httpOnly, sameSite }) => httpOnly && sameSite === 'Strict'));
  for (const headers of [{ cookie }, { authorization: `Bearer ${token}` }]) {
    const answer = await fetch(`${org.url}/services/data/v66.0/limits`, { headers });
    assert.equal(answer.status, 401);
  }
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('heading', { name: 'Log in to the local org' }).waitFor();
  assert.equal((await fetch(`${org.url}/lightning/api/ui-api/object-info/Lead`, { headers: { cookie } })).status, 401);
  await page.context().close();
});

for (const [name, viewport] of [
  ['desktop', { width: 1280, height: 900 }],
  ['phone', PHONE],
] as const) {
  test(`axe finds nothing serious at ${name} width, and nothing is cut off`, async () => {
    const { page, open } = await logIn(browser, org.url, 'Mina Manager', '/lightning/n/Fixture_Home', viewport);
    await page.getByText('Probe & more').waitFor();
    for (const path of ['/lightning/n/Fixture_Home', '/lightning/o/Fixture_Note__c/list', '/lightning/o/Lead/new']) {
      await open(path);
      assert.deepEqual([path, await seriousViolations(page)], [path, []]);
      const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      assert.ok(overflow <= 0, `${path} is ${overflow} px wider than the screen`);
    }
    await page.context().close();
  });
}

test('axe is heard: a button without a name is serious', async () => {
  const { page } = await logIn(browser, org.url, 'Mina Manager', '/lightning/o/Lead/list');
  await page.evaluate("document.body.append(document.createElement('button'))");
  assert.match((await seriousViolations(page)).join('\n'), /button-name/);
  await page.context().close();
});
