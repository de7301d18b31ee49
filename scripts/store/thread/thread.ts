// The store's own thread: opens the file that its worker data names and carries out the calls that come, in their order.
import { parentPort, workerData } from 'node:worker_threads';
import { openStore } from '../open.ts';
import type { SqliteStore } from '../sqlite-store.ts';
import { collectorOfRows } from './collector.ts';
import { packError } from './errors.ts';
import { unpackCommit, unpackSending, type PlainCall, type Reply, type Request, type ThreadData } from './messages.ts';
import { countRows, packRows } from './rows.ts';
import { unpackTexts, type PackedTexts } from './texts.ts';

const port = parentPort;
if (port === null) throw new Error('The thread of the store was started as a process.');
/** They leave less than 10 MB, which take 10 ms. */
const rowsBetween = 256_000;

const reply = (message: Reply): void => port.postMessage(message);
const committed = collectorOfRows(rowsBetween);

/**
 * The planner waits for these, and for nothing that was committed since it asked: its records and keys are busy until
 * their commit is done. So they need not wait for the commits before them.
 */
const lookUps: ReadonlySet<Request['call']> = new Set(['rows', 'topClaims', 'runnersUp', 'waiting', 'numberOf']);

const { file, openedAt, sharedFill } = workerData as ThreadData;
let gone: string | undefined;
let now = openedAt;

type AnyCall = (...parameters: readonly unknown[]) => Promise<unknown>;

async function answer(store: SqliteStore, request: Request): Promise<unknown> {
  switch (request.call) {
    case 'holder':
      return store.holder();
    case 'numberOf':
      return store.numberOf(request.name);
    case 'gone':
      gone = request.owner;
      return undefined;
    case 'commit':
      now = request.now;
      return store.commit(unpackCommit(request.change));
    case 'sending':
      return store.sending(unpackSending(request.sending));
    case 'rows':
      return packRows([...(await store.rows(request.name, texts(request))).values()]);
    case 'topClaims':
      return store.topClaims(request.name, texts(request));
    case 'waiting':
      return store.waiting(request.name, texts(request));
    case 'records':
      return packRows(await store.records(...(request.parameters as Parameters<SqliteStore['records']>)));
    default:
      return (store as unknown as Record<PlainCall, AnyCall>)[request.call](...request.parameters);
  }
}

function texts(request: { readonly texts: PackedTexts }): string[] {
  return unpackTexts(request.texts) as string[];
}

try {
  const store = await openStore({
    file,
    clock: { now: () => now },
    lives: (owner) => owner !== gone,
    flushes: true,
    sharedFill,
  });
  const waiting: { readonly urgent: Request[]; readonly rest: Request[] } = { urgent: [], rest: [] };
  const next = (): void => {
    const request = waiting.urgent.shift() ?? waiting.rest.shift();
    if (request === undefined) return;
    const { number } = request;
    answer(store, request).then(
      (value) => {
        reply({ number, value });
        if (request.call === 'commit' && request.change.rows) committed(countRows(request.change.rows));
        if (request.call === 'close') port.close();
      },
      (error: unknown) => reply({ number, error: packError(error) }),
    );
    if (waiting.urgent.length + waiting.rest.length > 0) setImmediate(next);
  };
  port.on('message', (request: Request) => {
    if (waiting.urgent.length + waiting.rest.length === 0) setImmediate(next);
    (lookUps.has(request.call) ? waiting.urgent : waiting.rest).push(request);
  });
  reply({ opened: store.id });
} catch (error) {
  reply({ failed: packError(error) });
}
