import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SettingsError } from '../engine/index.ts';
import { readWorkerOptions } from './worker-options.ts';

test('what the command line says about a connection becomes its variables', () => {
  const words = [
    '--store',
    's.sqlite',
    '--iterable-url',
    'http://127.0.0.1:1',
    '--iterable-key=k-1',
    '--pendo-eu-key',
    'k-2',
    '--json',
  ];
  const options = readWorkerOptions(words, { PLUMBLINE_ITERABLE_KEY: 'old', PATH: '/bin' });
  assert.equal(options?.json, true);
  assert.deepEqual(options?.environment, {
    PATH: '/bin',
    PLUMBLINE_ITERABLE_URL: 'http://127.0.0.1:1',
    PLUMBLINE_ITERABLE_KEY: 'k-1',
    PLUMBLINE_PENDO_EU_KEY: 'k-2',
  });
});

test('the URL of the instance is no connection’s', () => {
  const words = ['--store', 's', '--instance-url', 'https://a.my.salesforce.com', '--access-token', 't'];
  const options = readWorkerOptions(words, {});
  assert.deepEqual(options?.login, { instanceUrl: 'https://a.my.salesforce.com', accessToken: 't' });
  assert.deepEqual(options?.environment, { PLUMBLINE_ACCESS_TOKEN: 't' });
});

test('a place for change events is taken whole', () => {
  const words = ['--store', 's', '--pubsub-endpoint', '127.0.0.1:7', '--pubsub-ca', 'ca.pem'];
  assert.deepEqual(readWorkerOptions(words, {})?.pubSub, { endpoint: '127.0.0.1:7', caFile: 'ca.pem' });
});

test('N-10: shares of the API calls are left to others as the command line says', () => {
  assert.deepEqual(readWorkerOptions(['--store', 's'], {})?.reserve, {});
  const words = ['--store', 's', '--api-reserve', '10', '--api-reserve-bulk', '50'];
  assert.deepEqual(readWorkerOptions(words, {})?.reserve, { livePercent: 10, bulkPercent: 50 });
});

test('what is missing or unknown is refused with what to do', () => {
  for (const words of [
    [],
    ['--store', 's', '--nothing'],
    ['--store', 's', '--iterable-key'],
    ['--store', 's', '--api-reserve', '100'],
    ['--store', 's', '--api-reserve-bulk', 'half'],
    ['--store', 's', '--iterable-url', '--json'],
  ]) {
    assert.throws(
      () => readWorkerOptions(words, {}),
      (error) => error instanceof SettingsError && error.actions.length > 0,
      words.join(' '),
    );
  }
  assert.equal(readWorkerOptions(['--help'], {}), undefined);
});
