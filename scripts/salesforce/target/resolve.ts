import type { Channel } from '../connection/index.ts';
import type { OrgObject } from '../describe.ts';
import { queryPages, type QueryRow } from '../query.ts';
import { idsPerQuery, literal, select } from '../soql.ts';
import { queryByKey } from './by-key.ts';
import type { Key } from './key.ts';
import type { Outgoing } from './outgoing.ts';

/** A record of the org, the parents that writing it locks, and what it holds of the columns asked for. */
export interface Found {
  readonly id: string;
  readonly parents: string;
  readonly row: QueryRow;
}

/** References of standard objects whose parent is locked with the child. */
const locking = ['AccountId', 'ContactId', 'OpportunityId', 'CampaignId', 'WhatId', 'WhoId', 'ParentId'];

/** The records of the org with these keys, by folded key: none, one or several. `columns`: what is read of them. */
export async function resolveIds(
  channel: Channel,
  object: OrgObject,
  key: Key,
  records: readonly Outgoing[],
  columns: readonly string[],
): Promise<ReadonlyMap<string, readonly Found[]>> {
  const parents = locking.filter((name) => object.fields.has(name.toLowerCase()));
  const ids = new Map<string, Found[]>();
  const keys = records.map((record) => record.key);
  await queryByKey(channel, object, key, [...parents, ...columns], keys, (folded, row) => {
    const found = {
      id: String(row['Id']),
      parents: parents
        .map((name) => String((row[name] as string | null) ?? ''))
        .join('\n')
        .trim(),
      row,
    };
    const others = ids.get(folded);
    if (others) others.push(found);
    else ids.set(folded, [found]);
  });
  return ids;
}

/** Of deleted records, those that were merged, with the record that is left (K-26). */
export async function survivors(
  channel: Channel,
  object: OrgObject,
  records: readonly Outgoing[],
): Promise<ReadonlyMap<string, string>> {
  const masters = new Map<string, string>();
  if (!object.fields.has('masterrecordid')) return masters;
  const ids = records.flatMap(({ id }) => id ?? []);
  const query = (cut: readonly string[]): string =>
    select({ fields: ['Id', 'MasterRecordId'], from: object.name, where: [`Id IN ${literal(cut)}`] });
  const size = idsPerQuery(query([]));
  for (let start = 0; start < ids.length; start += size) {
    const soql = query(ids.slice(start, start + size));
    for await (const { rows } of queryPages(channel, soql, `what became of ${object.name} records`, 'queryAll')) {
      for (const { Id, MasterRecordId } of rows) {
        if (typeof Id === 'string' && typeof MasterRecordId === 'string') masters.set(Id, MasterRecordId);
      }
    }
  }
  return masters;
}
