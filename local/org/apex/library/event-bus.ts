import type { DmlResult } from '../../core/index.ts';
import { performDml } from '../runtime/dml.ts';
import type { Thread } from '../runtime/thread.ts';
import { known } from '../types/index.ts';
import { ListValue, NativeValue, RecordValue, type Value } from '../values/index.ts';
import { cloneRecord } from './collections.ts';
import type { ResultState } from './database-results.ts';
import { define } from './define.ts';

function publish(thread: Thread, events: readonly Value[]): readonly DmlResult[] {
  const records = events.filter((event) => event instanceof RecordValue);
  if (records.length === 0) return [];
  return performDml(thread, {
    operation: 'insert',
    records: records.map((each) => cloneRecord(each, false)),
    allOrNone: false,
    mode: undefined,
  });
}

const saved = (result: DmlResult) =>
  new NativeValue(known('Database.SaveResult'), {
    text: 'Database.SaveResult',
    result,
    operation: 'insert',
  } satisfies ResultState);

define('EventBus', {
  statics: {
    'Database.SaveResult publish(SObject)': (thread: Thread, event: Value) =>
      publish(thread, [event]).map(saved)[0] ?? null,
    'List<Database.SaveResult> publish(List<SObject>)': (thread: Thread, events: ListValue) =>
      new ListValue(publish(thread, events.items).map(saved)),
  },
});
