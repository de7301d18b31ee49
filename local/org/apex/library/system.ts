import { construct, toText } from '../runtime/invoke.ts';
import { throwApex } from '../runtime/throw.ts';
import type { Thread } from '../runtime/thread.ts';
import { typeValue, type TypeState } from '../runtime/type-values.ts';
import { isList, isMap, isRecord, isSet, known, type Type } from '../types/index.ts';
import {
  type EnumValue,
  Instance,
  isEqual,
  ListValue,
  MapValue,
  NativeValue,
  RecordValue,
  SetValue,
  type Value,
} from '../values/index.ts';
import { equal, holds, notEqual } from './assertions.ts';
import { now, today } from './dates.ts';
import { define } from './define.ts';
import { enumValue } from './enums.ts';

define('Object', {
  methods: {
    'String toString()': (thread: Thread, self: Value) => toText(thread, self),
    'Boolean equals(Object?)': (_thread: Thread, self: Value, other: Value) => isEqual(self, other),
    'Integer hashCode()': (thread: Thread) =>
      throwApex(thread, 'TypeException', 'unsupported hashCode in the local org'),
  },
});

define('System', {
  statics: {
    'void assert(Boolean?)': holds(true),
    'void assert(Boolean?, Object?)': holds(true),
    'void assertEquals(Object?, Object?)': equal,
    'void assertEquals(Object?, Object?, Object?)': equal,
    'void assertNotEquals(Object?, Object?)': notEqual,
    'void assertNotEquals(Object?, Object?, Object?)': notEqual,
    'void debug(Object?)': (thread: Thread, value: Value) => thread.host.log('DEBUG', toText(thread, value)),
    'void debug(LoggingLevel, Object?)': (thread: Thread, level: EnumValue, value: Value) =>
      thread.host.log(level.name, toText(thread, value)),
    'Datetime now()': now,
    'Date today()': today,
    'Long currentTimeMillis()': (thread: Thread) => BigInt(thread.host.org.clock.now()),
    'Boolean isBatch()': (thread: Thread) => thread.isAsync,
    'Boolean isQueueable()': (thread: Thread) => thread.isAsync,
    'Boolean isFuture()': () => false,
    'Boolean isScheduled()': (thread: Thread) => thread.isAsync,
    'Integer hashCode(Object?)': (thread: Thread) =>
      throwApex(thread, 'TypeException', 'unsupported hashCode in the local org'),
    'Boolean equals(Object?, Object?)': (_thread: Thread, left: Value, right: Value) => isEqual(left, right),
    'Id enqueueJob(Object)': (thread: Thread, job: Value) => {
      thread.take('queueableJobs');
      if (!(job instanceof Instance)) throwApex(thread, 'AsyncException', 'enqueueJob needs a Queueable');
      const id = thread.host.makeJobId('707');
      thread.host.enqueue(thread, { id, kind: 'queueable', instance: job, name: job.info.name, scope: 0 });
      return id;
    },
    'Id enqueueJob(Object, Integer)': (thread: Thread, job: Instance, _minutes: number) => {
      thread.take('queueableJobs');
      const id = thread.host.makeJobId('707');
      thread.host.enqueue(thread, { id, kind: 'queueable', instance: job, name: job.info.name, scope: 0 });
      return id;
    },
    'String schedule(String, String, Object)': (thread: Thread, name: string, cron: string, job: Value) => {
      if (!(job instanceof Instance) || !job.info.is(known('Schedulable'))) {
        throwApex(thread, 'AsyncException', 'Scheduled class must implement the Schedulable interface');
      }
      return thread.host.schedule(thread, job, name, cron);
    },
    'void abortJob(String)': (thread: Thread, id: string) => {
      if (!thread.host.abort(thread, id)) throwApex(thread, 'StringException', `Invalid job id: ${id}`);
    },
  },
});

define('UserInfo', {
  statics: {
    'Id getUserId()': (thread: Thread) => thread.userId,
    'String getUserName()': (thread: Thread) => userField(thread, 'Username'),
    'String getUserEmail()': (thread: Thread) => userField(thread, 'Email'),
    'String getName()': (thread: Thread) => userField(thread, 'Name'),
    'String getFirstName()': (thread: Thread) => userField(thread, 'FirstName'),
    'String getLastName()': (thread: Thread) => userField(thread, 'LastName'),
    'Id getProfileId()': (thread: Thread) => userField(thread, 'ProfileId'),
    'String getUserType()': () => 'Standard',
    'Id getOrganizationId()': (thread: Thread) => thread.host.org.id,
    'String getOrganizationName()': (thread: Thread) => oneValue(thread, 'SELECT Name FROM Organization', 'Name'),
    'String getLocale()': () => 'en_US',
    'String getLanguage()': () => 'en_US',
    'String getDefaultCurrency()': () => 'USD',
    'Boolean isMultiCurrencyOrganization()': (thread: Thread) =>
      thread.host.org.schema.object('CurrencyType') !== undefined,
    'String getSessionId()': (thread: Thread) =>
      throwApex(thread, 'RequiredFeatureMissingException', 'unsupported UserInfo.getSessionId in the local org'),
  },
});

const userField = (thread: Thread, field: string): string =>
  oneValue(thread, `SELECT ${field} FROM User WHERE Id = '${thread.userId}'`, field);

function oneValue(thread: Thread, soql: string, field: string): string {
  const query = { bind: () => null, mode: 'system', sharing: false } as const;
  const value = thread.unit.prepare(soql, thread.host.org.adminUserId, query).run().rows[0]?.values.get(field);
  return typeof value === 'string' ? value : '';
}

define('FeatureManagement', {
  statics: {
    'Boolean checkPermission(String)': (thread: Thread, name: string) =>
      thread.host.holdsPermission(thread.userId, name),
  },
});

define('Type', {
  statics: {
    'Type forName(String)': (thread: Thread, name: string) => namedType(thread, name),
    'Type forName(String?, String)': (thread: Thread, _namespace: string | null, name: string) =>
      namedType(thread, name),
  },
  methods: {
    'String getName()': (_thread: Thread, self: NativeValue) => (self.state as TypeState).text,
    'Object newInstance()': (thread: Thread, self: NativeValue) => newInstance(thread, (self.state as TypeState).type),
    'Boolean isAssignableFrom(Type)': (_thread: Thread, self: NativeValue, other: NativeValue) =>
      (other.state as TypeState).type.info.is((self.state as TypeState).type.info),
    'Boolean equals(Object?)': (_thread: Thread, self: NativeValue, other: Value) => isEqual(self, other),
  },
});

function namedType(thread: Thread, name: string): Value {
  const type = thread.host.typeNamed(name);
  return type === undefined ? null : typeValue(type);
}

function newInstance(thread: Thread, type: Type): Value {
  if (isList(type)) return new ListValue([], type);
  if (isSet(type)) return new SetValue(new Map(), type);
  if (isMap(type)) return new MapValue(new Map(), type);
  if (isRecord(type) && type.object !== undefined) return new RecordValue(type.object);
  if (type.info.file === undefined || type.info.isAbstract) {
    return throwApex(thread, 'TypeException', `Type cannot be constructed: ${type.name}`);
  }
  return construct(thread, type.info);
}

function limit(name: string, used: (thread: Thread) => number, allowed: (thread: Thread) => number) {
  return {
    [`Integer get${name}()`]: (thread: Thread) => used(thread),
    [`Integer getLimit${name}()`]: (thread: Thread) => allowed(thread),
  };
}

define('Limits', {
  statics: {
    ...limit(
      'Queries',
      ({ limits }) => limits.used('queries'),
      ({ limits }) => limits.allowance.queries,
    ),
    ...limit(
      'QueryRows',
      ({ limits }) => limits.used('queryRows'),
      ({ limits }) => limits.allowance.queryRows,
    ),
    ...limit(
      'DmlStatements',
      ({ limits }) => limits.used('dmlStatements'),
      ({ limits }) => limits.allowance.dmlStatements,
    ),
    ...limit(
      'DmlRows',
      ({ limits }) => limits.used('dmlRows'),
      ({ limits }) => limits.allowance.dmlRows,
    ),
    ...limit(
      'Callouts',
      ({ limits }) => limits.used('callouts'),
      ({ limits }) => limits.allowance.callouts,
    ),
    ...limit(
      'QueueableJobs',
      ({ limits }) => limits.used('queueableJobs'),
      ({ limits }) => limits.allowance.queueableJobs,
    ),
    ...limit(
      'CpuTime',
      ({ limits }) => limits.cpuMilliseconds,
      ({ limits }) => limits.allowance.cpuMilliseconds,
    ),
    ...limit(
      'PublishImmediateDML',
      ({ limits }) => limits.used('publishes'),
      ({ limits }) => limits.allowance.publishes,
    ),
    ...limit(
      'EmailInvocations',
      ({ limits }) => limits.used('emails'),
      ({ limits }) => limits.allowance.emails,
    ),
  },
});

interface OrgLimitState {
  readonly text: string;
  readonly name: string;
  readonly value: number;
  readonly limit: number;
}

function orgLimits(thread: Thread): readonly NativeValue[] {
  return [...thread.host.orgLimits()].map(([name, { used, limit: most }]) => {
    const state: OrgLimitState = { text: name, name, value: used, limit: most };
    return new NativeValue(known('OrgLimit'), state);
  });
}

define('OrgLimit', {
  methods: {
    'String getName()': (_thread: Thread, self: NativeValue) => (self.state as OrgLimitState).name,
    'Integer getValue()': (_thread: Thread, self: NativeValue) => (self.state as OrgLimitState).value,
    'Integer getLimit()': (_thread: Thread, self: NativeValue) => (self.state as OrgLimitState).limit,
  },
});

define('OrgLimits', {
  statics: {
    'List<OrgLimit> getAll()': (thread: Thread) => new ListValue([...orgLimits(thread)]),
    'Map<String,OrgLimit> getMap()': (thread: Thread) =>
      new MapValue(
        new Map(
          orgLimits(thread).map((each) => {
            const key = (each.state as OrgLimitState).name;
            return [key, { key, value: each }];
          }),
        ),
      ),
  },
});

define('Trigger', {
  staticProperties: {
    'Boolean isExecuting': ({ trigger }: Thread) => trigger !== undefined,
    'Boolean isBefore': ({ trigger }: Thread) => trigger?.timing === 'before',
    'Boolean isAfter': ({ trigger }: Thread) => trigger?.timing === 'after',
    'Boolean isInsert': ({ trigger }: Thread) => trigger?.operation === 'insert',
    'Boolean isUpdate': ({ trigger }: Thread) => trigger?.operation === 'update',
    'Boolean isDelete': ({ trigger }: Thread) => trigger?.operation === 'delete',
    'Boolean isUndelete': ({ trigger }: Thread) => trigger?.operation === 'undelete',
    'List<SObject> new': ({ trigger }: Thread) => trigger?.newList ?? null,
    'List<SObject> old': ({ trigger }: Thread) => trigger?.oldList ?? null,
    'Map<Id,SObject> newMap': ({ trigger }: Thread) => trigger?.newMap ?? null,
    'Map<Id,SObject> oldMap': ({ trigger }: Thread) => trigger?.oldMap ?? null,
    'Integer size': ({ trigger }: Thread) => trigger?.size ?? null,
    'TriggerOperation operationType': ({ trigger }: Thread) =>
      trigger === undefined
        ? null
        : enumValue('TriggerOperation', `${trigger.timing}_${trigger.operation}`.toUpperCase()),
  },
});
