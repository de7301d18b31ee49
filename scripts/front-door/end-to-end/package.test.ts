import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Org } from '../main-job.ts';
import { create, query } from './chain.ts';
import { startWithNpm, type NpmEntry } from './npm-entry.ts';
import { loginWithSf, type RunSf } from './sf.ts';

const endWithinMilliseconds = 5_000;
const emptyManifest = `<?xml version="1.0" encoding="UTF-8"?>
<Package xmlns="http://soap.sforce.com/2006/04/metadata">
    <version>66.0</version>
</Package>
`;
const addedField = `<?xml version="1.0" encoding="UTF-8"?>
<CustomField xmlns="http://soap.sforce.com/2006/04/metadata">
    <fullName>Added_By_Upgrade__c</fullName>
    <label>Added By Upgrade</label>
    <length>40</length>
    <required>false</required>
    <type>Text</type>
</CustomField>
`;

const addedRight = `<fieldPermissions>
        <editable>true</editable>
        <field>Plumbline_Sync__c.Added_By_Upgrade__c</field>
        <readable>true</readable>
    </fieldPermissions>
    `;

describe('the package by the sf CLI', { skip: process.platform !== 'linux' && 'reads /proc' }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-package-'));
  const project = join(folder, 'project');
  let empty: NpmEntry;
  let org: Org;
  let sf: RunSf;

  before(async () => {
    empty = startWithNpm(['local:org', '--', '--port', '0', '--empty', '--json']);
    org = (await empty.answer) as unknown as Org;
    // An org takes no TypeScript: as README says, it is compiled before a deploy.
    using compiled = startWithNpm(['components']);
    assert.equal(await compiled.ended, 0);
    for (const each of [join(folder, 'home'), project]) mkdirSync(each);
    for (const each of ['sfdx-project.json', '.forceignore', 'force-app'])
      cpSync(each, join(project, each), { recursive: true });
    sf = await loginWithSf(org, join(folder, 'home'), project);
  });

  after(async () => {
    empty.npm.kill('SIGTERM');
    await empty.gone(endWithinMilliseconds);
    empty[Symbol.dispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  const deploy = (...words: readonly string[]): Promise<unknown> => sf(['project', 'deploy', 'start', ...words]);

  /** Names of the fields of an object; undefined when the org has no such object. */
  async function fieldsOf(object: string): Promise<readonly string[] | undefined> {
    const headers = { authorization: `Bearer ${org.accessToken}` };
    const answer = await fetch(`${org.instanceUrl}/services/data/v66.0/sobjects/${object}/describe`, { headers });
    if (answer.status === 404) return undefined;
    return ((await answer.json()) as { fields: { name: string }[] }).fields.map(({ name }) => name);
  }

  const inPackage = (path: string): string => join(project, 'force-app/main/default', path);

  test('N-08: local:org --empty has no package until sf project deploy start brings it', async () => {
    assert.equal(await fieldsOf('Plumbline_Sync__c'), undefined);
    await deploy('--source-dir', 'force-app');
    assert.ok(await fieldsOf('Plumbline_Sync__c'));
  });

  test('an upgrade keeps the data: configuration, runs and business records are as they were', async () => {
    const [set] = await query<{ Id: string }>(org, "SELECT Id FROM PermissionSet WHERE Name = 'Plumbline_Admin'");
    const [admin] = await query<{ Id: string }>(org, "SELECT Id FROM User WHERE Name = 'Admin User'");
    await create(org, 'PermissionSetAssignment', { PermissionSetId: set?.Id, AssigneeId: admin?.Id });
    const connection = await create(org, 'Plumbline_Connection__c', {
      Name: 'Mail',
      Unique_Name__c: 'mail',
      System__c: 'iterable',
    });
    const sync = await create(org, 'Plumbline_Sync__c', {
      Name: 'People',
      Unique_Name__c: 'people',
      Connection__c: connection,
      Salesforce_Object__c: 'Lead',
      System_Object__c: 'user',
      Direction__c: 'salesforceToSystem',
      Key_Source__c: 'Email',
      Key_Target__c: 'email',
    });
    await create(org, 'Plumbline_Run__c', {
      Run_Id__c: 'one',
      Sync__c: sync,
      Sync_Name__c: 'people',
      Kind__c: 'backfill',
      State__c: 'finished',
      Started_At__c: new Date(0).toISOString(),
      Read__c: 7,
      Created__c: 7,
    });
    await create(org, 'Lead', { LastName: 'Kept', Company: 'Acme' });
    const data = async (): Promise<unknown> => [
      await query(
        org,
        'SELECT Name, Unique_Name__c, Connection__r.Unique_Name__c, Key_Source__c FROM Plumbline_Sync__c',
      ),
      await query(org, 'SELECT Run_Id__c, Sync__c, Read__c, Created__c, Balanced__c FROM Plumbline_Run__c'),
      await query(org, 'SELECT Id, LastName, LastModifiedDate FROM Lead'),
      await query(org, `SELECT AssigneeId FROM PermissionSetAssignment WHERE PermissionSetId = '${set?.Id}'`),
    ];
    const before = await data();
    writeFileSync(inPackage('objects/Plumbline_Sync__c/fields/Added_By_Upgrade__c.field-meta.xml'), addedField);
    const admins = inPackage('permissionsets/Plumbline_Admin.permissionset-meta.xml');
    writeFileSync(
      admins,
      readFileSync(admins, 'utf8').replace('<fieldPermissions>', `${addedRight}<fieldPermissions>`),
    );
    await deploy('--source-dir', 'force-app');
    assert.ok((await fieldsOf('Plumbline_Sync__c'))?.includes('Added_By_Upgrade__c'));
    assert.deepEqual(await data(), before);
  });

  test('an upgrade that does not compile changes nothing', async () => {
    const broken = inPackage('classes/PlumblineHealth.cls');
    const content = readFileSync(broken, 'utf8');
    const admins = inPackage('permissionsets/Plumbline_Admin.permissionset-meta.xml');
    const rights = readFileSync(admins, 'utf8');
    writeFileSync(broken, content.replace('public', 'publick'));
    writeFileSync(admins, rights.replace(/<description>.*<\/description>/, '<description>Never there</description>'));
    await assert.rejects(deploy('--source-dir', 'force-app'), /PlumblineHealth/);
    writeFileSync(broken, content);
    writeFileSync(admins, rights);
    const never = "SELECT Id FROM PermissionSet WHERE Description = 'Never there'";
    assert.deepEqual(await query(org, never), []);
    assert.equal((await query(org, 'SELECT Id FROM Plumbline_Run__c')).length, 1);
  });

  test('uninstalled by a destructive change, nothing of it is left, and what is not its own stays', async () => {
    const written = await sf<{ path: string }>([
      ...['project', 'generate', 'manifest', '--source-dir', 'force-app', '--type', 'post'],
    ]);
    writeFileSync(join(project, 'empty.xml'), emptyManifest);
    await deploy('--manifest', 'empty.xml', '--post-destructive-changes', written.path);
    for (const object of ['Plumbline_Sync__c', 'Plumbline_Run__c', 'Plumbline_Doorbell__e', 'Plumbline_Setting__mdt'])
      assert.equal(await fieldsOf(object), undefined, object);
    const left = await sf<readonly { fullName: string }[]>(['org', 'list', 'metadata', '--metadata-type', 'ApexClass']);
    assert.deepEqual(left, []);
    assert.deepEqual(await query(org, "SELECT Id FROM PermissionSet WHERE Name LIKE 'Plumbline%'"), []);
    assert.equal((await query(org, "SELECT Id FROM Lead WHERE LastName = 'Kept'")).length, 1);
  });
});
