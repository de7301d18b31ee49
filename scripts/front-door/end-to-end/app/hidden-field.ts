import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { deployForceApp } from '../../../../local/org/server/index.ts';
import type { Org } from '../../main-job.ts';
import { create, query } from '../chain.ts';

const metadata = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

/** A field of leads that only its permission set shows, which also lets its owner publish what the package publishes. */
const files: Readonly<Record<string, string>> = {
  'objects/Lead/fields/Salary__c.field-meta.xml': `<?xml version="1.0" encoding="UTF-8"?>
<CustomField ${metadata}>
    <fullName>Salary__c</fullName>
    <label>Salary</label>
    <length>40</length>
    <required>false</required>
    <type>Text</type>
</CustomField>`,
  'permissionsets/Sees_Salary.permissionset-meta.xml': `<?xml version="1.0" encoding="UTF-8"?>
<PermissionSet ${metadata}>
    <fieldPermissions>
        <editable>true</editable>
        <field>Lead.Salary__c</field>
        <readable>true</readable>
    </fieldPermissions>
    <hasActivationRequired>false</hasActivationRequired>
    <label>Sees Salary</label>
    <objectPermissions>
        <allowCreate>true</allowCreate>
        <allowDelete>false</allowDelete>
        <allowEdit>false</allowEdit>
        <allowRead>true</allowRead>
        <modifyAllRecords>false</modifyAllRecords>
        <object>Plumbline_Doorbell__e</object>
        <viewAllRecords>false</viewAllRecords>
    </objectPermissions>
</PermissionSet>`,
};

/** Gives leads the field `Salary__c`, which the admin sees and nobody else, and has the configuration map it. */
export async function addHiddenField(org: Org, folder: string, configuration: string): Promise<void> {
  const source = join(folder, 'hidden-field');
  for (const [path, content] of Object.entries(files)) {
    const file = join(source, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  await deployForceApp(org.instanceUrl, org.accessToken, source);
  const [set] = await query<{ Id: string }>(org, "SELECT Id FROM PermissionSet WHERE Name = 'Sees_Salary'");
  const [admin] = await query<{ Id: string }>(org, "SELECT Id FROM User WHERE Name = 'Admin User'");
  await create(org, 'PermissionSetAssignment', { PermissionSetId: set?.Id, AssigneeId: admin?.Id });
  const given = parse(readFileSync(configuration, 'utf8')) as { syncs: { name: string; mappings: object[] }[] };
  const leads = given.syncs.find(({ name }) => name === 'leads');
  leads?.mappings.push({ source: 'Salary__c', target: 'dataFields.Salary', blank: 'keep' });
  writeFileSync(configuration, stringify(given));
}
