import assert from 'node:assert/strict';
import type { Store } from '../../engine/index.ts';
import { row, run, work, type Clause } from './samples.ts';

const lost = { name: 'LeaseLostError' };

/** The calls that change a store. */
const changes: Readonly<Record<string, (store: Store) => Promise<unknown>>> = {
  renew: (store) => store.renew(0, 1),
  commit: (store) => store.commit({ rows: [row('1')] }),
  'an empty commit': (store) => store.commit({}),
  lease: (store) => store.lease({ sync: 'leads', now: 1_000, milliseconds: 1, limit: 1 }),
  sending: (store) => store.sending({ batch: 'a', keySpace: 'main/user', keys: ['k'], until: 5 }),
};

export function leases(clause: Clause): void {
  clause(
    "acquire names the holder while another's lease lasts, and takes the store when it has ended",
    async (fixture) => {
      const { store, another } = fixture;
      await store.acquire('first', 1_000, 500);
      const other = await another();
      await assert.rejects(other.acquire('second', 1_499, 500), (error: Error) => {
        assert.equal(error.name, 'LeaseLostError');
        assert.match(error.message, /first/);
        assert.match(error.message, /1970-01-01T00:00:01\.500Z/);
        return true;
      });
      await other.acquire('second', 1_500, 500);
    },
  );

  clause('renewing makes the lease last', async ({ store, another }) => {
    await store.acquire('first', 1_000, 500);
    await store.renew(1_400, 500);
    const other = await another();
    await assert.rejects(other.acquire('second', 1_899, 500), lost);
    await other.acquire('second', 1_900, 500);
  });

  clause('a worker that comes back under its name need not wait for its own lease', async ({ store, another }) => {
    await store.acquire('first', 1_000, 500);
    await (await another()).acquire('first', 1_001, 500);
  });

  clause('what is given back can be taken at once', async ({ store, another }) => {
    await store.acquire('first', 1_000, 500);
    await store.release();
    await (await another()).acquire('second', 1_001, 500);
  });

  clause(
    'releasing a store that another worker has taken since leaves it with that one',
    async ({ store, another }) => {
      await store.acquire('first', 1_000, 500);
      const other = await another();
      await other.acquire('second', 1_500, 500);
      await store.release();
      await assert.rejects((await another()).acquire('third', 1_600, 500), /second/);
      await other.commit({ rows: [row('1')] });
    },
  );

  for (const [name, change] of Object.entries(changes)) {
    clause(
      `${name}: refused without a lease, after giving it back, and under a fence that is not the latest`,
      async (fixture) => {
        const { store, another } = fixture;
        await assert.rejects(change(store), lost, 'without a lease');
        await store.acquire('first', 0, 10);
        await store.commit({ runs: [run('run')], enqueue: [work('1')], rows: [row('0')] });
        await change(store);
        const other = await another();
        await other.acquire('second', 10, 1_000);
        await other.commit({ enqueue: [work('2')] });
        await assert.rejects(change(store), lost, 'an older fence');
        await change(other);
        await other.release();
        await assert.rejects(change(other), lost, 'given back');
      },
    );
  }

  clause('a refused change leaves nothing', async ({ store, another }) => {
    await store.acquire('first', 0, 10);
    const other = await another();
    await other.acquire('second', 10, 1_000);
    const cursors = [{ name: 'leads', cursor: 'later' }];
    await assert.rejects(store.commit({ rows: [row('1')], enqueue: [work('1')], cursors }), lost);
    assert.equal((await other.rows('leads', ['1'])).size, 0);
    assert.equal(await other.cursor('leads'), undefined);
    assert.equal(await other.nextDue('leads'), undefined);
  });
}
