import type { Thread } from '../runtime/thread.ts';
import { throwApex } from '../runtime/throw.ts';
import { known } from '../types/index.ts';
import { type EnumValue, ListValue, MapValue, NativeValue, RecordValue, SetValue } from '../values/index.ts';
import { define } from './define.ts';

interface DecisionState {
  readonly text: string;
  readonly records: ListValue;
  readonly removed: ReadonlyMap<string, ReadonlySet<string>>;
}

define('SObjectAccessDecision', {
  methods: {
    'List<SObject> getRecords()': (_thread: Thread, self: NativeValue) => (self.state as DecisionState).records,
    'Map<String,Set<String>> getRemovedFields()': (_thread: Thread, self: NativeValue) =>
      new MapValue(
        new Map(
          [...(self.state as DecisionState).removed].map(([key, names]) => [
            key,
            { key, value: new SetValue(new Map([...names].map((name) => [name, name]))) },
          ]),
        ),
      ),
  },
});

const CHECKS: Readonly<Record<string, readonly ('createable' | 'updateable' | 'readable')[]>> = {
  CREATABLE: ['createable'],
  READABLE: ['readable'],
  UPDATABLE: ['updateable'],
  UPSERTABLE: ['createable', 'updateable'],
};

define('Security', {
  statics: {
    'SObjectAccessDecision stripInaccessible(AccessType, List<SObject>)': (
      thread: Thread,
      type: EnumValue,
      records: ListValue,
    ) => {
      const checks = CHECKS[type.name] ?? [];
      const removed = new Map<string, Set<string>>();
      const stripped = records.items.map((item) =>
        item instanceof RecordValue ? strip(thread, item, checks, removed) : item,
      );
      const state: DecisionState = {
        text: 'SObjectAccessDecision',
        records: new ListValue(stripped, records.type),
        removed,
      };
      return new NativeValue(known('SObjectAccessDecision'), state);
    },
  },
});

function strip(
  thread: Thread,
  record: RecordValue,
  checks: readonly ('createable' | 'updateable' | 'readable')[],
  removed: Map<string, Set<string>>,
): RecordValue {
  const session = { userId: thread.userId, token: '', origin: '' };
  const object = thread.host.org.schemaFor(session).object(record.object);
  if (object === undefined) throwApex(thread, 'NoAccessException', `No access to entity: ${record.object}`);
  const copy = new RecordValue(record.object);
  for (const [name, value] of record.values) {
    const field = object.fields.get(name);
    const allowed =
      name === 'Id' || (field !== undefined && checks.every((check) => check === 'readable' || field[check]));
    if (allowed) copy.put(name, value);
    else removed.set(record.object, (removed.get(record.object) ?? new Set()).add(name));
  }
  if (record.queried !== undefined) copy.queried = new Set(copy.values.keys());
  return copy;
}
