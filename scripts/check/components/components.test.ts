import assert from 'node:assert/strict';
import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  checkBaseComponents,
  checkIcons,
  checkReferences,
  compileAsPlatform,
  readBundles,
  type Bundle,
} from './index.ts';

const meta = '<LightningComponentBundle><apiVersion>66.0</apiVersion></LightningComponentBundle>';
const script = (body = ''): string =>
  `import { LightningElement } from 'lwc';\n${body}\nexport default class Beat extends LightningElement {}\n`;
const bundle = (files: Readonly<Record<string, string>>): Bundle => ({
  name: 'beat',
  files: { 'beat.js-meta.xml': meta, 'beat.js': script(), 'beat.html': '<template><p>Beats.</p></template>', ...files },
});

const nothing = { labels: new Set<string>(), apexMethods: new Set<string>(), customPermissions: new Set<string>() };

test("the platform's compiler takes what the folder's TypeScript becomes", async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-components-'));
  mkdirSync(join(folder, 'beat', '__tests__'), { recursive: true });
  const options = { target: 'ESNext', module: 'ESNext', verbatimModuleSyntax: true, noEmit: true };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options }));
  writeFileSync(join(folder, 'beat', 'beat.js-meta.xml'), meta);
  writeFileSync(join(folder, 'beat', 'beat.html'), '<template><p>{words}</p></template>');
  writeFileSync(
    join(folder, 'beat', 'beat.ts'),
    "import { LightningElement, api } from 'lwc';\nimport type { Run } from 'plumbline/health';\n" +
      'export default class Beat extends LightningElement {\n  @api run: Run | undefined;\n  words: string = "Beats.";\n}\n',
  );
  const [read] = readBundles(folder);
  assert.match(read?.files['beat.js'] ?? '', /@api\s+run;/);
  assert.doesNotMatch(read?.files['beat.js'] ?? '', /import type|: string/);
  assert.deepEqual((await compileAsPlatform(read as Bundle)).problems, []);
});

test("the platform's compiler refuses what an org would", async () => {
  const { problems } = await compileAsPlatform(bundle({ 'beat.html': '<template><p>{beats.now()}</p></template>' }));
  assert.equal(problems.length, 1);
  assert.match(problems[0] as string, /^beat\/beat\.html:1: LWC/);
  assert.match((await compileAsPlatform(bundle({ 'beat.js-meta.xml': '' }))).problems[0] as string, /no apiVersion/);
});

test('what is named and not there is told with its place', () => {
  const source = script(
    "import a from '@salesforce/label/c.Gone';\nimport b from '@salesforce/apex/Gone.beat';\n" +
      "import c from '@salesforce/customPermission/Gone';\nimport { d } from 'c/gone';",
  );
  const html = '<template><c-gone-too></c-gone-too><c-beat></c-beat></template>';
  assert.deepEqual(checkReferences([bundle({ 'beat.js': source, 'beat.html': html })], nothing), [
    'beat/beat.js: there is no label Gone',
    'beat/beat.js: there is no @AuraEnabled Gone.beat',
    'beat/beat.js: there is no custom permission Gone',
    'beat/beat.js: there is no module gone',
    'beat/beat.html: there is no component goneToo',
  ]);
});

test('a label of the screens that nobody shows is told, another one is not', () => {
  const labels = new Set(['Plumbline_Screen_Old', 'Plumbline_Reason_No_Key']);
  assert.deepEqual(checkReferences([bundle({})], { ...nothing, labels }), [
    'label Plumbline_Screen_Old: no component shows it',
  ]);
});

test('a misspelt base component or attribute is told', () => {
  const html =
    '<template><lightning-icon icon-name="utility:add" alternative-txt="Add" data-id="a"></lightning-icon>' +
    '<lightning-butten label="x"></lightning-butten></template>';
  assert.deepEqual(checkBaseComponents([bundle({ 'beat.html': html })]), [
    'beat/beat.html: lightning-icon takes no alternative-txt',
    'beat/beat.html: the platform has no lightning-butten',
  ]);
});

test('an icon that the design system does not have is told', () => {
  const html = '<template><lightning-icon icon-name="standard:api"></lightning-icon></template>';
  const source = script("const icons = ['utility:success', 'utility:succes'];");
  assert.deepEqual(checkIcons([bundle({ 'beat.html': html, 'beat.js': source })]), [
    'beat/beat.js: the design system has no icon utility:succes',
    'beat/beat.html: the design system has no icon standard:api',
  ]);
});
