import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createLocalOrg } from '../index.ts';
import type { Org } from '../core/index.ts';
import { createApex, type Apex, type ApexSource } from './index.ts';

const folder = fileURLToPath(new URL('../../../force-app', import.meta.url));

/** A bug put into a copy of the package's Apex, and the tests of the package that must turn red. */
const BUGS: readonly (readonly [className: string, right: string, wrong: string, tests: string])[] = [
  [
    'PlumblineCommandGuard',
    '!PlumblineCommandKinds.isAllowed',
    'PlumblineCommandKinds.isAllowed',
    'PlumblineCommand_Tests',
  ],
  [
    'PlumblineCommandGuard',
    'command.Expires_At__c > latest',
    'command.Expires_At__c < latest',
    'PlumblineCommand_Tests',
  ],
  [
    'PlumblineCommandGuard',
    'command.Expires_At__c <= System.now()',
    'command.Expires_At__c == null',
    'PlumblineCommand_Tests',
  ],
  ['PlumblineCommandGuard', '&& hasEnded(old)', '&& !hasEnded(old)', 'PlumblineCommand_Tests'],
  [
    'PlumblineCommandGuard',
    'old.Claimed_By__c != null && command.Claimed_By__c != old.Claimed_By__c',
    'false',
    'PlumblineCommand_Tests',
  ],
  ['PlumblineAnswerFilter', "fields.remove('key')", "fields.get('key')", 'PlumblineAnswer_Tests'],
  ['PlumblineAnswerFilter', '!readableRecords.contains', 'readableRecords.contains', 'PlumblineAnswer_Tests'],
  ['PlumblineAnswerFilter', 'fields.remove(name)', 'fields.get(name)', 'PlumblineAnswer_Tests'],
  ['PlumblinePostCopy', 'worker.Store_Id__c = null;', '', 'PlumblineWatch_Tests'],
  ['PlumblineSchedule', '!scheduled.contains', 'scheduled.contains', 'PlumblineActivation_Tests'],
];

let org: Org;
let sources: readonly ApexSource[];
let labels: ReadonlyMap<string, string>;

function apexOf(changed: readonly ApexSource[]): Apex {
  let number = 0;
  return createApex({
    org: org.fork(),
    sources: () => changed,
    label: (name) => labels.get(name.toLowerCase()),
    hasLabel: (name) => labels.has(name.toLowerCase()),
    orgLimits: () => new Map(['DailyApiRequests', 'DataStorageMB'].map((name) => [name, { used: 1, limit: 100_000 }])),
    random: () => 0.5,
    nextId: (prefix) => `${prefix}${String(++number).padStart(12, '0')}AAA`,
  });
}

/** The test methods of a class that fail. */
const redOf = (apex: Apex, tests: string): readonly string[] =>
  apex
    .runTests([tests])
    .results.filter(({ outcome }) => outcome === 'Fail')
    .map(({ methodName }) => methodName);

before(() => {
  const local = createLocalOrg({ seed: 7 });
  const { status, details } = local.deployPackage(folder);
  assert.equal(status, 'Succeeded', JSON.stringify(details.componentFailures.slice(0, 5)));
  org = local.core;
  const read = (pattern: string, kind: ApexSource['kind'], end: string) =>
    globSync(pattern, { cwd: folder }).map((path) => ({
      kind,
      name: basename(path, end),
      text: readFileSync(`${folder}/${path}`, 'utf8'),
    }));
  sources = [...read('**/*.cls', 'class', '.cls'), ...read('**/*.trigger', 'trigger', '.trigger')];
  const text = globSync('**/*.labels-meta.xml', { cwd: folder })
    .map((path) => readFileSync(`${folder}/${path}`, 'utf8'))
    .join('');
  labels = new Map(
    [...text.matchAll(/<fullName>(.*?)<\/fullName>[\s\S]*?<value>([\s\S]*?)<\/value>/g)].map(
      ([, name = '', value = '']) => [name.toLowerCase(), value],
    ),
  );
});

for (const [className, right, wrong, tests] of BUGS) {
  test(`${className} with "${wrong}" for "${right}" turns ${tests} red`, () => {
    const changed = sources.map((source) =>
      source.name === className ? { ...source, text: source.text.replace(right, wrong) } : source,
    );
    assert.notDeepEqual(changed, sources, `${className} has no "${right}" any more: seed another bug`);
    const before = new Set(redOf(apexOf(sources), tests));
    const turned = redOf(apexOf(changed), tests).filter((method) => !before.has(method));
    assert.notDeepEqual(turned, []);
  });
}
