import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { checkMetadata } from './index.ts';

const original = fileURLToPath(new URL('../../../force-app', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'plumbline-metadata-'));
cpSync(original, copy, { recursive: true });
after(() => rmSync(copy, { recursive: true }));

const objects = 'main/default/objects';
const field = `${objects}/Plumbline_Run__c/fields/Run_Id__c.field-meta.xml`;
const rights = 'main/default/permissionsets/Plumbline_Viewer.permissionset-meta.xml';

test('the package has no mistake that this check knows', () => {
  const { files, problems } = checkMetadata(original);
  assert.ok(files > 100);
  assert.deepEqual(problems, []);
});

const planted: readonly (readonly [what: string, file: string, from: string | RegExp, to: string, message: RegExp])[] =
  [
    ['an unknown element', field, '<label>', '<lable>x</lable><label>', /CustomField has no element lable/],
    ['a wrong word', field, '>Text<', '>Txt<', /"Txt" is no FieldType/],
    [
      'a missing element that the typing requires',
      rights,
      /<label>.*<\/label>/,
      '',
      /PermissionSet needs the element label/,
    ],
    [
      'a missing element that the type of field requires',
      field,
      /<length>.*<\/length>/,
      '',
      /a Text field needs length/,
    ],
    ['an element that stands twice', field, '<unique>', '<unique>true</unique><unique>', /unique stands twice/],
    ['text that is no boolean', field, '<unique>true', '<unique>yes', /unique is true or false/],
    ['text that is no number', field, '<length>64', '<length>many', /length is a number/],
    [
      'a name that is not the file’s',
      field,
      '<fullName>Run_Id__c',
      '<fullName>Run__c',
      /fullName Run__c and the file's name differ/,
    ],
    ['XML that does not end', field, '</CustomField>', '', /CustomField/],
    [
      'a lookup to nowhere',
      `${objects}/Plumbline_Run__c/fields/Sync__c.field-meta.xml`,
      'Plumbline_Sync__c',
      'Plumbline_Sink__c',
      /no object Plumbline_Sink__c/,
    ],
    [
      'a column that is no field',
      `${objects}/Plumbline_Run__c/listViews/All.listView-meta.xml`,
      'Kind__c',
      'Kin__c',
      /no field Plumbline_Run__c\.Kin__c/,
    ],
    [
      'a formula over no field',
      `${objects}/Plumbline_Run__c/fields/Balanced__c.field-meta.xml`,
      'Held__c',
      'Hold__c',
      /no field Plumbline_Run__c\.Hold__c/,
    ],
    [
      'rights to no field',
      rights,
      'Plumbline_Issue__c.Reason__c',
      'Plumbline_Issue__c.Reson__c',
      /no field Plumbline_Issue__c\.Reson__c/,
    ],
    [
      'rights to a required field',
      rights,
      'Plumbline_Issue__c.Reason__c',
      'Plumbline_Issue__c.Outcome__c',
      /Outcome__c is required/,
    ],
    [
      'a tab of no object',
      'main/default/applications/Plumbline.app-meta.xml',
      'Plumbline_Run__c',
      'Plumbline_Rum__c',
      /no CustomTab Plumbline_Rum__c/,
    ],
  ];

for (const [what, file, from, to, message] of planted) {
  test(`${what} is found, with its file and line`, () => {
    const path = join(copy, file);
    const before = readFileSync(path, 'utf8');
    writeFileSync(path, before.replace(from, to));
    assert.notEqual(readFileSync(path, 'utf8'), before, 'the mistake was planted');
    const { problems } = checkMetadata(copy);
    writeFileSync(path, before);
    const found = problems.filter((problem) => message.test(problem.message));
    assert.ok(found.length > 0, JSON.stringify(problems));
    for (const problem of found) {
      assert.equal(problem.file, file);
      assert.ok(problem.line >= 1 && problem.line <= before.split('\n').length);
    }
  });
}
