import { OrgError } from '../contract/index.ts';
import type { Database } from '../database.ts';
import { activityListsOf } from '../schema/index.ts';
import { isDeleted, read, type Entry } from '../storage/index.ts';
import { canReadObject, isReadable, type Scope } from './scope.ts';
import type { ChildList } from './children.ts';

/**
 * The child list of a record's closed, or open, tasks; undefined when the name is no such list. An account's are those
 * of its contacts and opportunities too.
 */
export function activityListOf(scope: Scope, from: string): ChildList | undefined {
  const lists = activityListsOf(scope.table.definition);
  const list = lists.find(({ name }) => name.toLowerCase() === from.toLowerCase());
  if (!list || !canReadObject(scope, 'Task')) return undefined;
  const { database } = scope;
  const table = database.table('Task');
  const closed = table.column('IsClosed');
  if (closed === undefined || !isReadable(scope, closed)) return undefined;
  return {
    name: list.name,
    type: list.type,
    table,
    *entries(parent) {
      for (const entry of relatedTo(database, parent)) {
        if (entry.table !== table) throw eventsRefused(list.name);
        if (entry.row !== undefined && (read(entry.row, closed) === true) === list.closed) yield entry;
      }
    },
  };
}

function eventsRefused(name: string): OrgError {
  return new OrgError(400, 'MALFORMED_QUERY', `not yet: calendar events in ${name} are not known to the local org`);
}

function relatedTo(database: Database, parent: Entry): ReadonlySet<Entry> {
  const parents = [parent];
  if (parent.table.definition.name === 'Account')
    for (const object of ['Contact', 'Opportunity']) parents.push(...childrenBy(database, object, 'AccountId', parent));
  const found = new Set<Entry>();
  for (const one of parents)
    for (const object of ['Task', 'Event'])
      for (const field of ['WhoId', 'WhatId'])
        for (const entry of childrenBy(database, object, field, one)) found.add(entry);
  return found;
}

function childrenBy(database: Database, object: string, field: string, parent: Entry): Entry[] {
  const table = database.table(object);
  const column = table.column(field);
  if (column === undefined || !column.field.referenceTo.includes(parent.table.definition.name)) return [];
  return [...table.lookupIndex(column).childrenOf(parent)].filter(({ row }) => row !== undefined && !isDeleted(row));
}
