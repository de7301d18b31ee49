import type { DmlRequest } from '../../core/index.ts';
import { performDml } from '../runtime/dml.ts';
import { type QueryCall, runCount, runQuery } from '../runtime/query.ts';
import type { Frame, Thread } from '../runtime/thread.ts';
import { throwApex } from '../runtime/throw.ts';
import type { FieldToken } from '../runtime/tokens.ts';
import { base, known, listOf } from '../types/index.ts';
import { Instance, ListValue, type MapValue, NativeValue, RecordValue, type Value } from '../values/index.ts';
import { modeOf } from './access-level.ts';
import { RESULT_OF, type ResultState } from './database-results.ts';
import { define } from './define.ts';

function frameOf(thread: Thread): Frame {
  const frame = thread.frames.at(-1);
  if (frame === undefined) throw new Error('a query outside of any code');
  return frame;
}

/** A query as text; its binds are in `binds`, by name in any case. */
function queried(soql: string, level: NativeValue | undefined, binds?: MapValue): QueryCall {
  return {
    soql,
    mode: modeOf(level),
    bind: ({ thread }, expression) => {
      const name = expression.replace(/^:/, '').trim().toLowerCase();
      const found = [...(binds?.entries.values() ?? [])].find(
        ({ key }) => typeof key === 'string' && key.toLowerCase() === name,
      );
      return found === undefined
        ? throwApex(thread, 'QueryException', `Variable does not exist: ${name}`)
        : found.value;
    },
  };
}

const query = (thread: Thread, soql: string, level?: NativeValue) =>
  runQuery(frameOf(thread), queried(soql, level), listOf(base.sobject));

const count = (thread: Thread, soql: string, level?: NativeValue) => runCount(frameOf(thread), queried(soql, level));

function write(
  thread: Thread,
  operation: DmlRequest['operation'],
  given: Value,
  allOrNone: boolean,
  level: NativeValue | undefined,
  externalIdField?: NativeValue,
): Value {
  const items = given instanceof ListValue ? given.items : [given];
  const records = items.filter((item) => item instanceof RecordValue);
  if (records.length < items.length) throwApex(thread, 'NullPointerException', 'Attempt to de-reference a null object');
  const key = externalIdField === undefined ? {} : { externalIdField: (externalIdField.state as FieldToken).field };
  const results =
    records.length === 0 ? [] : performDml(thread, { operation, records, allOrNone, mode: modeOf(level), ...key });
  const info = known(`Database.${RESULT_OF[operation] ?? 'SaveResult'}`);
  const made = results.map(
    (result) => new NativeValue(info, { text: info.name, result, operation } satisfies ResultState),
  );
  return given instanceof ListValue ? new ListValue(made) : (made[0] ?? null);
}

/** `Database.insert(…)` in all its forms; deletes also take IDs. */
function forms(operation: DmlRequest['operation']) {
  const kind = `Database.${RESULT_OF[operation] ?? ''}`;
  const forOne = `${kind} ${operation}(SObject`;
  const forMany = `List<${kind}> ${operation}(List<SObject>`;
  const natives: Record<string, (thread: Thread, ...values: never[]) => Value> = {};
  for (const form of [forOne, forMany]) {
    natives[`${form})`] = (thread: Thread, given: Value) => write(thread, operation, given, true, undefined);
    natives[`${form}, Boolean)`] = (thread: Thread, given: Value, all: boolean) =>
      write(thread, operation, given, all, undefined);
    natives[`${form}, Boolean, AccessLevel)`] = (thread: Thread, given: Value, all: boolean, level: NativeValue) =>
      write(thread, operation, given, all, level);
    natives[`${form}, AccessLevel)`] = (thread: Thread, given: Value, level: NativeValue) =>
      write(thread, operation, given, true, level);
    if (operation !== 'upsert') continue;
    natives[`${form}, Schema.SObjectField)`] = (thread: Thread, given: Value, field: NativeValue) =>
      write(thread, operation, given, true, undefined, field);
    natives[`${form}, Schema.SObjectField, Boolean)`] = (
      thread: Thread,
      given: Value,
      field: NativeValue,
      all: boolean,
    ) => write(thread, operation, given, all, undefined, field);
    natives[`${form}, Schema.SObjectField, AccessLevel)`] = (
      thread: Thread,
      given: Value,
      field: NativeValue,
      level: NativeValue,
    ) => write(thread, operation, given, true, level, field);
    natives[`${form}, Schema.SObjectField, Boolean, AccessLevel)`] = (
      thread: Thread,
      given: Value,
      field: NativeValue,
      all: boolean,
      level: NativeValue,
    ) => write(thread, operation, given, all, level, field);
  }
  return natives;
}

function recordsOfIds(thread: Thread, ids: ListValue): ListValue {
  return new ListValue(ids.items.map((id) => recordOfId(thread, typeof id === 'string' ? id : '')));
}

function recordOfId(thread: Thread, id: string): RecordValue {
  const object = thread.host.org.schema.objectOfId(id);
  const record = new RecordValue(object?.name ?? throwApex(thread, 'StringException', `Invalid id: ${id}`));
  record.values.set('Id', id);
  return record;
}

interface SavepointState {
  readonly text: string;
  readonly undo: () => void;
}

interface LocatorState {
  readonly text: string;
  readonly soql: string;
  readonly records: ListValue;
}

define('Savepoint', {});

define('Database.QueryLocator', {
  methods: { 'String getQuery()': (_thread: Thread, self: NativeValue) => (self.state as LocatorState).soql },
});

define('Database.BatchableContext', {
  methods: {
    'Id getJobId()': (_thread: Thread, self: NativeValue) => (self.state as { readonly id: string }).id,
    'Id getChildJobId()': (_thread: Thread, self: NativeValue) => (self.state as { readonly id: string }).id,
  },
});

define('Database.Batchable', {
  kind: 'interface',
  parameters: ['T'],
  abstracts: ['void execute(Database.BatchableContext, List<T>)', 'void finish(Database.BatchableContext)'],
});

define('Database.Stateful', { kind: 'interface' });

define('Database.AllowsCallouts', { kind: 'interface' });

/** The records that a batch's `start` answers with. */
export function recordsOfLocator(self: Value): readonly Value[] | undefined {
  return self instanceof NativeValue && 'records' in self.state
    ? (self.state as LocatorState).records.items
    : undefined;
}

define('Database', {
  statics: {
    'List<SObject> query(String)': query,
    'List<SObject> query(String, AccessLevel)': query,
    'Integer countQuery(String)': count,
    'Integer countQuery(String, AccessLevel)': count,
    'List<SObject> queryWithBinds(String, Map<String,Object>, AccessLevel)': (
      thread: Thread,
      soql: string,
      binds: MapValue,
      level: NativeValue,
    ) => runQuery(frameOf(thread), queried(soql, level, binds), listOf(base.sobject)),
    'Integer countQueryWithBinds(String, Map<String,Object>, AccessLevel)': (
      thread: Thread,
      soql: string,
      binds: MapValue,
      level: NativeValue,
    ) => runCount(frameOf(thread), queried(soql, level, binds)),
    'Database.QueryLocator getQueryLocator(String)': (thread: Thread, soql: string) =>
      locator(soql, query(thread, soql)),
    'Database.QueryLocator getQueryLocator(String, AccessLevel)': (thread: Thread, soql: string, level: NativeValue) =>
      locator(soql, query(thread, soql, level)),
    'Database.QueryLocator getQueryLocator(List<SObject>)': (_thread: Thread, records: ListValue) =>
      locator('', records),
    ...forms('insert'),
    ...forms('update'),
    ...forms('upsert'),
    ...forms('delete'),
    ...forms('undelete'),
    'Database.DeleteResult delete(Id)': (thread: Thread, id: string) =>
      write(thread, 'delete', recordOfId(thread, id), true, undefined),
    'List<Database.DeleteResult> delete(List<Id>)': (thread: Thread, ids: ListValue) =>
      write(thread, 'delete', recordsOfIds(thread, ids), true, undefined),
    'List<Database.DeleteResult> delete(List<Id>, Boolean)': (thread: Thread, ids: ListValue, all: boolean) =>
      write(thread, 'delete', recordsOfIds(thread, ids), all, undefined),
    'List<Database.DeleteResult> delete(List<Id>, AccessLevel)': (thread: Thread, ids: ListValue, level: NativeValue) =>
      write(thread, 'delete', recordsOfIds(thread, ids), true, level),
    'Savepoint setSavepoint()': (thread: Thread) => {
      thread.take('dmlStatements');
      return new NativeValue(known('Savepoint'), {
        text: 'Savepoint',
        undo: thread.unit.savepoint(),
      } satisfies SavepointState);
    },
    'void rollback(Savepoint)': (thread: Thread, self: NativeValue) => {
      thread.take('dmlStatements');
      (self.state as SavepointState).undo();
    },
    'void releaseSavepoint(Savepoint)': () => undefined,
    'Id executeBatch(Object)': (thread: Thread, batch: Instance) => executeBatch(thread, batch, 200),
    'Id executeBatch(Object, Integer)': (thread: Thread, batch: Instance, scope: number) =>
      executeBatch(thread, batch, scope),
  },
});

function locator(soql: string, records: Value): NativeValue {
  const list = records instanceof ListValue ? records : new ListValue([]);
  return new NativeValue(known('Database.QueryLocator'), { text: soql, soql, records: list } satisfies LocatorState);
}

function executeBatch(thread: Thread, instance: Instance, scope: number): string {
  if (!(instance instanceof Instance) || !instance.info.is(known('Database.Batchable'))) {
    return throwApex(thread, 'AsyncException', 'executeBatch needs a Database.Batchable');
  }
  const id = thread.host.makeJobId('707');
  thread.host.enqueue(thread, { id, kind: 'batch', instance, name: instance.info.name, scope });
  return id;
}
