import { callMethod, findMethod } from '../runtime/invoke.ts';
import { throwApex } from '../runtime/throw.ts';
import type { Thread } from '../runtime/thread.ts';
import { known } from '../types/index.ts';
import {
  compareForSort,
  Instance,
  isEqual,
  isSame,
  keyOf,
  ListValue,
  MapValue,
  NativeValue,
  RecordValue,
  SetValue,
  type Key,
  type Value,
} from '../values/index.ts';
import { objectToken } from '../runtime/tokens.ts';
import { define, useLists } from './define.ts';

useLists((items) => new ListValue([...items]));

define('Iterable', { kind: 'interface', parameters: ['T'] });
define('Iterator', { kind: 'interface', parameters: ['T'] });
define('Iterable', { abstracts: ['Iterator<T> iterator()'] });
define('Iterator', { abstracts: ['Boolean hasNext()', 'T next()'] });
define('Comparable', { kind: 'interface', abstracts: ['Integer compareTo(Object)'] });
define('Comparator', { kind: 'interface', parameters: ['T'], abstracts: ['Integer compare(T, T)'] });

define('ListIterator', {
  parameters: ['T'],
  implements: ['Iterator<T>'],
  methods: {
    'Boolean hasNext()': (_thread: Thread, self: NativeValue) => (self.state as Cursor).items.length > 0,
    'T next()': (thread: Thread, self: NativeValue) => {
      const { items } = self.state as Cursor;
      if (items.length === 0) throwApex(thread, 'NoSuchElementException', 'Iterator has no more elements.');
      return items.shift() ?? null;
    },
  },
});

interface Cursor {
  readonly items: Value[];
}

const iterator = (items: Iterable<Value>) =>
  new NativeValue(known('ListIterator'), { items: [...items] } satisfies Cursor);

function place(thread: Thread, list: ListValue, index: number, length = list.items.length): number {
  if (index >= 0 && index < length) return index;
  return throwApex(thread, 'ListException', `List index out of bounds: ${index}`);
}

const itemsOf = (collection: ListValue | SetValue): readonly Value[] =>
  collection instanceof ListValue ? collection.items : [...collection.items.values()];

function order(thread: Thread): (left: Value, right: Value) => number {
  return (left, right) => {
    if (left instanceof Instance && findMethod(left.info, 'compareTo', 1) !== undefined) {
      return Number(callMethod(thread, left, 'compareTo', [right]));
    }
    return compareForSort(left, right);
  };
}

define('List', {
  parameters: ['T'],
  implements: ['Iterable<T>'],
  constructors: {
    '()': () => new ListValue([]),
    '(List<T>)': (_thread: Thread, from: ListValue) => new ListValue([...from.items]),
    '(Set<T>)': (_thread: Thread, from: SetValue) => new ListValue([...from.items.values()]),
    '(Integer)': () => new ListValue([]),
  },
  methods: {
    'void add(T?)': (thread: Thread, list: ListValue, value: Value) => {
      void thread;
      list.items.push(value);
    },
    'void add(Integer, T?)': (thread: Thread, list: ListValue, at: number, value: Value) => {
      list.items.splice(place(thread, list, at, list.items.length + 1), 0, value);
    },
    'void addAll(List<T>)': (_thread: Thread, list: ListValue, other: ListValue) =>
      void list.items.push(...other.items),
    'void addAll(Set<T>)': (_thread: Thread, list: ListValue, other: SetValue) =>
      void list.items.push(...other.items.values()),
    'void clear()': (_thread: Thread, list: ListValue) => void list.items.splice(0),
    'List<T> clone()': (_thread: Thread, list: ListValue) => new ListValue([...list.items], list.type),
    'List<T> deepClone()': (_thread: Thread, list: ListValue) =>
      new ListValue(
        list.items.map((item) => (item instanceof RecordValue ? cloneRecord(item, false) : item)),
        list.type,
      ),
    'Boolean contains(T?)': (_thread: Thread, list: ListValue, value: Value) =>
      list.items.some((item) => isSame(item, value)),
    'Integer indexOf(T?)': (_thread: Thread, list: ListValue, value: Value) =>
      list.items.findIndex((item) => isSame(item, value)),
    'T get(Integer)': (thread: Thread, list: ListValue, at: number) => list.items[place(thread, list, at)] ?? null,
    'void set(Integer, T?)': (thread: Thread, list: ListValue, at: number, value: Value) => {
      list.items[place(thread, list, at)] = value;
    },
    'T remove(Integer)': (thread: Thread, list: ListValue, at: number) =>
      list.items.splice(place(thread, list, at), 1)[0] ?? null,
    'Boolean isEmpty()': (_thread: Thread, list: ListValue) => list.items.length === 0,
    'Integer size()': (_thread: Thread, list: ListValue) => list.items.length,
    'Boolean equals(Object?)': (_thread: Thread, list: ListValue, other: Value) => isEqual(list, other),
    'void sort()': (thread: Thread, list: ListValue) => void list.items.sort(order(thread)),
    'void sort(Comparator<T>)': (thread: Thread, list: ListValue, comparator: Value) =>
      void list.items.sort((left, right) => Number(callMethod(thread, comparator, 'compare', [left, right]))),
    'Iterator<T> iterator()': (_thread: Thread, list: ListValue) => iterator(list.items),
    'Schema.SObjectType getSObjectType()': (_thread: Thread, list: ListValue) => {
      const object = list.type?.args[0]?.object;
      return object === undefined ? null : objectToken(object);
    },
  },
});

/** A copy of a record, with or without its ID. */
export function cloneRecord(record: RecordValue, keepsId: boolean): RecordValue {
  const copy = new RecordValue(record.object);
  for (const [field, value] of record.values) if (keepsId || field !== 'Id') copy.put(field, value);
  for (const [name, parent] of record.parents) copy.parents.set(name, parent);
  if (record.queried !== undefined) copy.queried = new Set(record.queried);
  return copy;
}

const setOf = (values: Iterable<Value>): Map<Key, Value> => new Map([...values].map((value) => [keyOf(value), value]));

function addAll(set: SetValue, values: Iterable<Value>): boolean {
  const before = set.items.size;
  for (const value of values) set.items.set(keyOf(value), value);
  return set.items.size > before;
}

function removeAll(set: SetValue, values: Iterable<Value>): boolean {
  const before = set.items.size;
  for (const value of values) set.items.delete(keyOf(value));
  return set.items.size < before;
}

function retainAll(set: SetValue, values: Iterable<Value>): boolean {
  const kept = setOf(values);
  return removeAll(
    set,
    [...set.items].filter(([key]) => !kept.has(key)).map(([, value]) => value),
  );
}

const ofBoth = (
  natives: (
    take: (collection: ListValue | SetValue) => readonly Value[],
  ) => (_t: Thread, self: SetValue, other: ListValue & SetValue) => Value,
) => natives(itemsOf);

define('Set', {
  parameters: ['T'],
  implements: ['Iterable<T>'],
  constructors: {
    '()': () => new SetValue(new Map()),
    '(List<T>)': (_thread: Thread, from: ListValue) => new SetValue(setOf(from.items)),
    '(Set<T>)': (_thread: Thread, from: SetValue) => new SetValue(new Map(from.items)),
  },
  methods: {
    'Boolean add(T?)': (_thread: Thread, set: SetValue, value: Value) => addAll(set, [value]),
    'Boolean addAll(List<T>)': ofBoth((take) => (_t, set, other) => addAll(set, take(other))),
    'Boolean addAll(Set<T>)': ofBoth((take) => (_t, set, other) => addAll(set, take(other))),
    'void clear()': (_thread: Thread, set: SetValue) => set.items.clear(),
    'Set<T> clone()': (_thread: Thread, set: SetValue) => new SetValue(new Map(set.items), set.type),
    'Boolean contains(T?)': (_thread: Thread, set: SetValue, value: Value) => set.items.has(keyOf(value)),
    'Boolean containsAll(List<T>)': ofBoth(
      (take) => (_t, set, other) => take(other).every((value) => set.items.has(keyOf(value))),
    ),
    'Boolean containsAll(Set<T>)': ofBoth(
      (take) => (_t, set, other) => take(other).every((value) => set.items.has(keyOf(value))),
    ),
    'Boolean equals(Object?)': (_thread: Thread, set: SetValue, other: Value) => isEqual(set, other),
    'Boolean isEmpty()': (_thread: Thread, set: SetValue) => set.items.size === 0,
    'Iterator<T> iterator()': (_thread: Thread, set: SetValue) => iterator(set.items.values()),
    'Boolean remove(T?)': (_thread: Thread, set: SetValue, value: Value) => removeAll(set, [value]),
    'Boolean removeAll(List<T>)': ofBoth((take) => (_t, set, other) => removeAll(set, take(other))),
    'Boolean removeAll(Set<T>)': ofBoth((take) => (_t, set, other) => removeAll(set, take(other))),
    'Boolean retainAll(List<T>)': ofBoth((take) => (_t, set, other) => retainAll(set, take(other))),
    'Boolean retainAll(Set<T>)': ofBoth((take) => (_t, set, other) => retainAll(set, take(other))),
    'Integer size()': (_thread: Thread, set: SetValue) => set.items.size,
  },
});

function put(map: MapValue, key: Value, value: Value): Value {
  const at = keyOf(key);
  const entry = map.entries.get(at);
  if (entry === undefined) map.entries.set(at, { key, value });
  else {
    const before = entry.value;
    entry.value = value;
    return before;
  }
  return null;
}

function fromRecords(records: ListValue): MapValue {
  const map = new MapValue(new Map());
  for (const record of records.items) if (record instanceof RecordValue) put(map, record.id, record);
  return map;
}

const copyEntries = (map: MapValue) => new Map([...map.entries].map(([key, entry]) => [key, { ...entry }]));

define('Map', {
  parameters: ['K', 'V'],
  constructors: {
    '()': () => new MapValue(new Map()),
    '(Map<K,V>)': (_thread: Thread, from: MapValue) => new MapValue(copyEntries(from)),
    '(List<SObject>)': (_thread: Thread, from: ListValue) => fromRecords(from),
  },
  methods: {
    'void clear()': (_thread: Thread, map: MapValue) => map.entries.clear(),
    'Map<K,V> clone()': (_thread: Thread, map: MapValue) => new MapValue(copyEntries(map), map.type),
    'Boolean containsKey(K?)': (_thread: Thread, map: MapValue, key: Value) => map.entries.has(keyOf(key)),
    'Boolean equals(Object?)': (_thread: Thread, map: MapValue, other: Value) => isEqual(map, other),
    'V get(K?)': (_thread: Thread, map: MapValue, key: Value) => map.entries.get(keyOf(key))?.value ?? null,
    'Boolean isEmpty()': (_thread: Thread, map: MapValue) => map.entries.size === 0,
    'Set<K> keySet()': (_thread: Thread, map: MapValue) =>
      new SetValue(new Map([...map.entries].map(([at, { key }]) => [at, key]))),
    'V put(K?, V?)': (_thread: Thread, map: MapValue, key: Value, value: Value) => put(map, key, value),
    'void putAll(Map<K,V>)': (_thread: Thread, map: MapValue, other: MapValue) => {
      for (const { key, value } of other.entries.values()) put(map, key, value);
    },
    'void putAll(List<SObject>)': (_thread: Thread, map: MapValue, records: ListValue) => {
      for (const record of records.items) if (record instanceof RecordValue) put(map, record.id, record);
    },
    'V remove(K?)': (_thread: Thread, map: MapValue, key: Value) => {
      const entry = map.entries.get(keyOf(key));
      map.entries.delete(keyOf(key));
      return entry?.value ?? null;
    },
    'Integer size()': (_thread: Thread, map: MapValue) => map.entries.size,
    'List<V> values()': (_thread: Thread, map: MapValue) =>
      new ListValue([...map.entries.values()].map(({ value }) => value)),
  },
});
