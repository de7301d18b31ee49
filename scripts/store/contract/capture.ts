import assert from 'node:assert/strict';
import type { Change } from '../../engine/index.ts';
import type { Clause } from './samples.ts';

export function capture(clause: Clause): void {
  clause('a cursor is what was last stored under its name', async ({ store }) => {
    await store.acquire('worker', 0, 1_000);
    assert.equal(await store.cursor('leads'), undefined);
    await store.commit({
      cursors: [
        { name: 'leads', cursor: 'a' },
        { name: 'contacts', cursor: 'x' },
      ],
    });
    await store.commit({ cursors: [{ name: 'leads', cursor: 'b' }] });
    assert.deepEqual([await store.cursor('leads'), await store.cursor('contacts')], ['b', 'x']);
  });

  clause('a change is seen by its record, stamp and kind, within its object', async ({ store }) => {
    await store.acquire('worker', 0, 1_000);
    const change = (id: string, stamp: number, deleted = false): Change => ({ id, stamp, deleted });
    await store.commit({ seen: [{ object: 'Lead', changes: [change('1', 10), change('2', 20)], forgetBefore: 0 }] });
    const asked = [change('3', 10), change('1', 10), change('1', 11), change('2', 20), change('2', 20, true)];
    assert.deepEqual(await store.unseen('Lead', asked), [change('3', 10), change('1', 11), change('2', 20, true)]);
    assert.deepEqual(await store.unseen('Contact', asked), asked);
    assert.deepEqual(await store.unseen('Lead', []), []);
  });

  clause('changes older than asked are forgotten, of that object only', async ({ store }) => {
    await store.acquire('worker', 0, 1_000);
    const changes = [9, 10, 11].map((stamp) => ({ id: '1', stamp, deleted: false }));
    await store.commit({
      seen: [
        { object: 'Lead', changes, forgetBefore: 0 },
        { object: 'Contact', changes, forgetBefore: 0 },
      ],
    });
    await store.commit({ seen: [{ object: 'Lead', changes: [], forgetBefore: 10 }] });
    assert.deepEqual(await store.unseen('Lead', changes), changes.slice(0, 1));
    assert.deepEqual(await store.unseen('Contact', changes), []);
  });

  clause("parents' hashes are found by object and ID", async ({ store }) => {
    await store.acquire('worker', 0, 1_000);
    await store.commit({
      parents: [
        { object: 'Account', id: '1', hash: 'a' },
        { object: 'User', id: '1', hash: 'u' },
      ],
    });
    await store.commit({
      parents: [
        { object: 'Account', id: '1', hash: 'b' },
        { object: 'Account', id: '2', hash: 'c' },
      ],
    });
    assert.deepEqual(
      new Map([...(await store.parents('Account', ['1', '2', '3']))].sort()),
      new Map([
        ['1', 'b'],
        ['2', 'c'],
      ]),
    );
    assert.deepEqual(await store.parents('User', ['1', '2']), new Map([['1', 'u']]));
  });

  clause(
    'a fan-out goes on where it stood, until it is done; added again meanwhile, it starts over',
    async ({ store }) => {
      await store.acquire('worker', 0, 1_000);
      const fanOut = (parent: string) => ({ sync: 'leads', reference: 'AccountId', parent });
      await store.commit({ fanOuts: { add: [fanOut('1'), fanOut('2'), fanOut('3')] } });
      await store.commit({ fanOuts: { progress: [{ ...fanOut('1'), afterId: 'm' }], done: [fanOut('2')] } });
      assert.deepEqual(await store.fanOuts(9), [{ ...fanOut('1'), afterId: 'm' }, fanOut('3')]);
      assert.equal((await store.fanOuts(1)).length, 1);
      await store.commit({ fanOuts: { add: [fanOut('1')] } });
      await store.commit({ fanOuts: { progress: [{ ...fanOut('1'), afterId: 'z' }] } });
      assert.deepEqual(
        (await store.fanOuts(9)).find((each) => each.parent === '1'),
        { ...fanOut('1'), afterId: 'z' },
      );
      await store.commit({ fanOuts: { done: [fanOut('1')] } });
      assert.deepEqual(
        (await store.fanOuts(9)).find((each) => each.parent === '1'),
        fanOut('1'),
      );
      await store.commit({ fanOuts: { done: [fanOut('1'), fanOut('3')] } });
      assert.deepEqual(await store.fanOuts(9), []);
    },
  );

  clause(
    'a request stays unanswered until its answer is stored, and its keys may change until then',
    async ({ store }) => {
      await store.acquire('worker', 0, 1_000);
      const sending = (batch: string, until: number) => ({
        batch,
        keySpace: 'main/user',
        keys: ['a', `"${batch}"`],
        until,
      });
      for (const each of [sending('x', 300), sending('y', 100), sending('z', 200)]) await store.sending(each);
      assert.deepEqual(await store.unanswered(0), [sending('y', 100), sending('z', 200), sending('x', 300)]);
      assert.deepEqual(await store.unanswered(100), [sending('z', 200), sending('x', 300)]);
      await store.commit({ answered: ['z', 'never sent'] });
      assert.deepEqual(await store.unanswered(0), [sending('y', 100), sending('x', 300)]);
    },
  );

  clause(
    'what was stored is there for the next handle, and closing gives the lease back',
    async ({ store, another }) => {
      await store.acquire('worker', 0, 1_000);
      await store.commit({ cursors: [{ name: 'leads', cursor: 'a' }] });
      await store.close();
      const next = await another();
      assert.equal(next.id, store.id);
      assert.equal(await next.cursor('leads'), 'a');
      await next.acquire('another worker', 1, 1_000);
    },
  );
}
