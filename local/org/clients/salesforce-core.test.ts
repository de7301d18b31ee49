import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createLocalOrg, listen } from '../index.ts';
import type { ListeningOrg, LocalOrg } from '../index.ts';

// `@salesforce/core` reads its home and its settings when it is loaded.
let home: string;
let org: LocalOrg;
let http: ListeningOrg;

before(async () => {
  home = mkdtempSync(join(tmpdir(), 'plumbline-core-'));
  Object.assign(process.env, {
    HOME: home,
    SF_DISABLE_TELEMETRY: 'true',
    SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
    SF_DISABLE_LOG_FILE: 'true',
  });
  org = createLocalOrg();
  http = await listen(org, 0);
});

after(async () => {
  await http.close();
  rmSync(home, { recursive: true, force: true });
});

test('@salesforce/core logs in by a token, finds the org and its user, and reads and writes records', async () => {
  const { AuthInfo, Connection, Org } = await import('@salesforce/core');
  const accessToken = org.issueToken(org.core.adminUserId);
  const authInfo = await AuthInfo.create({
    username: accessToken,
    accessTokenOptions: { accessToken, instanceUrl: http.instanceUrl },
  });
  const connection = await Connection.create({ authInfo });
  connection.setApiVersion('66.0');
  const found = await Org.create({ connection });
  const organization = await connection.singleRecordQuery<{ Id: string }>('SELECT Id FROM Organization');
  assert.equal(organization.Id, org.core.id);
  assert.equal(found.getConnection().instanceUrl.replace(/\/$/, ''), http.instanceUrl);
  const saved = await connection.sobject('Lead').create({ LastName: 'Core', Company: 'C' });
  assert.equal(saved.success, true);
  const leads = await connection.query<{ LastName: string }>('SELECT LastName FROM Lead');
  assert.deepEqual(
    leads.records.map(({ LastName }) => LastName),
    ['Core'],
  );
  const profiles = await connection.tooling.query<{ Name: string }>('SELECT Name FROM Profile ORDER BY Name LIMIT 1');
  assert.equal(profiles.records.length, 1);
  assert.ok((await connection.metadata.list({ type: 'CustomObject' }, '66.0')).length >= 0);
});
