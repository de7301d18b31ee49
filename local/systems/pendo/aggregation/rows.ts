import type { Read } from './expression.ts';
import type { Entity, Visitor } from '../entities.ts';
import { isObject } from '../json.ts';
import type { Kind } from '../fields.ts';
import type { Subscription } from '../subscription.ts';
import { startOf } from '../usage.ts';

/** A row on its way through a pipeline: fields are computed when they are read. */
export interface Row {
  readonly read: Read;
  /** The visitor it speaks of, and in which account, for segments. */
  readonly visitor?: Visitor;
  readonly accountId?: string;
  /** All of it, as it is answered. */
  whole(): Record<string, unknown>;
}

/** A row of fields that are there already. */
export function plainRow(fields: Record<string, unknown>, visitor?: Visitor, accountId?: string): Row {
  return {
    read: (path) => at(fields, path.split('.')),
    whole: () => fields,
    ...(visitor !== undefined && { visitor }),
    ...(accountId !== undefined && { accountId }),
  };
}

function at(value: unknown, path: readonly string[]): unknown {
  let found = value;
  for (const name of path) found = isObject(found) ? found[name] : undefined;
  return found;
}

/** Visitors or accounts in the order of their IDs. */
export function* entityRows(kind: Kind, subscription: Subscription): Generator<Row> {
  const entities = kind === 'visitor' ? subscription.visitors : subscription.accounts;
  for (const entity of entities.sorted()) yield entityRow(kind, entity, subscription);
}

function entityRow(kind: Kind, entity: Entity, subscription: Subscription): Row {
  const idName = `${kind}Id`;
  return {
    read(path) {
      if (path === idName) return entity.id;
      const [root, group = '', ...rest] = path.split('.');
      if (root !== 'metadata') return undefined;
      return at(
        group === 'auto' ? subscription.auto(kind, entity) : entity.metadata[group],
        rest.map((name) => name.toLowerCase()),
      );
    },
    whole: () => ({ [idName]: entity.id, metadata: subscription.metadata(kind, entity) }),
    ...(kind === 'visitor' ? { visitor: entity as Visitor } : { accountId: entity.id }),
  };
}

/** What each visitor did on each day, both included, in each of its accounts. */
export function* eventRows(first: number, last: number, subscription: Subscription): Generator<Row> {
  for (const visitor of subscription.visitors.sorted()) {
    for (let day = first; day <= last; day++) {
      const done = visitor.usage.on(day);
      if (done === undefined) continue;
      for (const accountId of visitor.accountIds.length === 0 ? [''] : visitor.accountIds) {
        const fields = {
          visitorId: visitor.id,
          accountId,
          day: startOf(day),
          numEvents: done.events,
          numMinutes: done.minutes,
        };
        yield plainRow(fields, visitor, accountId);
      }
    }
  }
}
