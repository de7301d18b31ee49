import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { inspect } from 'node:util';
import { createLocalOrg, listen } from '../../../local/org/index.ts';
import { CredentialsError } from '../../engine/index.ts';
import { loginBySfAlias } from '../index.ts';

// A home of its own, so that neither the logins nor the keychain of whoever runs the tests are touched.
const home = mkdtempSync(join(tmpdir(), 'plumbline-sf-'));
Object.assign(process.env, {
  HOME: home,
  USERPROFILE: home,
  SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
  SF_DISABLE_TELEMETRY: 'true',
});
after(() => rmSync(home, { recursive: true, force: true }));

test('the login that the sf CLI holds for an alias opens the local org', async () => {
  const org = createLocalOrg();
  const door = await listen(org, 0);
  try {
    const { AuthInfo } = await import('@salesforce/core');
    const accessToken = org.issueToken(org.core.adminUserId);
    const accessTokenOptions = { accessToken, instanceUrl: door.instanceUrl, loginUrl: door.instanceUrl };
    const info = await AuthInfo.create({ accessTokenOptions });
    await info.save();
    await info.handleAliasAndDefaultSettings({ alias: 'local', setDefault: false, setDefaultDevHub: false });
    assert.deepEqual(await loginBySfAlias('local').login(), { accessToken, instanceUrl: door.instanceUrl });
  } finally {
    await door.close();
  }
});

test('an alias that the sf CLI does not hold says what to do', async () => {
  const thrown: unknown = await loginBySfAlias('nowhere')
    .login()
    .catch((cause: unknown) => cause);
  assert.ok(thrown instanceof CredentialsError, inspect(thrown));
  assert.match(thrown.message, /no usable login for nowhere/);
  assert.match(thrown.actions.join(), /sf org login web/);
});
