import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pageAddress, pageTemplate } from './index.ts';

const template = pageTemplate(['id'], ['kind']);

test('the address of a page is of the web or this machine, its host is fixed, and it names the record', () => {
  for (const good of [
    'https://app.example.com/{kind}/{id}',
    'https://app.example.com/?project=3&record={id}',
    'http://127.0.0.1:8080/users?search={id}',
  ]) {
    assert.equal(template.parse(good), good);
  }
  for (const bad of [
    'javascript:alert({id})',
    'http://example.com/{id}',
    'https://{id}.example.com/',
    'https://me@example.com/{id}',
    'https://app.example.com/all',
    'https://app.example.com/{id}/{other}',
    '/{id}',
  ]) {
    assert.equal(template.safeParse(bad).success, false, bad);
  }
});

test('whatever a record is called, its page stays where the template says', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (id) => {
      const { origin, pathname, search, hash } = new URL(pageAddress('https://app.example.com/user/x{id}', { id }));
      assert.deepEqual([origin, search, hash], ['https://app.example.com', '', '']);
      assert.equal(decodeURIComponent(pathname), `/user/x${id.toWellFormed()}`);
    }),
  );
});
