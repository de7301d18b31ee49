import { strToU8, zipSync } from 'fflate';
import { components } from './components.ts';

const NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

function metadata(type: string, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${type} ${NAMESPACE}>${content}</${type}>`;
}

function region(name: string, type: string, ...instances: readonly string[]): string {
  const items = instances.map(
    (instance) => `<itemInstances><componentInstance>${instance}</componentInstance></itemInstances>`,
  );
  return `<flexiPageRegions>${items.join('')}<name>${name}</name><type>${type}</type></flexiPageRegions>`;
}

function property(name: string, value: string): string {
  return `<componentInstanceProperties><name>${name}</name><value>${value}</value></componentInstanceProperties>`;
}

function instance(name: string, ...properties: readonly string[]): string {
  return `${properties.join('')}<componentName>${name}</componentName><identifier>${name.replace(':', '_')}</identifier>`;
}

const notes = (edit: boolean): string =>
  `<objectPermissions><allowCreate>${edit}</allowCreate><allowDelete>${edit}</allowDelete><allowEdit>${edit}</allowEdit>` +
  '<allowRead>true</allowRead><modifyAllRecords>false</modifyAllRecords><object>Fixture_Note__c</object>' +
  '<viewAllRecords>true</viewAllRecords></objectPermissions>';

const noteText = (edit: boolean): string =>
  `<fieldPermissions><editable>${edit}</editable><field>Fixture_Note__c.Text__c</field><readable>true</readable></fieldPermissions>`;

const sees =
  '<applicationVisibilities><application>Fixture</application><visible>true</visible></applicationVisibilities>';
const hears =
  '<objectPermissions><allowCreate>true</allowCreate><allowDelete>false</allowDelete><allowEdit>false</allowEdit>' +
  '<allowRead>true</allowRead><modifyAllRecords>false</modifyAllRecords><object>Fixture_Event__e</object>' +
  '<viewAllRecords>false</viewAllRecords></objectPermissions>';
const tab = ['Fixture_Home', 'Fixture_Note__c']
  .map((name) => `<tabSettings><tab>${name}</tab><visibility>Visible</visibility></tabSettings>`)
  .join('');

const files: Readonly<Record<string, string>> = {
  ...components,
  'applications/Fixture.app': metadata(
    'CustomApplication',
    '<actionOverrides><actionName>View</actionName><content>Fixture_Lead</content><formFactor>Large</formFactor>' +
      '<skipRecordTypeSelect>false</skipRecordTypeSelect><type>Flexipage</type><pageOrSobjectType>Lead</pageOrSobjectType></actionOverrides>' +
      '<formFactors>Large</formFactors><label>Fixture</label><navType>Standard</navType><tabs>Fixture_Home</tabs>' +
      '<tabs>standard-Lead</tabs><tabs>Fixture_Note__c</tabs><uiType>Lightning</uiType>',
  ),
  'tabs/Fixture_Home.tab': metadata(
    'CustomTab',
    '<flexiPage>Fixture_Home</flexiPage><label>Fixture Home</label><motif>Custom9: Lightning</motif>',
  ),
  'tabs/Fixture_Note__c.tab': metadata('CustomTab', '<customObject>true</customObject><motif>Custom18: Form</motif>'),
  'objects/Fixture_Note__c.object': metadata(
    'CustomObject',
    '<deploymentStatus>Deployed</deploymentStatus>' +
      '<fields><fullName>Text__c</fullName><label>Text</label><length>80</length><required>false</required><type>Text</type></fields>' +
      '<fields><fullName>Kind__c</fullName><label>Kind</label><length>80</length><required>true</required><type>Text</type></fields>' +
      '<label>Note</label><nameField><label>Note Name</label><type>Text</type></nameField><pluralLabel>Notes</pluralLabel>' +
      '<sharingModel>ReadWrite</sharingModel>' +
      '<validationRules><fullName>No_Blank_Text</fullName><active>true</active>' +
      '<errorConditionFormula>ISBLANK(Text__c)</errorConditionFormula><errorDisplayField>Text__c</errorDisplayField>' +
      '<errorMessage>Say something.</errorMessage></validationRules>',
  ),
  'flexipages/Fixture_Home.flexipage': metadata(
    'FlexiPage',
    region('main', 'Region', instance('fixtureProbe', property('rows', '7'))) +
      '<masterLabel>Fixture Home</masterLabel><template><name>flexipage:defaultAppHomeTemplate</name></template><type>AppPage</type>',
  ),
  'flexipages/Fixture_Lead.flexipage': metadata(
    'FlexiPage',
    region('header', 'Region', instance('force:highlightsPanel')) +
      region('main', 'Region', instance('force:detailPanel')) +
      region('sidebar', 'Region', instance('fixtureRecord'), instance('force:unheardOf')) +
      '<masterLabel>Fixture Lead</masterLabel><sobjectType>Lead</sobjectType>' +
      '<template><name>flexipage:recordHomeTemplateDesktop</name></template><type>RecordPage</type>',
  ),
  'labels/CustomLabels.labels': metadata(
    'CustomLabels',
    '<labels><fullName>Fixture_Title</fullName><language>en_US</language><protected>false</protected>' +
      '<shortDescription>Title</shortDescription><value>Probe &amp; more</value></labels>',
  ),
  'customPermissions/Fixture_Manage.customPermission': metadata(
    'CustomPermission',
    '<isLicensed>false</isLicensed><label>Manage</label>',
  ),
  'objects/Fixture_Event__e.object': metadata(
    'CustomObject',
    '<deploymentStatus>Deployed</deploymentStatus><eventType>HighVolume</eventType>' +
      '<fields><fullName>Word__c</fullName><label>Word</label><length>80</length><required>false</required><type>Text</type></fields>' +
      '<label>Fixture Event</label><pluralLabel>Fixture Events</pluralLabel><publishBehavior>PublishAfterCommit</publishBehavior>',
  ),
  'permissionsets/Fixture_Manager.permissionset': metadata(
    'PermissionSet',
    sees +
      '<customPermissions><enabled>true</enabled><name>Fixture_Manage</name></customPermissions>' +
      `${noteText(true)}<label>Fixture Manager</label>${notes(true)}${hears}${tab}`,
  ),
  'permissionsets/Fixture_Viewer.permissionset': metadata(
    'PermissionSet',
    `${sees}${noteText(false)}<label>Fixture Viewer</label>${notes(false)}${hears}${tab}`,
  ),
};

const MEMBERS: Readonly<Record<string, string>> = {
  CustomApplication: 'Fixture',
  CustomLabels: 'CustomLabels',
  CustomObject: '*',
  CustomPermission: 'Fixture_Manage',
  CustomTab: '*',
  FlexiPage: '*',
  LightningComponentBundle: '*',
  PermissionSet: '*',
};

/** A small package for tests of the shell, in metadata format: an app, two pages, three components, two permission sets. */
export function fixturePackage(): Uint8Array {
  const types = Object.entries(MEMBERS).map(
    ([name, member]) => `<types><members>${member}</members><name>${name}</name></types>`,
  );
  const manifest = metadata('Package', `${types.join('')}<version>66.0</version>`);
  const all = Object.entries({ ...files, 'package.xml': manifest });
  return zipSync(Object.fromEntries(all.map(([path, text]) => [path, strToU8(text)])));
}
