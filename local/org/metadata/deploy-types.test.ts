import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { customObjectXml, deployFixture, manifest, xml } from './fixture.ts';

const TEXT = '<fields><fullName>Note__c</fullName><label>Note</label><length>20</length><type>Text</type></fields>';
const CHILD = `<fields><fullName>Thing__c</fullName><label>Thing</label><referenceTo>Thing__c</referenceTo>
<relationshipName>Parts</relationshipName><type>Lookup</type></fields>`;
const META = xml('ApexClass', '<apiVersion>66.0</apiVersion><status>Active</status>');
const BUNDLE = xml(
  'LightningComponentBundle',
  '<apiVersion>66.0</apiVersion><isExposed>true</isExposed><targets><target>lightning__RecordPage</target></targets>',
);
const FLOW = `<apiVersion>66.0</apiVersion><label>F</label><processType>AutoLaunchedFlow</processType>
<recordLookups><name>Find</name><label>Find</label><locationX>1</locationX><locationY>1</locationY>
<object>Thing__c</object><queriedFields>Note__c</queriedFields></recordLookups>
<start><locationX>0</locationX><locationY>0</locationY><connector><targetReference>Find</targetReference></connector></start><status>Active</status>`;
const REPORT_TYPE = `<baseObject>Thing__c</baseObject><category>other</category><deployed>true</deployed>
<join><outerJoin>true</outerJoin><relationship>Parts__r</relationship></join><label>Things</label>
<sections><columns><checkedByDefault>true</checkedByDefault><field>Note__c</field><table>Thing__c</table></columns>
<columns><checkedByDefault>true</checkedByDefault><field>Owner</field><table>Thing__c.Parts__r</table></columns>
<masterLabel>S</masterLabel></sections>`;
const REPORT = `<columns><field>Thing__c$Note__c</field></columns><format>Tabular</format><name>R</name><reportType>Things__c</reportType>`;
const DASHBOARD = `<backgroundEndColor>#FFFFFF</backgroundEndColor><backgroundFadeDirection>Diagonal</backgroundFadeDirection>
<backgroundStartColor>#FFFFFF</backgroundStartColor><dashboardType>LoggedInUser</dashboardType>
<leftSection><columnSize>Medium</columnSize><components><componentType>Metric</componentType><report>Ours/R</report></components></leftSection>
<textColor>#000000</textColor><title>D</title><titleColor>#000000</titleColor><titleSize>12</titleSize>`;
const DUPLICATE = '<accessType>Public</accessType><name>Ours</name>';

/** A package with one of each, all of them referring to each other. */
const members = {
  CustomObject: ['Thing__c', 'Part__c', 'Setting__mdt'],
  ApexClass: ['Things'],
  ApexTrigger: ['OnThing'],
  LightningComponentBundle: ['thing', 'other'],
  CustomLabel: ['Hello'],
  StaticResource: ['logo'],
  CustomPermission: ['May'],
  PermissionSet: ['Set'],
  PermissionSetGroup: ['Group'],
  FlexiPage: ['Page'],
  CustomTab: ['Page', 'Thing__c'],
  CustomApplication: ['App'],
  QuickAction: ['Thing__c.Show'],
  ReportType: ['Things'],
  Report: ['Ours', 'Ours/R'],
  Dashboard: ['Ours', 'Ours/D'],
  Flow: ['F'],
  CustomMetadata: ['Setting.Default'],
  ExternalClientApplication: ['Client'],
  ExtlClntAppOauthSettings: ['Client_oauth'],
  ExtlClntAppGlobalOauthSettings: ['Client_glbloauth'],
  ExtlClntAppOauthConfigurablePolicies: ['Client_plcy'],
  LightningMessageChannel: ['Chosen'],
};
const files = {
  'objects/Thing__c.object': customObjectXml(
    'Thing',
    `${TEXT}<listViews><fullName>All</fullName><columns>Note__c</columns><filterScope>Everything</filterScope><label>All</label></listViews>
<compactLayouts><fullName>Short</fullName><fields>Note__c</fields><label>Short</label></compactLayouts>`,
  ),
  'objects/Part__c.object': customObjectXml('Part', CHILD),
  'objects/Setting__mdt.object': xml(
    'CustomObject',
    `${TEXT.replace('</fields>', '<fieldManageability>DeveloperControlled</fieldManageability></fields>')}<label>Setting</label><pluralLabel>Settings</pluralLabel><visibility>Public</visibility>`,
  ),
  'classes/Things.cls': 'public with sharing class Things {\n  @AuraEnabled public static void show() {}\n}\n',
  'classes/Things.cls-meta.xml': META,
  'triggers/OnThing.trigger': 'trigger OnThing on Thing__c (before insert) { System.debug(1); }\n',
  'triggers/OnThing.trigger-meta.xml': META.replaceAll('ApexClass', 'ApexTrigger'),
  'lwc/thing/thing.js': `import { LightningElement } from 'lwc';
import show from '@salesforce/apex/Things.show';
import hello from '@salesforce/label/c.Hello';
import NOTE from '@salesforce/schema/Thing__c.Note__c';
import logo from '@salesforce/resourceUrl/logo';
import may from '@salesforce/customPermission/May';
import { other } from 'c/other';
import CHOSEN from '@salesforce/messageChannel/Chosen__c';
export default class extends LightningElement {}
`,
  'lwc/thing/thing.html': '<template></template>',
  'lwc/thing/thing.js-meta.xml': BUNDLE,
  'lwc/other/other.js': 'export const other = 1;\n',
  'lwc/other/other.js-meta.xml': BUNDLE,
  'labels/CustomLabels.labels': xml(
    'CustomLabels',
    '<labels><fullName>Hello</fullName><language>en_US</language><protected>false</protected><shortDescription>H</shortDescription><value>Hello</value></labels>',
  ),
  'staticresources/logo.resource': '<svg/>',
  'staticresources/logo.resource-meta.xml': xml(
    'StaticResource',
    '<cacheControl>Public</cacheControl><contentType>image/svg+xml</contentType>',
  ),
  'customPermissions/May.customPermission': xml('CustomPermission', '<label>May</label>'),
  'permissionsets/Set.permissionset': xml(
    'PermissionSet',
    '<classAccesses><apexClass>Things</apexClass><enabled>true</enabled></classAccesses><flowAccesses><enabled>true</enabled><flow>F</flow></flowAccesses><label>Set</label>',
  ),
  'permissionsetgroups/Group.permissionsetgroup': xml(
    'PermissionSetGroup',
    '<label>Group</label><permissionSets>Set</permissionSets>',
  ),
  'flexipages/Page.flexipage': xml(
    'FlexiPage',
    `<flexiPageRegions><itemInstances><componentInstance><componentName>thing</componentName></componentInstance></itemInstances>
<name>main</name><type>Region</type></flexiPageRegions><masterLabel>Page</masterLabel><template><name>flexipage:defaultAppHomeTemplate</name></template><type>AppPage</type>`,
  ),
  'tabs/Page.tab': xml('CustomTab', '<flexiPage>Page</flexiPage><label>Page</label><motif>Custom1: Heart</motif>'),
  'tabs/Thing__c.tab': xml('CustomTab', '<customObject>true</customObject><motif>Custom1: Heart</motif>'),
  'applications/App.app': xml(
    'CustomApplication',
    '<label>App</label><navType>Standard</navType><tabs>Page</tabs><tabs>Thing__c</tabs><uiType>Lightning</uiType>',
  ),
  'quickActions/Thing__c.Show.quickAction': xml(
    'QuickAction',
    '<label>Show</label><lightningWebComponent>thing</lightningWebComponent><optionsCreateFeedItem>false</optionsCreateFeedItem><type>LightningWebComponent</type>',
  ),
  'reportTypes/Things.reportType': xml('ReportType', REPORT_TYPE),
  'reports/Ours-meta.xml': xml('ReportFolder', DUPLICATE),
  'reports/Ours/R.report': xml('Report', REPORT),
  'dashboards/Ours-meta.xml': xml('DashboardFolder', DUPLICATE),
  'dashboards/Ours/D.dashboard': xml('Dashboard', DASHBOARD),
  'flows/F.flow': xml('Flow', FLOW),
  'customMetadata/Setting.Default.md': xml(
    'CustomMetadata',
    '<label>Default</label><values><field>Note__c</field><value xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xsd:string">n</value></values>',
  ),
  'externalClientApps/Client.eca': xml(
    'ExternalClientApplication',
    '<distributionState>Local</distributionState><label>Client</label>',
  ),
  'extlClntAppOauthSettings/Client_oauth.ecaOauth': xml(
    'ExtlClntAppOauthSettings',
    '<commaSeparatedOauthScopes>Api</commaSeparatedOauthScopes><externalClientApplication>Client</externalClientApplication>',
  ),
  'extlClntAppGlobalOauthSets/Client_glbloauth.ecaGlblOauth': xml(
    'ExtlClntAppGlobalOauthSettings',
    '<callbackUrl>https://localhost</callbackUrl><externalClientApplication>Client</externalClientApplication>',
  ),
  'extlClntAppOauthPolicies/Client_plcy.ecaOauthPlcy': xml(
    'ExtlClntAppOauthConfigurablePolicies',
    '<commaSeparatedPermissionSet>Set</commaSeparatedPermissionSet><externalClientApplication>Client</externalClientApplication>',
  ),
  'messageChannels/Chosen.messageChannel': xml('LightningMessageChannel', '<masterLabel>Chosen</masterLabel>'),
};

test('I-01: a package with one of every kind deploys whole, and is listed', () => {
  const { deploy, store } = deployFixture();
  const { status, details } = deploy(members, files);
  assert.deepEqual(
    [status, details.componentFailures.map(({ fullName, problem }) => [fullName, problem])],
    ['Succeeded', []],
  );
  for (const [type, names] of Object.entries(members)) {
    const folders = type === 'Report' || type === 'Dashboard' ? store.list(`${type}Folder`) : [];
    const found = [...folders, ...store.list(type)].map(({ fullName }) => fullName).sort();
    assert.deepEqual(found, [...names].sort(), type);
  }
});

/** Each planted mistake: the file, what is replaced by what, and what an org says of it. */
const mistakes: readonly (readonly [file: keyof typeof files, from: string, to: string, problem: string])[] = [
  ['classes/Things.cls', 'void show() {}', 'void show( {}', 'Things 2: '],
  ['classes/Things.cls', 'class Things', 'class Other', 'Things 1: File name mismatch with class name: Other'],
  ['triggers/OnThing.trigger', 'on Thing__c', 'on Thin__c', 'OnThing 1: Invalid type: Thin__c'],
  ['triggers/OnThing.trigger', 'before insert', 'before', 'OnThing 1: '],
  [
    'lwc/thing/thing.js',
    'Things.show',
    'Thing.show',
    "thing 2: Unable to find Apex action class referenced as 'Thing'. (lwc/thing/thing.js)",
  ],
  ['lwc/thing/thing.js', 'c.Hello', 'c.Hallo', 'thing 3: Invalid reference Hallo of type label (lwc/thing/thing.js)'],
  [
    'lwc/thing/thing.js',
    'Thing__c.Note__c',
    'Thing__c.Not__c',
    'thing 4: Invalid reference Thing__c.Not__c of type sobjectField (lwc/thing/thing.js)',
  ],
  [
    'lwc/thing/thing.js',
    "'c/other'",
    "'c/others'",
    'thing 7: No MODULE named markup://c:others found (lwc/thing/thing.js)',
  ],
  [
    'lwc/thing/thing.js-meta.xml',
    'RecordPage',
    'RecordPage!',
    "thing 3: 'lightning__RecordPage!' is not a valid target of a component",
  ],
  [
    'lwc/thing/thing.js-meta.xml',
    'isExposed>true',
    'isExposed>yes',
    "thing 3: Error parsing file: 'yes' is not a valid value for the type xsd:boolean",
  ],
  [
    'reportTypes/Things.reportType',
    'Parts__r</relationship>',
    'Pieces__r</relationship>',
    'Things 4: Pieces__r is not a child relationship of Thing__c',
  ],
  [
    'reportTypes/Things.reportType',
    '<field>Note__c',
    '<field>Nott__c',
    'Things 5: Invalid field name: Nott__c of Thing__c',
  ],
  ['reports/Ours/R.report', 'Things__c<', 'Thinks__c<', 'Ours/R 3: invalid report type: Thinks__c'],
  ['reports/Ours/R.report', '$Note__c', '$Nope__c', 'Ours/R 3: field-Invalid value specified: Thing__c$Nope__c'],
  ['dashboards/Ours/D.dashboard', 'Ours/R', 'Ours/Q', 'Ours/D 5: In field: report - no Report named Ours/Q found'],
  [
    'flows/F.flow',
    '<object>Thing__c',
    '<object>Think__c',
    'F 4: In field: object - no CustomObject named Think__c found',
  ],
  [
    'flows/F.flow',
    'queriedFields>Note__c',
    'queriedFields>Nope__c',
    'F 5: In field: field - no CustomField named Thing__c.Nope__c found',
  ],
  [
    'flows/F.flow',
    'targetReference>Find',
    'targetReference>Fine',
    'F 6: The element "Fine" doesn\'t exist, but a connector of this flow leads to it.',
  ],
  [
    'flows/F.flow',
    '</start>',
    '<object>Thing__c</object><triggerType>PlatformEvent</triggerType></start>',
    'F 6: A flow that a platform event triggers needs an event as its object.',
  ],
  [
    'flows/F.flow',
    '</start>',
    '<object>Thing__c</object><triggerType>RecordAfterSave</triggerType></start>',
    'F 6: A flow that a record triggers needs a recordTriggerType.',
  ],
  ['flows/F.flow', '>AutoLaunchedFlow', '>Workflow', 'F 3: not yet: flows of the type Workflow'],
  [
    'flows/F.flow',
    '<status>',
    '<formulas><name>Twice</name><dataType>String</dataType><expression>{!Nothing.Note__c}</expression></formulas><status>',
    'F 6: The flow refers to "Nothing", which it does not have.',
  ],
  [
    'flows/F.flow',
    '<status>',
    '<formulas><name>find</name><dataType>String</dataType><expression>1</expression></formulas><status>',
    'F 6: The name "find" is used more than once in this flow.',
  ],
  [
    'customMetadata/Setting.Default.md',
    '>Note__c',
    '>Nope__c',
    'Setting.Default 3: In field: field - no CustomField named Setting__mdt.Nope__c found',
  ],
  [
    'extlClntAppOauthPolicies/Client_plcy.ecaOauthPlcy',
    '>Set<',
    '>Sett<',
    'Client_plcy 3: In field: commaSeparatedPermissionSet - no PermissionSet named Sett found',
  ],
  [
    'permissionsetgroups/Group.permissionsetgroup',
    '>Set<',
    '>Sett<',
    'Group 3: In field: permissionSets - no PermissionSet named Sett found',
  ],
  [
    'quickActions/Thing__c.Show.quickAction',
    '>thing<',
    '>think<',
    'Thing__c.Show 3: In field: lightningWebComponent - no LightningComponentBundle named think found',
  ],
  [
    'flexipages/Page.flexipage',
    '>thing<',
    '>think<',
    "Page 3: We couldn't retrieve the design time component information for component c:think.",
  ],
];

describe('I-01: a planted mistake fails its own component, at its line', () => {
  const { problems } = deployFixture();
  for (const [file, from, to, wanted] of mistakes) {
    test(`${file}: ${to}`, () => {
      assert.ok(files[file].includes(from));
      const found = problems(members, { ...files, [file]: files[file].replace(from, to) });
      assert.ok(
        found.some((problem) => problem.startsWith(wanted)),
        found.join('\n'),
      );
    });
  }
});

test('TypeScript, and a folder of another kind, are refused in a bundle', () => {
  const { problems } = deployFixture();
  const found = problems(members, { ...files, 'lwc/thing/thing.ts': '', 'lwc/thing/__tests__/a.test.js': '' });
  assert.deepEqual(found, [
    'thing 2: Unsupported file in Lightning Component Bundle: lwc/thing/__tests__/a.test.js',
    'thing 2: Unsupported file in Lightning Component Bundle: lwc/thing/thing.ts',
  ]);
});

test('a package is uninstalled by destructiveChanges.xml alone', () => {
  const { deploy, store, org } = deployFixture();
  deploy(members, files);
  const { status, details } = deploy({}, { 'destructiveChanges.xml': manifest(members) });
  assert.deepEqual([status, details.componentFailures], ['Succeeded', []]);
  for (const type of [...Object.keys(members), 'CustomField', 'ReportFolder', 'DashboardFolder', 'ListView']) {
    assert.deepEqual(store.list(type), [], type);
  }
  assert.equal(org.schema.object('Thing__c'), undefined);
});
