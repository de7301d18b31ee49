import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compileMapping, type FieldMapping } from '../../mapping/index.ts';
import type { TargetRecord } from '../ports/index.ts';
import { syncConfiguration, World } from '../testing/index.ts';
import { compileLastDoor } from './last-door.ts';

const rules = { create: true, update: true, delete: 'ignore' } as const;
const mapping = (target: string): FieldMapping => ({ source: target, target, blank: 'keep' });
const upsert = (record: unknown): TargetRecord => ({ key: 'k', action: 'upsert', json: JSON.stringify(record) });
const key = { source: 'id', target: 'Id' };

/** A system that may only change records that are there, in fields of its own. */
const pendo = {
  mayWrite: (_object: string, path: string) => path.startsWith('Pendo_') && path.endsWith('__c'),
  existingOnly: () => true,
};

test('what the mappings name may leave, and nothing beside, above or below it', () => {
  const names = fc.constantFrom('a', 'b', 'c', 'd', 'constructor', 'toString');
  const path = fc.array(names, { minLength: 1, maxLength: 3 }).map((each) => each.join('.'));
  fc.assert(
    fc.property(fc.uniqueArray(path, { minLength: 1, maxLength: 5 }), path, (paths, other) => {
      const nested = (inner: string, outer: string): boolean => inner === outer || inner.startsWith(`${outer}.`);
      const targets = paths.filter((each) => !paths.some((above) => above !== each && nested(each, above)));
      const mappable = targets.filter((each) => !each.includes('constructor'));
      if (mappable.length === 0) return;
      const door = compileLastDoor('user', { mappings: mappable.map(mapping), rules, key }, undefined);
      const record = compileMapping(mappable.map(mapping), mappable)(mappable.map(() => 'x'));
      assert.equal(door.leaving('user', upsert(JSON.parse(record)), false), undefined);
      if (mappable.some((each) => nested(other, each) || nested(each, other))) return;
      const wrong = other.split('.').reduceRight<unknown>((value, name) => ({ [name]: value }), 'x');
      assert.match(door.leaving('user', upsert(wrong), true) ?? '', /^the field /);
    }),
  );
});

test('a value where the list has a group, a group where it has a value, another object, a delete: none may leave', () => {
  const door = compileLastDoor('user', { mappings: [mapping('name.first'), mapping('tags')], rules, key }, undefined);
  assert.equal(door.leaving('user', upsert({ name: { first: 'A' }, tags: ['x', 'y'] }), true), undefined);
  assert.equal(door.leaving('user', upsert({ name: 'A' }), true), 'the field name');
  assert.equal(door.leaving('user', upsert({ name: null }), true), 'the field name');
  assert.equal(door.leaving('user', upsert({ name: { last: 'B' } }), true), 'the field name.last');
  assert.match(door.leaving('event', upsert({ tags: [] }), true) ?? '', /^event, /);
  assert.match(door.leaving('user', { key: 'k', action: 'delete', json: '' }, true) ?? '', /^deleting user/);
});

test('P-39, P-40, P-44: a system narrows what a configuration names, and no configuration widens it', () => {
  const mappings = [mapping('Pendo_Days__c'), mapping('pendo_days__c'), mapping('Phone')];
  const door = compileLastDoor('Account', { mappings, rules, key }, pendo);
  assert.equal(door.mayCreate, false, 'though the rules say so');
  assert.equal(door.planned(JSON.stringify({ Pendo_Days__c: 3 })), undefined);
  assert.equal(door.planned(JSON.stringify({ Pendo_Days__c: 3, Phone: '1' })), 'the field Phone');
  assert.equal(door.planned(JSON.stringify({ pendo_days__c: 3 })), 'the field pendo_days__c', 'case counts');
  assert.equal(door.leaving('Account', upsert({ Pendo_Days__c: 3 }), true), undefined);
  assert.match(door.leaving('Account', upsert({ Pendo_Days__c: 3 }), false) ?? '', /^creating Account/);
  const forgetting = compileLastDoor('Account', { mappings, key, rules: { ...rules, delete: 'forget' } }, pendo);
  assert.match(
    forgetting.leaving('Account', { key: 'k', action: 'delete', json: '' }, true) ?? '',
    /^deleting Account/,
  );
});

test('P-52: the key of records that are there is not written, so it may be any field', () => {
  const mappings = [mapping('Id'), mapping('Pendo_Days__c'), mapping('Name')];
  const door = compileLastDoor('Account', { mappings, rules, key }, pendo);
  assert.equal(door.planned(JSON.stringify({ Id: '001', Pendo_Days__c: 3 })), undefined);
  assert.equal(door.planned(JSON.stringify({ Id: '001', Name: 'x' })), 'the field Name');
  const free = { mayWrite: pendo.mayWrite, existingOnly: () => false };
  const making = compileLastDoor('Account', { mappings, rules, key }, free);
  assert.equal(making.planned(JSON.stringify({ Id: '001' })), 'the field Id', 'where records are made it is');
});

test('P-40: a field that slips past planning is stopped on the request itself: that record fails, the others leave', async () => {
  const world = new World();
  for (const id of ['a', 'b', 'c']) world.source.save('Person', id, { Mail: `${id}@x.com`, Name: id });
  const engine = await world.engine();
  const sync = engine.syncs.get('people');
  assert(sync);
  const { map } = sync;
  const widened = (json: string): string => (json.includes('"id":"b"') ? json.replace('{', '{"admin":true,') : json);
  Object.assign(sync, { map: (cells: never) => widened(map(cells)) });
  const run = await world.run(engine.backfill('people'));
  assert.deepEqual([run.counts.created, run.counts.failed, run.reasons], [2, 1, { 'not-allowed': 1 }]);
  assert.deepEqual([...world.target.records.keys()].sort(), ['a@x.com', 'c@x.com']);
  assert.equal(world.disk.rows.get('people')?.get('b')?.detail, 'the field admin');
  assert.equal(world.disk.issues.get('people/b')?.outcome, 'failed');
  assert(world.target.requests.every((request) => request.records.every(({ json }) => !json.includes('admin'))));
});

test('P-43, P-44: where only existing records may be written, new ones are skipped, and known ones changed', async () => {
  const world = new World();
  world.configurations = [syncConfiguration('people')];
  world.writeLimits = { mayWrite: () => true, existingOnly: () => true };
  world.target.records.set('known@x.com', '{"mail":"known@x.com"}');
  world.source.save('Person', 'a', { Mail: 'known@x.com', Name: 'A' });
  world.source.save('Person', 'b', { Mail: 'new@x.com', Name: 'B' });
  const engine = await world.engine();
  const run = await world.run(engine.backfill('people'));
  assert.deepEqual(run.reasons, { 'create-not-allowed': 1 });
  assert.deepEqual([...world.target.records.keys()], ['known@x.com']);
  assert.match(world.target.records.get('known@x.com') ?? '', /"A"/);
});
