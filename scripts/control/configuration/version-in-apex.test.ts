import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { requireDraft } from './schema.ts';
import { freeze } from './version.ts';

const place = new URL('../../../force-app/main/default/classes/PlumblineVersionFixture.cls', import.meta.url);
const source = readFileSync(place, 'utf8');

/** The text of a constant of the fixture: string literals joined by `+`. */
function constant(name: string): string {
  const [, literals] = new RegExp(String.raw`${name} =\s*((?:'(?:[^'\\]|\\.)*'[\s+]*)+);`).exec(source) ?? [];
  assert.ok(literals, `the fixture has no ${name}`);
  return [...literals.matchAll(/'((?:[^'\\]|\\.)*)'/g)]
    .map(([, text = '']) => text.replaceAll(/\\(.)/g, '$1'))
    .join('');
}

test('a configuration that is activated in Apex has the text and the hash that the worker makes of it', () => {
  const content = constant('CONTENT');
  const value = JSON.parse(content) as Record<string, unknown>;
  const { orgId, ...rest } = value;
  const draft = requireDraft(rest, 'The fixture', '');
  assert.equal(orgId, constant('ORG_ID'));
  const frozen = freeze(draft, constant('ORG_ID'));
  assert.equal(frozen.parts.join(''), content);
  assert.equal(frozen.hash, constant('HASH'));
  const settings: unknown = JSON.parse(constant('SETTINGS'));
  assert.deepEqual(draft.connections.find(({ name }) => name === 'app')?.settings, settings);
  assert.notEqual(content.indexOf(constant('SETTINGS')), 0, 'the settings stand in another order there');
});
