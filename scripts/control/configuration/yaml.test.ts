import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { SettingsError } from '../../engine/index.ts';
import { drafts } from './testing/drafts.ts';
import { formatConfiguration, mergeDrafts, parseConfiguration } from './yaml.ts';

const file = `connections:
  - name: iterable
    system: iterable
syncs:
  - name: leads
    connection: iterable
    direction: salesforceToSystem
    salesforceObject: Lead
    systemObject: user
    key: { source: Email, target: email }
    include: all
    mappings:
      - { source: Email, target: email }
`;

test('N-09: any draft is the same after it was written to a file and read back', () => {
  fc.assert(
    fc.property(drafts, (draft) => assert.deepEqual(parseConfiguration(formatConfiguration(draft), 'a.yaml'), draft)),
  );
});

test('N-09: the text of a draft is the same whenever it is written', () => {
  fc.assert(
    fc.property(drafts, (draft) => {
      const text = formatConfiguration(draft);
      assert.equal(formatConfiguration(parseConfiguration(text, 'a.yaml')), text);
    }),
  );
});

test('K-12, K-31: what a file leaves out has a safe default', () => {
  const [sync] = parseConfiguration(file, 'a.yaml').syncs;
  assert.deepEqual(sync?.rules, { create: true, update: true, delete: 'ignore' });
  assert.deepEqual(sync?.schedule, { pollSeconds: 60 });
  assert.equal(sync?.mappings[0]?.blank, 'keep');
});

test('K-13: a sync that does not say which records take part is refused at its place', () => {
  assertRefused(
    file.replace('    include: all\n', ''),
    /a\.yaml:5:5: syncs\.leads\.include: say which records take part/,
  );
});

test('a misspelt word is refused with its line and column', () => {
  assertRefused(
    file.replace('blank', 'blnk').replace('target: email }\n', 'target: email, blnk: keep }\n'),
    /a\.yaml:\d+:\d+: .*blnk/,
  );
});

test('a sync whose connection is not there is told which there are', () => {
  assertRefused(
    file.replace('connection: iterable', 'connection: pendo'),
    /no connection named "pendo" \(there are: iterable\)/,
  );
});

test('a target that two mappings write is refused', () => {
  assertRefused(
    `${file}      - { source: Name, target: email }\n`,
    /a\.yaml:14:\d+: syncs\.leads\.mappings\[1\]\.target: "email" is there twice/,
  );
});

test('broken YAML is told with its line', () => {
  assertRefused(file.replace('connections:', 'connections: ]'), /a\.yaml:1:\d+:/);
});

test('two files that bring the same sync are refused', () => {
  const draft = parseConfiguration(file, 'a.yaml');
  assert.throws(() => mergeDrafts([draft, draft]), /"leads" is there twice/);
});

function assertRefused(text: string, message: RegExp): void {
  assert.throws(
    () => parseConfiguration(text, 'a.yaml'),
    (error) => {
      assert.ok(error instanceof SettingsError);
      assert.match(error.message, message);
      assert.ok(error.actions.length > 0);
      return true;
    },
  );
}
