import type {
  RecordError,
  TriggerMoment,
  TriggerRecord,
  TriggerRunner,
  TriggerVerdict,
  UnitOfWork,
} from '../../core/index.ts';
import type { CompiledTrigger } from '../compile/program.ts';
import { fromJson, toJson } from '../runtime/records.ts';
import { throwApex, Thrown } from '../runtime/throw.ts';
import { Thread, type TriggerContext } from '../runtime/thread.ts';
import { base, listOf, mapOf, recordType } from '../types/index.ts';
import { isSame, ListValue, MapValue, RecordValue } from '../values/index.ts';
import { guard, type ApexHost } from './host.ts';

/** Triggers within triggers (Apex Developer Guide, "Execution Governors and Limits": stack depth of recursive triggers). */
const DEEPEST = 16;

/** Runs an org's triggers; all of one transaction share their limits and static values. */
export class Triggers implements TriggerRunner {
  readonly #host: ApexHost;
  readonly #all: () => readonly CompiledTrigger[];
  readonly #objects: () => ReadonlySet<string>;
  readonly #threads: WeakMap<UnitOfWork, Thread>;

  constructor(
    host: ApexHost,
    all: () => readonly CompiledTrigger[],
    objects: () => ReadonlySet<string>,
    threads: WeakMap<UnitOfWork, Thread>,
  ) {
    this.#host = host;
    this.#all = all;
    this.#objects = objects;
    this.#threads = threads;
  }

  has(object: string): boolean {
    return this.#objects().has(object.toLowerCase());
  }

  run(moment: TriggerMoment, unit: UnitOfWork): readonly TriggerVerdict[] {
    const wanted = `${moment.timing} ${moment.operation}`;
    const triggers = this.#all().filter(({ object, moments }) => object === moment.object && moments.has(wanted));
    const records = moment.records.map((record) => recordFrom(this.#host, moment, record));
    if (triggers.length === 0) return records.map(() => NOTHING);
    const thread = this.#threadOf(unit);
    const context = contextOf(moment, records);
    for (const trigger of triggers) {
      const problem = this.#fire(thread, trigger, context, wanted);
      if (problem !== undefined) return records.map(() => ({ changes: {}, errors: [problem] }));
    }
    return records.map(({ record, old, original }) => {
      const errors = (record ?? old)?.errors ?? [];
      return {
        changes: moment.timing === 'before' && record !== undefined ? changesOf(record, original) : {},
        errors: errors.map(({ message, field }) => ({
          statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
          message,
          fields: field === undefined ? [] : [field],
        })),
      };
    });
  }

  #threadOf(unit: UnitOfWork): Thread {
    let thread = this.#threads.get(unit);
    if (thread === undefined) {
      thread = new Thread(this.#host, unit);
      this.#threads.set(unit, thread);
    }
    return thread;
  }

  /** Runs one trigger; an exception that it lets out refuses every record of the chunk. */
  #fire(thread: Thread, trigger: CompiledTrigger, context: TriggerContext, wanted: string): RecordError | undefined {
    const before = { trigger: thread.trigger, depth: thread.frames.length, sharing: thread.sharing };
    thread.trigger = context;
    thread.triggerDepth++;
    try {
      if (thread.triggerDepth > DEEPEST) {
        throwApex(thread, 'DmlException', `Maximum trigger depth exceeded: ${trigger.name}`);
      }
      guard(thread, () => trigger.run(thread, null, []));
      return undefined;
    } catch (error) {
      if (!(error instanceof Thrown) || (error.exception.info.name === 'LimitException' && this.#isNested(thread)))
        throw error;
      if (error.exception.info.name === 'AssertException') throw error;
      const { thrown, info } = error.exception;
      const name = info.file === undefined ? `System.${info.name}` : info.name;
      const at = wanted.replace(/(^|\s)(\w)/g, (_, _space: string, letter: string) => letter.toUpperCase());
      const message = `${trigger.name}: execution of ${at}\n\ncaused by: ${name}: ${thrown?.message ?? ''}\n\n${thrown?.stack ?? ''}`;
      return { statusCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message, fields: [] };
    } finally {
      thread.trigger = before.trigger;
      thread.frames.length = before.depth;
      thread.sharing = before.sharing;
      thread.triggerDepth--;
    }
  }

  /** Whether code, and not a door, made this write: then a limit ends that code. */
  #isNested(thread: Thread): boolean {
    return thread.frames.length > 1 || thread.triggerDepth > 1;
  }
}

const NOTHING: TriggerVerdict = { changes: {}, errors: [] };

interface Seen {
  readonly record: RecordValue | undefined;
  readonly old: RecordValue | undefined;
  readonly original: RecordValue | undefined;
}

function recordFrom(host: ApexHost, { object, timing }: TriggerMoment, { id, now, before }: TriggerRecord): Seen {
  const make = (values: TriggerRecord['now'], readOnly: boolean): RecordValue | undefined => {
    if (values === undefined) return undefined;
    const record = new RecordValue(object);
    const fields = host.org.schema.object(object)?.fields;
    for (const [name, json] of values) record.values.set(name, fromJson(fields?.get(name)?.type, json));
    if (id !== undefined) record.values.set('Id', id);
    record.readOnly = readOnly;
    return record;
  };
  return {
    record: make(now, timing === 'after'),
    old: make(before, true),
    original: timing === 'before' ? make(now, true) : undefined,
  };
}

function contextOf({ object, operation, timing }: TriggerMoment, seen: readonly Seen[]): TriggerContext {
  const type = recordType(object);
  const list = (records: readonly (RecordValue | undefined)[]): ListValue | null => {
    const there = records.filter((record) => record !== undefined);
    return there.length === 0 ? null : new ListValue(there, listOf(type));
  };
  const map = (records: readonly (RecordValue | undefined)[]): MapValue | null => {
    const keyed = records.flatMap((record) =>
      record === undefined || record.id === null ? [] : [[record.id, { key: record.id, value: record }] as const],
    );
    return keyed.length === 0 ? null : new MapValue(new Map(keyed), mapOf(base.id, type));
  };
  const [news, olds] = [seen.map(({ record }) => record), seen.map(({ old }) => old)];
  return {
    operation,
    timing,
    newList: list(news),
    oldList: list(olds),
    newMap: map(news),
    oldMap: map(olds),
    size: seen.length,
  };
}

/** What a before trigger has set otherwise. */
function changesOf(record: RecordValue, original: RecordValue | undefined): Readonly<Record<string, unknown>> {
  const changes: Record<string, unknown> = {};
  for (const field of record.set) {
    const value = record.values.get(field) ?? null;
    if (!isSame(value, original?.values.get(field) ?? null)) changes[field] = toJson(value);
  }
  return changes;
}
