import type { Thread } from '../runtime/thread.ts';
import { type Instance, ListValue, type DmlRow, type ThrownState } from '../values/index.ts';
import { define } from './define.ts';
import { enumValue } from './enums.ts';

const state = (exception: Instance): ThrownState => {
  if (exception.thrown === undefined) throw new Error(`${exception.info.name} is no exception`);
  return exception.thrown;
};

define('Exception', {
  methods: {
    'String getMessage()': (_thread: Thread, self: Instance) => state(self).message ?? 'Script-thrown exception',
    'void setMessage(String?)': (_thread: Thread, self: Instance, message: string | null) => {
      state(self).message = message;
    },
    'Exception getCause()': (_thread: Thread, self: Instance) => state(self).cause,
    'void initCause(Exception)': (_thread: Thread, self: Instance, cause: Instance) => {
      state(self).cause = cause;
    },
    'Integer getLineNumber()': (_thread: Thread, self: Instance) => state(self).line,
    'String getStackTraceString()': (_thread: Thread, self: Instance) => state(self).stack,
    'String getTypeName()': (_thread: Thread, self: Instance) =>
      self.info.file === undefined && !self.info.name.includes('.') ? `System.${self.info.name}` : self.info.name,
  },
}).isAbstract = true;

for (const name of [
  'AsyncException',
  'AuraHandledException',
  'CalloutException',
  'EmailException',
  'FinalException',
  'HandledException',
  'IllegalArgumentException',
  'InvalidParameterValueException',
  'JSONException',
  'LimitException',
  'ListException',
  'MathException',
  'NoAccessException',
  'NoDataFoundException',
  'NoSuchElementException',
  'NullPointerException',
  'QueryException',
  'RequiredFeatureMissingException',
  'SecurityException',
  'SerializationException',
  'SObjectException',
  'StringException',
  'TypeException',
  'UnexpectedException',
  'AssertException',
  'EventBus.RetryableException',
]) {
  define(name, { extends: 'Exception' });
}

const row = (self: Instance, index: number): DmlRow => {
  const found = state(self).rows[index];
  if (found === undefined) throw new RangeError(`no DML row ${index}`);
  return found;
};

define('DmlException', {
  extends: 'Exception',
  methods: {
    'Integer getNumDml()': (_thread: Thread, self: Instance) => state(self).rows.length,
    'String getDmlMessage(Integer)': (_thread: Thread, self: Instance, at: number) => row(self, at).message,
    'Id getDmlId(Integer)': (_thread: Thread, self: Instance, at: number) => row(self, at).id,
    'Integer getDmlIndex(Integer)': (_thread: Thread, self: Instance, at: number) => row(self, at).index,
    'List<String> getDmlFieldNames(Integer)': (_thread: Thread, self: Instance, at: number) =>
      new ListValue([...row(self, at).fields]),
    'StatusCode getDmlType(Integer)': (_thread: Thread, self: Instance, at: number) =>
      enumValue('StatusCode', row(self, at).statusCode),
    'String getDmlStatusCode(Integer)': (_thread: Thread, self: Instance, at: number) => row(self, at).statusCode,
  },
});
