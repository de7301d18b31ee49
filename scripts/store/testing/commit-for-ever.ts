import { openStore } from '../index.ts';
import { row, run } from '../contract/samples.ts';

/**
 * A worker to be killed: each commit `n` gives every record the hash `n` and the key `<record>-<n>`, counts the records
 * once more and sets the cursor to `n`; then it says `n`. Arguments: the store's file.
 */
const file = process.argv[2] ?? '';
const store = await openStore({ file });
await store.acquire(`process ${process.pid}`, Date.now(), 1);
const sources = Array.from({ length: 200 }, (_, index) => String(index));
let n = Number((await store.cursor('n')) ?? 0);
if (n === 0) await store.commit({ runs: [run('run')] });
for (;;) {
  n++;
  await store.sending({ batch: String(n), keySpace: 'main/user', keys: [String(n)], until: 1 });
  await store.commit({
    rows: sources.map((source) => row(source, { key: `${source}-${n}`, hash: String(n) })),
    runDeltas: [{ run: 'run', counts: { read: sources.length, created: sources.length }, reasons: {} }],
    enqueue: [{ sync: 'leads', source: String(n), urgency: 0, dueAt: n, cause: 'changed', run: 'run' }],
    cursors: [{ name: 'n', cursor: String(n) }],
    answered: [String(n)],
  });
  process.stdout.write(`${n}\n`);
}
