import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strToU8, zipSync } from 'fflate';
import { readComponents } from './component.ts';
import type { Component, ComponentFailure } from './component.ts';
import { readPackage } from './package-zip.ts';
import { printElement, readXml } from './xml.ts';

const MANIFEST = `<?xml version="1.0" encoding="UTF-8"?>
<Package xmlns="http://soap.sforce.com/2006/04/metadata">
  <types><members>*</members><name>CustomObject</name></types>
  <version>66.0</version>
</Package>`;

function objectFile(body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">\n${body}\n</CustomObject>\n`;
}

function read(body: string): readonly Component[] | ComponentFailure {
  const zip = zipSync({
    'unpackaged/package.xml': strToU8(MANIFEST),
    'unpackaged/objects/Lead.object': strToU8(objectFile(body)),
  });
  const file = readPackage(zip).files[0];
  assert.ok(file);
  return readComponents(file);
}

const FIELD = '<fields><fullName>Score__c</fullName><label>Score</label><type>Text</type><length>10</length></fields>';

test('a file is read into its object and the fields inside it', () => {
  const components = read(FIELD) as readonly Component[];
  assert.deepEqual(
    components.map(({ type, fullName }) => `${type} ${fullName}`),
    ['CustomObject Lead', 'CustomField Lead.Score__c'],
  );
});

test('an unknown element fails its own component with line and column', () => {
  const failure = read(
    `${FIELD}\n  <fields>\n    <fullName>Rank__c</fullName>\n    <labell>Rank</labell>\n  </fields>`,
  ) as ComponentFailure;
  assert.equal(failure.fullName, 'Lead.Rank__c');
  assert.equal(failure.line, 6);
  assert.equal(failure.column, 5);
  assert.match(
    failure.message,
    /^Error parsing file: Element \{http:\/\/soap\.sforce\.com\/2006\/04\/metadata\}labell invalid at this location in type CustomField$/,
  );
});

test('wrong enums, booleans, numbers, repeated and missing elements are each refused', () => {
  const mistakes: [body: string, message: RegExp][] = [
    [
      '<fields><fullName>A__c</fullName><type>Txt</type></fields>',
      /'Txt' is not a valid value for the enum 'FieldType'/,
    ],
    [
      '<fields><fullName>A__c</fullName><unique>yes</unique></fields>',
      /'yes' is not a valid value for the type xsd:boolean/,
    ],
    [
      '<fields><fullName>A__c</fullName><length>ten</length></fields>',
      /'ten' is not a valid value for the type xsd:double/,
    ],
    ['<fields><fullName>A__c</fullName><label>a</label><label>b</label></fields>', /Element label is duplicated/],
    ['<listViews><fullName>All</fullName><label>All</label></listViews>', /Required field is missing: filterScope/],
    ['<fields><label>a</label></fields>', /Required field is missing: fullName/],
    ['<fields><fullName>A__c</fullNam></fields>', /Error parsing file: /],
  ];
  for (const [body, message] of mistakes) assert.match((read(body) as ComponentFailure).message, message);
});

test('printing an element and reading it again gives the same element', () => {
  const source = '<a><b>1 &lt; 2 &amp; "x"</b><c><d/></c></a>';
  const once = printElement(readXml(source));
  assert.equal(printElement(readXml(once)), once);
  assert.equal(readXml(once).children[0]?.text, '1 < 2 & "x"');
});
