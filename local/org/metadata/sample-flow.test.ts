import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createLocalOrg } from '../server/index.ts';

const sample = 'samples/activity-drops';
const flow = 'main/default/flows/Plumbline_Activity_Drops.flow-meta.xml';

/** Deploys the sample with one change of its flow; what is wrong with it then. */
function changed(org: ReturnType<typeof createLocalOrg>, from: string, to: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-flow-'));
  cpSync(sample, folder, { recursive: true });
  const text = readFileSync(join(folder, flow), 'utf8');
  assert(text.includes(from), from);
  writeFileSync(join(folder, flow), text.replaceAll(from, to));
  const { componentFailures } = org.deployPackage(folder).details;
  rmSync(folder, { recursive: true });
  return componentFailures.map(({ problem }) => problem ?? '');
}

test('P-67: the sample flow "activity drops, task for the account owner" deploys beside the package, strictly judged', () => {
  const org = createLocalOrg({ seed: 3 });
  org.deployPackage('force-app');
  const failing = [
    ['$Record.Record_Id__c', '$Record.Record__c', /Plumbline_Values_Changed__e\.Record__c/],
    ['Get_Account.Pendo_DaysActive_Last7Days__c', 'Get_Account.Pendo_Days__c', /Account\.Pendo_Days__c/],
    ['{!Get_Account.Pendo_DaysActive_Last30Days__c}', '{!Get_Account.Nope__c}', /Account\.Nope__c/],
    ['<elementReference>Due_Date', '<elementReference>Due', /"Due"/],
    ['<field>WhatId', '<field>Whatever', /Task\.Whatever/],
    ['Plumbline_Values_Changed__e', 'Account', /needs an event/],
  ] as const;
  for (const [from, to, problem] of failing) assert.match(changed(org, from, to).join('\n'), problem);
  const { success, details } = org.deployPackage(sample);
  assert.deepEqual(details.componentFailures, []);
  assert(success);
});

test('P-67: without the package the sample says what it lacks', () => {
  const { componentFailures } = createLocalOrg({ seed: 4 }).deployPackage(sample).details;
  assert.match(componentFailures.map(({ problem }) => problem).join('\n'), /Plumbline_Values_Changed__e/);
});
