import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SettingsError, type Ends } from '../../engine/index.ts';
import { createTestWorld } from '../kit/testing/index.ts';
import { defaultSyncs, iterable } from './index.ts';

const [sync] = defaultSyncs('mail');
const world = createTestWorld(() => assert.fail('a page is not asked for'));

function pageOf(settings: Readonly<Record<string, unknown>>, key: string, baseUrl?: string): unknown {
  const connection = { name: 'mail', system: 'iterable', settings };
  const ends: Ends = iterable.connect(connection, { ...world, baseUrl: () => baseUrl });
  return sync && ends.recordPage?.(sync, key, undefined)?.address;
}

test('a user is opened by email in the app of its data centre', () => {
  assert.equal(pageOf({}, 'a+b@example.com'), 'https://app.iterable.com/users/profiles/a%2Bb%40example.com');
  assert.equal(pageOf({ region: 'eu' }, 'a@x.example'), 'https://app.eu.iterable.com/users/profiles/a%40x.example');
});

test('by user ID, and at another host than Iterable’s own, no page is known until the settings say it', () => {
  const recordPage = 'https://app.iterable.com/users/{key}?projectId=3';
  assert.equal(pageOf({ identity: 'userId' }, 'u/1'), undefined);
  assert.equal(pageOf({ identity: 'userId', recordPage }, 'u/1'), 'https://app.iterable.com/users/u%2F1?projectId=3');
  assert.equal(pageOf({}, 'a@x.example', 'http://127.0.0.1:8080'), undefined);
  assert.throws(() => pageOf({ recordPage: 'https://app.iterable.com/' }, 'a'), SettingsError);
});
