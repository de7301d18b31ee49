import assert from 'node:assert/strict';
import avro from 'avsc';
import { parse } from 'csv-parse/sync';
import { Codecs } from '../pubsub/index.ts';
import type { ChangeHeader } from '../pubsub/index.ts';
import type { TestOrg } from '../server/test-org.ts';
import { columns, type Fields, type Value } from './requests.ts';
import type { Scene } from './scene.ts';

/** Records by ID, each as its columns in order. */
export type View = ReadonlyMap<string, readonly Value[]>;

export function viewOf(rows: readonly (Fields | null)[]): View {
  const shown = rows.flatMap((row) =>
    row ? [[String(row['Id']), columns.map((name) => row[name] ?? null)] as const] : [],
  );
  return new Map(shown.toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

const soql = `SELECT Id, ${columns.join(', ')} FROM Lead`;

export async function rowsOf(made: TestOrg, path: 'query' | 'queryAll'): Promise<readonly Fields[]> {
  return (await made.json<{ records: Fields[] }>('GET', `/${path}?q=${encodeURIComponent(soql)}`)).records;
}

async function byRest({ made, ids }: Scene): Promise<readonly (Fields | null)[]> {
  return Promise.all(
    ids.map(async (id) => {
      const response = await made.call('GET', `/sobjects/Lead/${id}?fields=${columns.join(',')}`);
      return response.status === 404 ? null : ((await response.json()) as Fields);
    }),
  );
}

async function byComposite({ made }: Scene): Promise<readonly Fields[]> {
  const url = `/services/data/v66.0/query?q=${encodeURIComponent(soql)}`;
  const compositeRequest = [{ method: 'GET', url, referenceId: 'all' }];
  const { compositeResponse } = await made.json<{ compositeResponse: { body: { records: Fields[] } }[] }>(
    ...(['POST', '/composite', { compositeRequest }] as const),
  );
  return compositeResponse[0]?.body.records ?? [];
}

/** The UI API shows no record of the recycle bin, and no field that says so. */
async function byUiApi({ made, ids }: Scene): Promise<readonly (Fields | null)[]> {
  const wanted = columns.filter((name) => name !== 'IsDeleted').map((name) => `Lead.${name}`);
  return Promise.all(
    ids.map(async (id) => {
      const response = await made.call('GET', `/ui-api/records/${id}?fields=${wanted.join(',')}`);
      if (response.status === 404) return null;
      const { fields } = (await response.json()) as { fields: Readonly<Record<string, { value: Value }>> };
      const values = Object.entries(fields).map(([name, { value }]) => [name, value] as const);
      return { ...Object.fromEntries(values), Id: id, IsDeleted: false };
    }),
  );
}

export async function byBulk({ made }: Scene, operation: 'query' | 'queryAll'): Promise<readonly Fields[]> {
  const { id } = await made.json<{ id: string }>('POST', '/jobs/query', { operation, query: soql });
  made.clock.advance(0);
  const csv = await (await made.call('GET', `/jobs/query/${id}/results`)).text();
  const rows = parse<Readonly<Record<string, string>>>(csv, { columns: true });
  return rows.map((row) => ({
    ...Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cell === '' ? null : cell])),
    AnnualRevenue: row['AnnualRevenue'] === '' ? null : Number(row['AnnualRevenue']),
    DoNotCall: row['DoNotCall'] === 'true',
    IsDeleted: row['IsDeleted'] === 'true',
  }));
}

async function byRetrieve({ made, ids }: Scene): Promise<readonly (Fields | null)[]> {
  if (ids.length === 0) return [];
  return made.json<(Fields | null)[]>('POST', '/composite/sobjects/Lead', { ids, fields: ['Id', ...columns] });
}

interface Told {
  readonly header: Pick<ChangeHeader, 'recordIds' | 'changeType'>;
  readonly values: Fields;
}

/** What someone holds who knew nothing and took every change event. */
function heldAfter(told: readonly Told[]): readonly Fields[] {
  const held = new Map<string, Fields>();
  const bin = new Map<string, Fields>();
  for (const { header, values } of told) {
    for (const id of header.recordIds) {
      const before = held.get(id) ?? bin.get(id);
      bin.delete(id);
      if (header.changeType !== 'DELETE') held.set(id, { ...before, ...values, Id: id, IsDeleted: false });
      else {
        if (before) bin.set(id, before);
        held.delete(id);
      }
    }
  }
  return [...held.values()];
}

/** Parts of a name are one field of an event. */
function flat(payload: Readonly<Record<string, unknown>>): Record<string, Value> {
  const { Name: name, ...rest } = payload;
  return { ...rest, ...(typeof name === 'object' ? name : {}) } as Record<string, Value>;
}

/** Which fields a bitmap over an Avro record's fields names, those of its `Name` among them. */
function namedBy(bitmaps: readonly string[], names: readonly string[], parts: readonly string[]): readonly string[] {
  return bitmaps.flatMap((bitmap) => {
    const [, at, bits = ''] = /^(?:(\d+)-)?(0x\w+)$/.exec(bitmap) ?? [];
    if (at !== undefined && names[Number(at)] !== 'Name') return [];
    return (at === undefined ? names : parts).filter((_, index) => (BigInt(bits) >> BigInt(index)) & 1n);
  });
}

/** As the Pub/Sub API sends them: Avro, with bitmaps of what changed. */
function byPubSub({ made }: Scene): readonly Fields[] {
  const { org } = made;
  const codecs = new Codecs(org.core.schema);
  const events = org.events.open('/data/LeadChangeEvent', { preset: 'earliest' }).read(100_000);
  return heldAfter(
    events.map((event) => {
      const { schemaId, payload } = codecs.encode(event);
      const type = avro.Type.forSchema(JSON.parse(codecs.schemaJson(schemaId)) as avro.Schema);
      const { ChangeEventHeader: header, ...fields } = type.fromBuffer(payload) as Readonly<Record<string, unknown>> & {
        readonly ChangeEventHeader: ChangeHeader;
      };
      assert(type instanceof avro.types.RecordType);
      const names = type.fields.map(({ name }) => name);
      const nulled = namedBy(header.nulledFields, names, ['Salutation', 'FirstName', 'LastName']);
      const set = Object.entries(flat(fields)).filter(([, value]) => value !== null);
      return { header, values: Object.fromEntries([...set, ...nulled.map((name) => [name, null] as const)]) };
    }),
  );
}

/** As the Streaming API sends them: JSON, by a client that polls. */
async function byCometd({ made }: Scene): Promise<readonly Fields[]> {
  const { org } = made;
  const authorization = `Bearer ${org.issueToken(org.core.adminUserId)}`;
  const channel = '/data/LeadChangeEvent';
  type Message = Readonly<{ clientId?: string; data?: { payload: { ChangeEventHeader: ChangeHeader } } }>;
  const send = async (...messages: readonly object[]): Promise<readonly Message[]> => {
    const request = { method: 'POST', headers: { authorization }, body: JSON.stringify(messages) };
    const response = await org.fetch(new Request('http://org.local/cometd/66.0', request));
    return (await response.json()) as Message[];
  };
  const [shaken] = await send({
    channel: '/meta/handshake',
    version: '1.0',
    supportedConnectionTypes: ['long-polling'],
  });
  const clientId = shaken?.clientId;
  await send({ channel: '/meta/subscribe', clientId, subscription: channel, ext: { replay: { [channel]: -2 } } });
  // The first connect answers at once, with all that a scene can have told.
  const answers = await send({ channel: '/meta/connect', clientId, connectionType: 'long-polling' });
  const told = answers.flatMap(({ data }): Told[] => {
    if (data === undefined) return [];
    const { ChangeEventHeader: header, ...fields } = data.payload;
    return [{ header, values: flat(fields) }];
  });
  return heldAfter(told);
}

/** Every way to read the records that are there. */
export const READS: Readonly<
  Record<string, (scene: Scene) => readonly (Fields | null)[] | Promise<readonly (Fields | null)[]>>
> = {
  'REST get': byRest,
  'composite query': byComposite,
  'UI API': byUiApi,
  'Bulk query': (scene) => byBulk(scene, 'query'),
  'collections retrieve': byRetrieve,
  'change events of the Pub/Sub API': byPubSub,
  'change events of CometD': byCometd,
};

export async function byReplication({ made }: Scene): Promise<{ updated: string[]; deleted: string[] }> {
  const now = made.clock.now();
  const span = `start=${new Date(now - 3_600_000).toISOString()}&end=${new Date(now + 60_000).toISOString()}`;
  const { ids } = await made.json<{ ids: string[] }>('GET', `/sobjects/Lead/updated?${span}`);
  const { deletedRecords } = await made.json<{ deletedRecords: { id: string }[] }>(
    'GET',
    `/sobjects/Lead/deleted?${span}`,
  );
  return { updated: ids.sort(), deleted: deletedRecords.map(({ id }) => id).sort() };
}
