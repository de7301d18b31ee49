import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { checkMetadata } from '../check/metadata/index.ts';
import { externalClientApp } from './external-client-app.ts';

const app = {
  name: 'Plumbline',
  contactEmail: 'a&b@example.com',
  certificate: '-----BEGIN CERTIFICATE-----\nMIIB\nAQ==\n-----END CERTIFICATE-----\n',
  consumerKey: '3MVG9abc',
};

test('K-44: the app that the worker logs in through is metadata that the platform knows', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-app-'));
  for (const [path, content] of externalClientApp(app)) {
    if (path === 'package.xml') continue;
    // The check reads source format, whose files have a longer name.
    const file = join(folder, `${path}-meta.xml`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  const { files, problems } = checkMetadata(folder);
  rmSync(folder, { recursive: true });
  assert.equal(files, 5);
  assert.deepEqual(problems, []);
});

test('its certificate stands in it without armour, its scope is api, and only pre-authorised users come in', () => {
  const all = [...externalClientApp(app).values()].join('');
  assert.match(all, /<certificate>MIIBAQ==<\/certificate>/);
  assert.match(all, /<commaSeparatedOauthScopes>Api<\/commaSeparatedOauthScopes>/);
  assert.match(all, /<permittedUsersPolicyType>AdminApprovedPreAuthorized</);
  assert.match(all, /a&amp;b@example\.com/);
});

test('the package names every component that is in it', () => {
  const files = externalClientApp(app);
  const listed = [...(files.get('package.xml') ?? '').matchAll(/<members>(\w+)<\/members>/g)].map(([, name]) => name);
  const present = [...files.keys()]
    .filter((path) => path !== 'package.xml')
    .map((path) => path.split('/')[1]?.split('.')[0]);
  assert.deepEqual(listed, present);
});
