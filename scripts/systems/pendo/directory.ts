import { z } from 'zod';
import { compareIds, RetryError, type Clock } from '../../engine/index.ts';
import type { Lane } from '../../http/index.ts';
import { base64Path, type Caller } from './call.ts';
import { isUrlSafe } from './keys.ts';
import { idField, type Kind } from './objects.ts';

/** A visitor or account as Pendo holds it: metadata by group, then by name in small letters. */
export interface Entity {
  readonly id: string;
  readonly metadata: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const metadata = z.record(z.string(), z.record(z.string(), z.unknown()).nullable()).nullish();
const entityReply = z.looseObject({ id: z.string(), metadata });
const rowsReply = z.looseObject({
  results: z
    .array(z.looseObject({ accountId: z.string().optional(), visitorId: z.string().optional(), metadata }))
    .nullish(),
});

/** Rows of one aggregation: one vendor documents a maximum of 50,000 (Engage API, aggregation). */
const pageRows = 20_000;
/** Up to so many are asked for one by one; more are found by reading through all of them. */
const fewKeys = 20;
/** So long what was read through is believed: what appears in Pendo meanwhile is met by the next full read. */
const freshMilliseconds = 600_000;

export interface DirectoryOptions {
  readonly caller: Caller;
  readonly lane: Lane;
  readonly clock: Pick<Clock, 'now'>;
  readonly kind: Kind;
  /** What a key is compared with: undefined for the ID, else a metadata field's path in small letters. */
  readonly keyPath: string | undefined;
}

/** Which accounts or visitors there are, and what they hold, by the key of one sync. */
export class Directory {
  readonly #options: DirectoryOptions;
  #read: { readonly at: number; readonly ids: Promise<ReadonlyMap<string, string>> } | undefined;

  constructor(options: DirectoryOptions) {
    this.#options = options;
  }

  /** IDs by key, of those that Pendo knows; of several records with one key the smaller ID (P-58). */
  async ids(keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    if (keys.length > fewKeys) {
      const all = await this.#all();
      for (const key of keys) {
        const id = all.get(key);
        if (id !== undefined) found.set(key, id);
      }
      return found;
    }
    for (const [key, { id }] of await this.entities(keys)) found.set(key, id);
    return found;
  }

  /** What Pendo holds of these keys. */
  async entities(keys: readonly string[]): Promise<ReadonlyMap<string, Entity>> {
    const found = new Map<string, Entity>();
    const take = (key: string | undefined, entity: Entity): void => {
      const other = key === undefined ? undefined : found.get(key);
      if (key !== undefined && (!other || compareIds(entity.id, other.id) < 0)) found.set(key, entity);
    };
    if (keys.length > fewKeys) {
      const asked = new Set(keys);
      await this.#readThrough((entity) => {
        const key = this.#keyOf(entity);
        if (key !== undefined && asked.has(key)) take(key, entity);
      });
      return found;
    }
    for (const key of keys) for (const entity of await this.#ask(key)) take(key, entity);
    return found;
  }

  /** What was read through is old: records may have come or gone. */
  forget(): void {
    this.#read = undefined;
  }

  async #all(): Promise<ReadonlyMap<string, string>> {
    const now = this.#options.clock.now();
    if (this.#read && now - this.#read.at <= freshMilliseconds) return await this.#read.ids;
    const read = { at: now, ids: this.#keysOfAll() };
    this.#read = read;
    read.ids.catch(() => {
      if (this.#read === read) this.#read = undefined;
    });
    return await read.ids;
  }

  async #keysOfAll(): Promise<ReadonlyMap<string, string>> {
    const ids = new Map<string, string>();
    await this.#readThrough((entity) => {
      const key = this.#keyOf(entity);
      const other = key === undefined ? undefined : ids.get(key);
      if (key !== undefined && (other === undefined || compareIds(entity.id, other) < 0)) ids.set(key, entity.id);
    });
    return ids;
  }

  async #ask(key: string): Promise<readonly Entity[]> {
    const { keyPath } = this.#options;
    if (keyPath !== undefined) {
      const page = await this.#page(`metadata.${keyPath} == ${JSON.stringify(key)}`);
      // Values that only look alike: the key must match exactly.
      return page.filter((entity) => this.#keyOf(entity) === key);
    }
    const { caller, lane, kind } = this.#options;
    const asIs = isUrlSafe(key);
    const id = asIs ? key : encodeURIComponent(Buffer.from(key).toString('base64'));
    const path = `/api/v1/${kind}/${id}`;
    const call = { lane, urgency: 'live', method: 'GET', path, headers: asIs ? {} : base64Path } as const;
    const reply = await caller.call(call);
    if (reply.kind === 'refused' && reply.refusal.status === 404) return [];
    const body = reply.kind === 'taken' ? reply.body : await caller.read(call);
    const parsed = entityReply.safeParse(body);
    if (!parsed.success) throw new RetryError(`The answer of Pendo is no ${kind}.`, []);
    return [{ id: parsed.data.id, metadata: inSmallLetters(parsed.data.metadata) }];
  }

  async #readThrough(take: (entity: Entity) => void): Promise<void> {
    const id = idField(this.#options.kind);
    for (let last: string | undefined; ;) {
      const page = await this.#page(last === undefined ? undefined : `${id} > ${JSON.stringify(last)}`);
      for (const entity of page) take(entity);
      const end = page.at(-1);
      if (!end || page.length < pageRows) return;
      last = end.id;
    }
  }

  /** Entities in order of their IDs. */
  async #page(filter: string | undefined): Promise<readonly Entity[]> {
    const { caller, lane, kind } = this.#options;
    const id = idField(kind);
    const pipeline = [
      { source: { [`${kind}s`]: null } },
      ...(filter === undefined ? [] : [{ filter }]),
      { sort: [id] },
      { limit: pageRows },
    ];
    const body = JSON.stringify({
      response: { mimeType: 'application/json' },
      request: { requestId: `plumbline-${kind}s`, pipeline },
    });
    const path = '/api/v1/aggregation';
    const reply = rowsReply.safeParse(await caller.read({ lane, urgency: 'bulk', method: 'POST', path, body }));
    if (!reply.success) throw new RetryError('The answer of Pendo is no list of results.', []);
    return (reply.data.results ?? []).flatMap((row) => {
      const own = row[id];
      return own === undefined ? [] : [{ id: own, metadata: inSmallLetters(row.metadata) }];
    });
  }

  #keyOf(entity: Entity): string | undefined {
    const { keyPath } = this.#options;
    if (keyPath === undefined) return entity.id;
    const [group, name] = keyPath.split('.') as [string, string];
    const value = entity.metadata[group]?.[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value).trim() || undefined : undefined;
  }
}

function inSmallLetters(given: z.infer<typeof metadata>): Entity['metadata'] {
  const groups: Record<string, Record<string, unknown>> = {};
  for (const [group, fields] of Object.entries(given ?? {})) {
    const named: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(fields ?? {})) named[name.toLowerCase()] = value;
    groups[group] = named;
  }
  return groups;
}
