import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientFile, clientVersion, FOREVER, scriptAt } from './files.ts';
import { allImported } from './preload.ts';

const client = `/lightning/client/v-${clientVersion()}`;
const map = { 'org/page': `${client}/platform/page.ts` };

test('a page is told every script that its first one leads to, each once, and none that is imported for its types', () => {
  const told = allImported([`${client}/main.ts`], map, 'any');
  assert.equal(told[0], `${client}/main.ts`);
  assert.equal(new Set(told).size, told.length);
  for (const name of ['views/record.ts', 'components.ts', 'platform/http.ts'])
    assert.ok(told.includes(`${client}/${name}`));
  assert.ok(!told.includes(`${client}/views/view.ts`), 'nothing is left of it without types');
  for (const address of told) {
    const imported = [...(scriptAt(address) ?? '').matchAll(/from '(\.[^']+)'/g)].map(([, name = '']) => name);
    for (const name of imported) assert.ok(told.includes(new URL(name, `http://page${address}`).pathname), name);
  }
});

test('modules by name are found by the import map; what is not there is left to the page', () => {
  assert.deepEqual(allImported([`${client}/nowhere.ts`], map, 'other'), []);
  assert.deepEqual(allImported([map['org/page']], {}, 'other'), [map['org/page']]);
});

test('a script of the present version is kept for good, of another only until it is asked for again', () => {
  const cached = (path: string): string | null | undefined => clientFile(path)?.headers.get('cache-control');
  assert.equal(cached(`v-${clientVersion()}/main.ts`), FOREVER);
  assert.equal(cached('v-0123456789ab/main.ts'), 'no-cache');
  assert.equal(cached('main.ts'), 'no-cache');
  assert.equal(cached('v-0123456789ab/../../files.ts'), undefined);
});
