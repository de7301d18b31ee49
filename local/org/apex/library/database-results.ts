import type { DmlResult } from '../../core/index.ts';
import type { Thread } from '../runtime/thread.ts';
import { known } from '../types/index.ts';
import { ListValue, NativeValue } from '../values/index.ts';
import { define } from './define.ts';
import { enumValue } from './enums.ts';

/** One record's result, as code sees it. */
export interface ResultState {
  readonly text: string;
  readonly result: DmlResult;
  readonly operation: string;
}

const resultOf = (self: NativeValue) => (self.state as ResultState).result;

interface ErrorState {
  readonly text: string;
  readonly error: DmlResult['errors'][number];
}

define('Database.Error', {
  methods: {
    'String getMessage()': (_thread: Thread, self: NativeValue) => (self.state as ErrorState).error.message,
    'StatusCode getStatusCode()': (_thread: Thread, self: NativeValue) =>
      enumValue('StatusCode', (self.state as ErrorState).error.statusCode),
    'List<String> getFields()': (_thread: Thread, self: NativeValue) =>
      new ListValue([...(self.state as ErrorState).error.fields]),
  },
});

for (const name of ['SaveResult', 'UpsertResult', 'DeleteResult', 'UndeleteResult']) {
  define(`Database.${name}`, {
    methods: {
      'Boolean isSuccess()': (_thread: Thread, self: NativeValue) => resultOf(self).success,
      'Id getId()': (_thread: Thread, self: NativeValue) => resultOf(self).id ?? null,
      'Boolean isCreated()': (_thread: Thread, self: NativeValue) => resultOf(self).created === true,
      'List<Database.Error> getErrors()': (_thread: Thread, self: NativeValue) =>
        new ListValue(
          resultOf(self).success
            ? []
            : resultOf(self).errors.map(
                (error) =>
                  new NativeValue(known('Database.Error'), { text: error.message, error } satisfies ErrorState),
              ),
        ),
    },
  });
}

/** What each operation answers with. */
export const RESULT_OF: Readonly<Record<string, string>> = {
  insert: 'SaveResult',
  update: 'SaveResult',
  upsert: 'UpsertResult',
  delete: 'DeleteResult',
  undelete: 'UndeleteResult',
};
