import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { CredentialsError, SettingsError } from '../../engine/index.ts';
import { choice, createRegistry, defineSystem, secretVariable, type ConnectContext } from './index.ts';
import { createTestWorld } from './testing/index.ts';

interface Settings {
  readonly region: 'us' | 'eu';
}

const opened: ConnectContext<Settings>[] = [];
const mailer = defineSystem<Settings>({
  slug: 'mailer',
  label: 'Mailer',
  settings: z.strictObject({ region: choice('Region', { us: 'Here', eu: 'There' }, 'us') }),
  secrets: [{ name: 'apiKey', label: 'API key', whereFrom: 'Mailer shows it under Settings, Keys.' }],
  baseUrl: ({ region }) => `https://${region}.mailer.example`,
  connect(context) {
    opened.push(context);
    context.secret('apiKey');
    return {};
  },
  defaultSyncs: () => [],
});
const rest = { secrets: [], connect: () => ({}), defaultSyncs: () => [] };
const registry = createRegistry([mailer]);
const world = createTestWorld(() => assert.fail('connecting asks nothing'));
const connection = { name: 'main', system: 'mailer', settings: { region: 'eu' } };

test('I-30: any system is connected by one interface, to the host of its own list', () => {
  registry.system('mailer').connect(connection, world);
  assert.equal(opened.at(-1)?.baseUrl, 'https://eu.mailer.example');
  assert.throws(() => registry.system('pager'), /no system "pager"/);
});

test('a system says which settings are chosen, from its own schema', () => {
  const options = [
    { value: 'us', label: 'Here' },
    { value: 'eu', label: 'There' },
  ];
  assert.deepEqual(mailer.choices, [{ name: 'region', label: 'Region', options, value: 'us' }]);
  const settings = z.strictObject({ mode: z.enum(['a', 'b']).default('a'), rate: z.number().default(5) });
  const pager = defineSystem({ slug: 'pager', label: 'Pager', settings, ...rest, baseUrl: () => 'https://x.example' });
  assert.deepEqual(pager.choices, [], 'what is not asked is not offered');
  assert.deepEqual([pager.beforehand, pager.freshness], [[], undefined]);
});

test('another host comes from the environment alone, over https or on this machine', () => {
  const at = (baseUrl: string) => () => mailer.connect(connection, { ...world, baseUrl: () => baseUrl });
  at('http://127.0.0.1:8080/')();
  assert.equal(opened.at(-1)?.baseUrl, 'http://127.0.0.1:8080');
  for (const bad of [
    'http://evil.example',
    'ftp://x',
    'https://user:pass@x.example',
    'nonsense',
    'http://127.0.0.1.evil.example',
  ]) {
    assert.throws(at(bad), SettingsError, bad);
  }
  const settings = { region: 'eu', baseUrl: 'https://evil.example' };
  assert.throws(() => mailer.connect({ ...connection, settings }, world), /settings of connection "main".*baseUrl/s);
});

test('a missing secret names its variable and where to get it', () => {
  const without = { ...world, secret: () => undefined };
  assert.throws(
    () => mailer.connect(connection, without),
    (error) =>
      error instanceof CredentialsError &&
      /PLUMBLINE_MAIN_API_KEY/.test(error.actions.join()) &&
      /Settings, Keys/.test(error.actions.join()),
  );
  assert.equal(secretVariable('eu-mail', 'apiKey'), 'PLUMBLINE_EU_MAIL_API_KEY');
});
