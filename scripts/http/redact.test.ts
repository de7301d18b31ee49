import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Redactor } from './index.ts';

const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'];
const word = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 8, maxLength: 40 });
const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 32 });
const around = fc.constantFrom('', 'sent ', '{"a":1,', 'GET /x?y=1&', '\n', '"');
/** Of any characters, the first of which stands nowhere else in what is shown. */
const unlike = fc.string({ minLength: 3 }).map((text) => `§${text}`);

/** A secret, and the ways in which it gets into a log. */
const leaks = fc.oneof(
  word.map((secret) => ({ secret, text: `Authorization: Bearer ${secret}` })),
  word.map((secret) => ({ secret, text: `authorization: ${secret}` })),
  word.map((secret) => ({ secret, text: `"authorization":"Basic ${secret}=="` })),
  word.map((secret) => ({ secret, text: `access_token=${secret}` })),
  word.map((secret) => ({ secret, text: `"access_token":"${secret}","scope":"api"` })),
  word.map((secret) => ({ secret, text: `Api-Key: ${secret}` })),
  word.map((secret) => ({ secret, text: `client_secret='${secret}'` })),
  word.map((secret) => ({ secret, text: `x-pendo-integration-key: ${secret}` })),
  word.map((secret) => ({ secret, text: `https://user:${secret}@example.com/` })),
  word.map((secret) => ({ secret, text: `00D000000000001AAA!${secret}.x_y` })),
  word.map((secret) => ({ secret, text: `eyJhbGciOiJSUzI1NiJ9.${secret}.${secret}` })),
  word.map((secret) => ({ secret, text: `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----` })),
  word.map((secret) => ({ secret, text: `-----BEGIN RSA PRIVATE KEY-----\n${secret}` })),
  hex.map((secret) => ({ secret, text: secret })),
  fc.emailAddress().map((secret) => ({ secret, text: secret })),
);

test('tokens, keys, Authorization and emails are masked wherever they stand in a text', () => {
  const redactor = new Redactor();
  fc.assert(
    fc.property(leaks, around, ({ secret, text }, before) => {
      const shown = redactor.text(before + text);
      assert.ok(!shown.includes(secret), shown);
      assert.ok(shown.startsWith(before.slice(0, 4)), shown);
    }),
    { numRuns: 2_000 },
  );
});

test('a secret that was named is masked in any text and any value, as it is, in a URL and in JSON', () => {
  fc.assert(
    fc.property(unlike, fc.string(), (secret, other) => {
      const redactor = new Redactor();
      redactor.add(secret);
      const rest = other.replaceAll(secret, '');
      const value = { a: [rest + secret], b: new Map([['c', { d: secret }]]), e: new Error(secret, { cause: secret }) };
      for (const shown of [
        redactor.text(rest + secret),
        redactor.text(`https://example.com/?q=${encodeURIComponent(secret)}`),
        redactor.text(JSON.stringify({ q: secret })),
        JSON.stringify(redactor.value(value)),
      ]) {
        const left = shown.replaceAll('***', '\u0000');
        assert.ok(!left.includes(secret) && !left.includes(JSON.stringify(secret).slice(1, -1)), shown);
      }
    }),
  );
});

test('what stands under the name of a secret is masked, whatever it is', () => {
  const redactor = new Redactor();
  const names = [
    'Authorization',
    'apiKey',
    'api_key',
    'API-Key',
    'accessToken',
    'refresh_token',
    'clientSecret',
    'password',
  ];
  for (const name of [...names, 'set-cookie', 'privateKey', 'x-pendo-integration-key', 'sessionId', 'assertion']) {
    assert.deepEqual(redactor.value({ [name]: { any: 'thing' } }), { [name]: '***' }, name);
  }
  assert.deepEqual(redactor.value(new Headers({ 'api-key': 'abc', accept: '*/*' })), {
    'api-key': '***',
    accept: '*/*',
  });
});

test('what gives nothing away is shown as it is', () => {
  const redactor = new Redactor();
  const at = new Date(0);
  const plain = {
    sync: 'leads',
    id: '00Q000000000001AAA',
    counts: [1, 2],
    none: null,
    at,
    key: 'contacts/user',
    ok: true,
  };
  assert.deepEqual(redactor.value(plain), plain);
  const text = 'leads: 40,000 read in 9.1 s, hash 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
  assert.equal(redactor.text(text), text);
});

test('a value that contains itself is shown without end nor fault', () => {
  const value: Record<string, unknown> = { name: 'a' };
  value['self'] = value;
  assert.deepEqual(new Redactor().value(value), { name: 'a', self: '[circular]' });
});
