import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import type { Clock, Commit, RecordRow, Sending, Store } from '../../engine/index.ts';
import type { FillView } from '../shared-fill.ts';
import { collectorOfRows } from './collector.ts';
import { unpackError } from './errors.ts';
import { packCommit, packSending, type LookUp, type PlainCall, type Reply, type Request } from './messages.ts';
import { unpackRows, type PackedRows } from './rows.ts';
import { packTexts } from './texts.ts';

type Answer<Call extends PlainCall> = Awaited<ReturnType<Store[Call]>>;
type Unnumbered = Request extends infer Each ? (Each extends Request ? Omit<Each, 'number'> : never) : never;

interface ThreadStoreSettings {
  readonly clock: Pick<Clock, 'now'>;
  readonly lives: (owner: string) => boolean;
  readonly fill: FillView;
}

/** In a full read they leave some 40 MB among what is old, and a collection takes 50 ms. */
const rowsBetween = 128_000;

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The engine's `Store`, worked on by a thread of its own: planning and sending go on while it writes. */
export class ThreadStore implements Store {
  readonly id: string;
  readonly #thread: Worker;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #lives: (owner: string) => boolean;
  readonly #fill: FillView;
  /** Numbers of names: once a store has given one, it is never another's. */
  readonly #numbers = new Map<string, number>();
  readonly #waiting = new Map<number, Waiting>();
  readonly #committed = collectorOfRows(rowsBetween);
  #last = 0;
  #ended: Error | undefined;

  /**
   * `thread` has opened the store `id`. `clock` dates failed attempts; `lives` tells whether the owner of a lease may
   * still be at work; `fill` what need not be asked for.
   */
  constructor(thread: Worker, id: string, { clock, lives, fill }: ThreadStoreSettings) {
    this.id = id;
    this.#thread = thread;
    this.#clock = clock;
    this.#lives = lives;
    this.#fill = fill;
    thread.unref();
    thread.on('message', (reply: Reply) => this.#take(reply));
    thread.on('error', (error: Error) => this.#end(error));
    thread.on('exit', (code) => this.#end(new Error(`The store is not open: its thread has ended (${code}).`)));
  }

  async acquire(...parameters: Parameters<Store['acquire']>): Promise<void> {
    const holder = (await this.#ask({ call: 'holder' })) as string | undefined;
    await this.#ask({ call: 'gone', owner: holder === undefined || this.#lives(holder) ? undefined : holder });
    await this.#call('acquire', parameters);
  }

  async renew(...parameters: Parameters<Store['renew']>): Promise<void> {
    return this.#call('renew', parameters);
  }

  async release(): Promise<void> {
    return this.#call('release', []);
  }

  async commit(change: Commit): Promise<void> {
    await this.#ask({ call: 'commit', change: packCommit(change), now: this.#clock.now() });
    this.#committed(change.rows?.length ?? 0);
  }

  async rows(sync: string, sources: readonly string[]): ReturnType<Store['rows']> {
    const number = await this.#numberOf(sync);
    const asked = number === undefined ? sources : this.#fill.records(number, sources);
    if (asked.length === 0) return new Map();
    const rows = unpackRows((await this.#lookUp('rows', sync, asked)) as PackedRows);
    return new Map(rows.map((row) => [row.source, row]));
  }

  async records(...parameters: Parameters<Store['records']>): Promise<readonly RecordRow[]> {
    return unpackRows((await this.#ask({ call: 'records', parameters })) as PackedRows);
  }

  async topClaims(keySpace: string, keys: readonly string[]): ReturnType<Store['topClaims']> {
    const number = await this.#numberOf(keySpace);
    const asked = number === undefined ? keys : this.#fill.claims(number, keys);
    if (asked.length === 0) return new Map();
    return (await this.#lookUp('topClaims', keySpace, asked)) as Awaited<ReturnType<Store['topClaims']>>;
  }

  async runnersUp(...parameters: Parameters<Store['runnersUp']>): ReturnType<Store['runnersUp']> {
    return this.#call('runnersUp', parameters);
  }

  async waiting(sync: string, sources: readonly string[]): ReturnType<Store['waiting']> {
    return (await this.#lookUp('waiting', sync, sources)) as Awaited<ReturnType<Store['waiting']>>;
  }

  async lease(...parameters: Parameters<Store['lease']>): ReturnType<Store['lease']> {
    return this.#call('lease', parameters);
  }

  async nextDue(...parameters: Parameters<Store['nextDue']>): ReturnType<Store['nextDue']> {
    return this.#call('nextDue', parameters);
  }

  async backlog(): ReturnType<Store['backlog']> {
    return this.#call('backlog', []);
  }

  async pending(...parameters: Parameters<Store['pending']>): ReturnType<Store['pending']> {
    return this.#call('pending', parameters);
  }

  async sending(sending: Sending): Promise<void> {
    await this.#ask({ call: 'sending', sending: packSending(sending) });
  }

  async unanswered(...parameters: Parameters<Store['unanswered']>): ReturnType<Store['unanswered']> {
    return this.#call('unanswered', parameters);
  }

  async cursor(...parameters: Parameters<Store['cursor']>): ReturnType<Store['cursor']> {
    return this.#call('cursor', parameters);
  }

  async unseen(...parameters: Parameters<Store['unseen']>): ReturnType<Store['unseen']> {
    return this.#call('unseen', parameters);
  }

  async parents(...parameters: Parameters<Store['parents']>): ReturnType<Store['parents']> {
    return this.#call('parents', parameters);
  }

  async fanOuts(...parameters: Parameters<Store['fanOuts']>): ReturnType<Store['fanOuts']> {
    return this.#call('fanOuts', parameters);
  }

  async run(...parameters: Parameters<Store['run']>): ReturnType<Store['run']> {
    return this.#call('run', parameters);
  }

  async runs(...parameters: Parameters<Store['runs']>): ReturnType<Store['runs']> {
    return this.#call('runs', parameters);
  }

  async untold(...parameters: Parameters<Store['untold']>): ReturnType<Store['untold']> {
    return this.#call('untold', parameters);
  }

  async told(...parameters: Parameters<Store['told']>): Promise<void> {
    return this.#call('told', parameters);
  }

  async unannounced(...parameters: Parameters<Store['unannounced']>): ReturnType<Store['unannounced']> {
    return this.#call('unannounced', parameters);
  }

  async announced(...parameters: Parameters<Store['announced']>): Promise<void> {
    return this.#call('announced', parameters);
  }

  /** Resolves when the file is closed and the thread has ended. */
  async close(): Promise<void> {
    const exit = once(this.#thread, 'exit');
    await this.#call('close', []);
    this.#thread.ref();
    await exit;
  }

  async #call<Call extends PlainCall>(call: Call, parameters: Parameters<Store[Call]>): Promise<Answer<Call>> {
    return (await this.#ask({ call, parameters })) as Answer<Call>;
  }

  /** While what the store holds is known here; undefined where it has to be asked whatever the name. */
  async #numberOf(name: string): Promise<number | undefined> {
    if (!this.#fill.knows) return undefined;
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = (await this.#ask({ call: 'numberOf', name })) as number | undefined;
    if (number !== undefined) this.#numbers.set(name, number);
    return this.#fill.knows ? number : undefined;
  }

  #lookUp(call: LookUp, name: string, asked: readonly string[]): Promise<unknown> {
    return this.#ask({ call, name, texts: packTexts(asked) });
  }

  #ask(request: Unnumbered): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#ended) {
        reject(this.#ended);
        return;
      }
      const number = ++this.#last;
      // An answer that is waited for keeps the process alive; an idle store does not.
      if (this.#waiting.size === 0) this.#thread.ref();
      this.#waiting.set(number, { resolve, reject });
      this.#thread.postMessage({ ...request, number } satisfies Request);
    });
  }

  #take(reply: Reply): void {
    if (!('number' in reply)) return;
    const waiting = this.#waiting.get(reply.number);
    this.#waiting.delete(reply.number);
    if (this.#waiting.size === 0) this.#thread.unref();
    if ('error' in reply) waiting?.reject(unpackError(reply.error));
    else waiting?.resolve(reply.value);
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}
