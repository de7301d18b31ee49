import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readSecrets, secretOf, writeSecrets } from './secrets.ts';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-secrets-'));
after(() => rmSync(folder, { recursive: true }));
const org = '00D000000000001EAA';
const copy = '00D000000000002EAA';
const wanted = { orgId: org, connection: 'iterable', secret: 'apiKey' };

test('what was written is read back, from a file that only its owner can read', () => {
  const file = join(folder, 'a', 'secrets.json');
  const secrets = { orgs: { [org]: { connections: { iterable: { apiKey: 'k-1' } } } } };
  writeSecrets(file, secrets);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.deepEqual(readSecrets(file), secrets);
});

test('a file that others can read is refused, with the mend', () => {
  const file = join(folder, 'open.json');
  writeFileSync(file, '{"orgs":{}}', { mode: 0o600 });
  for (const mode of [0o640, 0o604, 0o660]) {
    chmodSync(file, mode);
    assert.throws(() => readSecrets(file), /can be read by others \(mode 6/);
  }
});

test('no error about the file quotes what is in it', () => {
  const file = join(folder, 'broken.json');
  for (const content of ['{"orgs": "sesame-1"', '{"orgs":{"00D":{"sesame-1":1}}}']) {
    writeFileSync(file, content, { mode: 0o600 });
    assert.throws(
      () => readSecrets(file),
      (error) => error instanceof Error && !error.message.includes('sesame-1'),
    );
  }
});

test('K-40, N-15: a secret is found for its own org and connection only', () => {
  const file = join(folder, 'bound.json');
  writeSecrets(file, { orgs: { [org]: { connections: { iterable: { apiKey: 'k-1' } } } } });
  const places = { environment: {}, file };
  assert.equal(secretOf(wanted, places), 'k-1');
  assert.equal(secretOf({ ...wanted, orgId: copy }, places), undefined);
  assert.equal(secretOf({ ...wanted, connection: 'iterable-eu' }, places), undefined);
});

test('the environment comes before the file, by the long name before the short one', () => {
  const file = join(folder, 'none.json');
  assert.equal(secretOf(wanted, { environment: { PLUMBLINE_ITERABLE_KEY: 'short' }, file }), 'short');
  const both = { PLUMBLINE_ITERABLE_KEY: 'short', PLUMBLINE_ITERABLE_API_KEY: 'long' };
  assert.equal(secretOf(wanted, { environment: both, file }), 'long');
  assert.equal(secretOf(wanted, { environment: {}, file }), undefined);
});

test('P-19: a login is by OAuth: a key or an app’s secret is stored, and a password of a user is refused', () => {
  const file = join(folder, 'password.json');
  const jwt = { kind: 'jwt', clientId: 'c', username: 'u@x.example', privateKey: 'k', loginUrl: 'https://x.example' };
  for (const login of [
    { ...jwt, password: 'sesame' },
    { kind: 'password', username: 'u', password: 'sesame' },
  ]) {
    writeFileSync(file, JSON.stringify({ orgs: { [org]: { login, connections: {} } } }), { mode: 0o600 });
    assert.throws(() => readSecrets(file), { name: 'SettingsError' });
  }
  writeFileSync(file, JSON.stringify({ orgs: { [org]: { login: jwt, connections: {} } } }), { mode: 0o600 });
  assert.deepEqual(Object.keys(readSecrets(file).orgs[org]?.login ?? {}), Object.keys(jwt));
});
