import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readElement, textAt, textsAt, type Element } from './metadata/xml.ts';

function permissionSet(name: string): Element {
  const url = new URL(`../../force-app/main/default/permissionsets/${name}.permissionset-meta.xml`, import.meta.url);
  const element = readElement(readFileSync(fileURLToPath(url), 'utf8'));
  assert.ok('name' in element);
  return element;
}

/** The objects on which a permission set gives one of these rights. */
function objectsWith(set: Element, rights: readonly string[]): readonly string[] {
  return textsAt(set, 'objectPermissions')
    .filter((each) => rights.some((right) => textAt(each, right) === 'true'))
    .map((each) => textAt(each, 'object') ?? '')
    .toSorted();
}

const writing = ['allowCreate', 'allowEdit', 'allowDelete', 'modifyAllRecords'];

test('I-02: the integration user may write no business record and no configuration', () => {
  const set = permissionSet('Plumbline_Integration_User');
  assert.deepEqual(objectsWith(set, writing), [
    'Plumbline_Command__c',
    'Plumbline_Issue__c',
    'Plumbline_Progress__e',
    'Plumbline_Run__c',
    'Plumbline_Values_Changed__e',
    'Plumbline_Worker__c',
  ]);
  for (const right of textsAt(set, 'fieldPermissions')) {
    if (!textAt(right, 'field')?.startsWith('Plumbline_')) assert.equal(textAt(right, 'editable'), 'false');
  }
});

test('the integration user sees every change of what it syncs, which takes View All', () => {
  const seen = objectsWith(permissionSet('Plumbline_Integration_User'), ['viewAllRecords']);
  for (const object of ['Lead', 'Contact', 'Account']) assert.ok(seen.includes(object));
});

test('a viewer writes nothing but questions to the worker, which the org judges by their kind', () => {
  assert.deepEqual(objectsWith(permissionSet('Plumbline_Viewer'), writing), ['Plumbline_Command__c']);
});

test('who sees the app is told of progress, and nobody but the trigger rings the doorbell', () => {
  for (const name of ['Viewer', 'Operator', 'Admin']) {
    const set = permissionSet(`Plumbline_${name}`);
    assert.ok(objectsWith(set, ['allowRead']).includes('Plumbline_Progress__e'));
    assert.ok(!objectsWith(set, writing).some((object) => object.endsWith('__e')), name);
  }
  assert.ok(!objectsWith(permissionSet('Plumbline_Integration_User'), writing).includes('Plumbline_Doorbell__e'));
});

test('answers can hold values: who is no admin reads them through Apex alone, which filters them', () => {
  for (const name of ['Viewer', 'Operator']) {
    const fields = textsAt(permissionSet(`Plumbline_${name}`), 'fieldPermissions', 'field').map((each) => each.text);
    assert.ok(fields.includes('Plumbline_Command__c.Answered_At__c'));
    assert.ok(!fields.includes('Plumbline_Command__c.Answer__c'));
  }
});

test('only an admin may activate', () => {
  const mayActivate = ['Admin', 'Operator', 'Viewer', 'Integration_User'].filter((name) =>
    textsAt(permissionSet(`Plumbline_${name}`), 'customPermissions', 'name').some(
      (each) => each.text === 'Plumbline_Activate',
    ),
  );
  assert.deepEqual(mayActivate, ['Admin']);
});
