import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { testOrg, type TestOrg } from './server/test-org.ts';

type Value = string | number | boolean | null;
type Fields = Readonly<Record<string, Value>>;

const columns = ['FirstName', 'LastName', 'Company', 'Email', 'Description', 'AnnualRevenue', 'DoNotCall', 'IsDeleted'];

/** One request of one of two clients. `who` counts round the records that were ever made. */
interface Sent {
  readonly client: 0 | 1;
  readonly door: 'rest' | 'collection' | 'composite' | 'bulk' | 'soap';
  readonly verb: 'create' | 'update' | 'delete' | 'undelete' | 'merge';
  readonly who: number;
  readonly many: number;
  readonly fields: Fields;
}

const awkward = fc.constantFrom('a', 'O\'Neil "Neo", Jr.', 'two\nlines', '🚀 İ', 'نور', '<&>', '#N', 'x'.repeat(40));
const text = fc.oneof(
  awkward,
  fc.string({ minLength: 1, maxLength: 12 }).filter((value) => /^[!-~]+$/.test(value)),
);
const fields: fc.Arbitrary<Fields> = fc.record(
  {
    FirstName: fc.option(text),
    LastName: text,
    Company: text,
    Email: fc.option(fc.constantFrom('a@x.example', 'b@x.example')),
    Description: fc.option(text),
    AnnualRevenue: fc.option(fc.integer({ min: -5, max: 1_000_000 })),
    DoNotCall: fc.boolean(),
  },
  { requiredKeys: ['LastName', 'Company'] },
);
const requests = fc.array(
  fc.record<Sent>({
    client: fc.constantFrom(0, 1),
    door: fc.constantFrom('rest', 'collection', 'composite', 'bulk', 'soap'),
    verb: fc.constantFrom('create', 'create', 'update', 'update', 'delete', 'undelete', 'merge'),
    who: fc.nat(30),
    many: fc.integer({ min: 1, max: 4 }),
    fields,
  }),
  { minLength: 2, maxLength: 16 },
);

/** An org, two clients of it, and the IDs of every record that they made. */
class Scene {
  readonly made: TestOrg = testOrg();
  readonly ids: string[] = [];
  readonly #tokens: readonly string[];

  constructor() {
    const { org } = this.made;
    org.events.selectEntities(['Lead']);
    this.#tokens = [0, 1].map(() => org.issueToken(org.core.adminUserId));
  }

  /** Sends a request by its door. What the org refuses stays as it was; the doors must agree on it all the same. */
  async send(request: Sent): Promise<void> {
    const { door, verb } = request;
    if (verb === 'undelete' || verb === 'merge' || door === 'soap') return this.#soap(request);
    const ids = this.#pick(request);
    if (door === 'bulk') return this.#bulk(request, ids);
    if (door === 'collection') return this.#collection(request, ids);
    const sub = this.#single(request, ids[0] ?? '');
    if (door === 'rest') return this.#keep([await this.#json(request, sub.method, sub.path, sub.body)]);
    const compositeRequest = [{ ...sub, url: `/services/data/v66.0${sub.path}`, referenceId: 'one' }];
    const { compositeResponse } = (await this.#json(request, 'POST', '/composite', { compositeRequest })) as {
      compositeResponse: { body: unknown }[];
    };
    this.#keep(compositeResponse.map(({ body }) => body));
  }

  async #json(request: Sent, method: string, path: string, body?: unknown): Promise<unknown> {
    const headers = { authorization: `Bearer ${this.#tokens[request.client]}` };
    const response = await this.made.call(method, path, body, headers);
    const answer = await response.text();
    assert(response.status < 500, `${method} ${path}: ${answer}`);
    return answer === '' ? undefined : (JSON.parse(answer) as unknown);
  }

  #pick({ verb, who, many }: Sent): string[] {
    if (verb === 'create') return [];
    const picked = Array.from({ length: many }, (_, next) => this.ids[(who + next) % this.ids.length] ?? '');
    return [...new Set(picked)].filter((id) => id !== '');
  }

  #single({ verb, fields: body }: Sent, id: string): { method: string; path: string; body?: Fields } {
    if (verb === 'create') return { method: 'POST', path: '/sobjects/Lead', body };
    const path = `/sobjects/Lead/${id || '00Q000000000000AAA'}`;
    return verb === 'update' ? { method: 'PATCH', path, body } : { method: 'DELETE', path };
  }

  async #collection(request: Sent, ids: readonly string[]): Promise<void> {
    const { verb, many, fields: values } = request;
    if (verb === 'delete') {
      if (ids.length > 0) await this.#json(request, 'DELETE', `/composite/sobjects?ids=${ids.join(',')}`);
      return;
    }
    const attributes = { type: 'Lead' };
    const records =
      verb === 'create'
        ? Array.from({ length: many }, () => ({ attributes, ...values }))
        : ids.map((id) => ({ attributes, id, ...values }));
    if (records.length === 0) return;
    const method = verb === 'create' ? 'POST' : 'PATCH';
    this.#keep((await this.#json(request, method, '/composite/sobjects', { records })) as unknown[]);
  }

  async #bulk(request: Sent, ids: readonly string[]): Promise<void> {
    const { verb, many, fields: values } = request;
    const operation = verb === 'create' ? 'insert' : verb;
    const own = verb === 'delete' ? [] : Object.entries(values);
    const heads = [...(verb === 'create' ? [] : ['Id']), ...own.map(([name]) => name)];
    const cells = own.map(([, value]) => quoted(value === null ? '#N/A' : String(value)));
    const rows = verb === 'create' ? Array.from({ length: many }, () => cells) : ids.map((id) => [id, ...cells]);
    if (rows.length === 0) return;
    const csv = [heads, ...rows].map((row) => `${row.join(',')}\n`).join('');
    const { id } = (await this.#json(request, 'POST', '/jobs/ingest', { object: 'Lead', operation })) as { id: string };
    const headers = { authorization: `Bearer ${this.#tokens[request.client]}`, 'content-type': 'text/csv' };
    assert.equal((await this.made.call('PUT', `/jobs/ingest/${id}/batches`, csv, headers)).status, 201);
    await this.#json(request, 'PATCH', `/jobs/ingest/${id}`, { state: 'UploadComplete' });
    this.made.clock.advance(0);
    const done = (await this.#json(request, 'GET', `/jobs/ingest/${id}`)) as { state: string; errorMessage?: string };
    assert.equal(done.state, 'JobComplete', done.errorMessage);
    const results = await (
      await this.made.call('GET', `/jobs/ingest/${id}/successfulResults`, undefined, headers)
    ).text();
    const taken = parse<{ sf__Id: string }>(results, { columns: true });
    if (verb === 'create') this.ids.push(...taken.map((row) => row.sf__Id));
  }

  async #soap(request: Sent): Promise<void> {
    const { verb, many, fields: values } = request;
    const ids = this.#pick(request);
    const elements = Object.entries(values).map(([name, value]) =>
      value === null ? `<fieldsToNull>${name}</fieldsToNull>` : `<${name}>${escaped(String(value))}</${name}>`,
    );
    const record = (id: string): string =>
      `<sObjects><type>Lead</type>${id === '' ? '' : `<Id>${id}</Id>`}${elements.join('')}</sObjects>`;
    const [master = '', merged = ''] = ids;
    const bodies: Readonly<Record<Sent['verb'], string>> = {
      create: Array.from({ length: many }, () => record('')).join(''),
      update: ids.map(record).join(''),
      delete: ids.map((id) => `<ids>${id}</ids>`).join(''),
      undelete: ids.map((id) => `<ids>${id}</ids>`).join(''),
      merge: `<request><masterRecord><type>Lead</type><Id>${master}</Id></masterRecord><recordToMergeIds>${merged}</recordToMergeIds></request>`,
    };
    if (verb !== 'create' && (ids.length === 0 || (verb === 'merge' && merged === ''))) return;
    const session = `<SessionHeader><sessionId>${this.#tokens[request.client]}</sessionId></SessionHeader>`;
    const envelope = `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header>${session}</e:Header><e:Body><${verb}>${bodies[verb]}</${verb}></e:Body></e:Envelope>`;
    const sent = new Request('http://org.local/services/Soap/u/66.0', {
      method: 'POST',
      headers: { 'content-type': 'text/xml', SOAPAction: '""' },
      body: envelope,
    });
    const response = await this.made.org.fetch(sent);
    const answer = await response.text();
    assert.equal(response.status, 200, answer);
    if (verb === 'create')
      this.ids.push(...[...answer.matchAll(/<id>(00Q\w{15})<\/id>/g)].map((match) => match[1] ?? ''));
  }

  #keep(results: readonly unknown[]): void {
    for (const result of results) {
      const id = typeof result === 'object' && result !== null ? (Reflect.get(result, 'id') as unknown) : undefined;
      if (typeof id === 'string' && !this.ids.includes(id)) this.ids.push(id);
    }
  }
}

function quoted(value: string): string {
  return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function escaped(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Records by ID, each as its columns in order. */
type View = ReadonlyMap<string, readonly Value[]>;

function viewOf(rows: readonly (Fields | null)[]): View {
  const view = new Map<string, readonly Value[]>();
  for (const row of rows)
    if (row)
      view.set(
        String(row['Id']),
        columns.map((name) => row[name] ?? null),
      );
  return new Map([...view].sort(([left], [right]) => (left < right ? -1 : 1)));
}

async function rowsOf(made: TestOrg, path: 'query' | 'queryAll'): Promise<readonly Fields[]> {
  const soql = `SELECT Id, ${columns.join(', ')} FROM Lead`;
  return (await made.json<{ records: Fields[] }>('GET', `/${path}?q=${encodeURIComponent(soql)}`)).records;
}

async function byRest({ made, ids }: Scene): Promise<readonly (Fields | null)[]> {
  return Promise.all(
    ids.map(async (id) => {
      const response = await made.call('GET', `/sobjects/Lead/${id}?fields=${columns.join(',')}`);
      if (response.status === 404) return null;
      return (await response.json()) as Fields;
    }),
  );
}

async function byBulk({ made }: Scene): Promise<readonly Fields[]> {
  const query = `SELECT Id, ${columns.join(', ')} FROM Lead`;
  const { id } = await made.json<{ id: string }>('POST', '/jobs/query', { operation: 'query', query });
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

/** What someone holds who knew nothing and took every change event. */
function byEvents({ made }: Scene): readonly Fields[] {
  const held = new Map<string, Fields>();
  const bin = new Map<string, Fields>();
  for (const { header, values } of made.org.events
    .open('/data/LeadChangeEvent', { preset: 'earliest' })
    .read(100_000)) {
    assert(header);
    for (const id of header.recordIds) {
      const changed = Object.fromEntries(values) as Fields;
      const before = held.get(id) ?? bin.get(id);
      bin.delete(id);
      if (header.changeType !== 'DELETE') held.set(id, { ...before, ...changed, Id: id, IsDeleted: false });
      else {
        if (before) bin.set(id, before);
        held.delete(id);
      }
    }
  }
  return [...held.values()];
}

async function byReplication({ made }: Scene): Promise<{ updated: string[]; deleted: string[] }> {
  const now = made.clock.now();
  const span = `start=${new Date(now - 3_600_000).toISOString()}&end=${new Date(now + 60_000).toISOString()}`;
  const { ids } = await made.json<{ ids: string[] }>('GET', `/sobjects/Lead/updated?${span}`);
  const { deletedRecords } = await made.json<{ deletedRecords: { id: string }[] }>(
    'GET',
    `/sobjects/Lead/deleted?${span}`,
  );
  return { updated: ids.sort(), deleted: deletedRecords.map(({ id }) => id).sort() };
}

test('whatever two clients write by whichever doors, every door shows the same records', async () => {
  await fc.assert(
    fc.asyncProperty(requests, async (sent) => {
      const scene = new Scene();
      const { made } = scene;
      // Both clients' next requests at once, then a second goes by: stamps compare by whole seconds.
      const waiting = [...sent];
      while (waiting.length > 0) {
        const both = [0, 1].flatMap((client) => {
          const place = waiting.findIndex((request) => request.client === client);
          return place < 0 ? [] : waiting.splice(place, 1);
        });
        await Promise.all(both.map((request) => scene.send(request)));
        made.clock.advance(1_000);
      }
      const soql = viewOf(await rowsOf(made, 'query'));
      assert.deepEqual(viewOf(await byRest(scene)), soql, 'REST get');
      assert.deepEqual(viewOf(await byBulk(scene)), soql, 'Bulk query');
      assert.deepEqual(viewOf(await byRetrieve(scene)), soql, 'collections retrieve');
      assert.deepEqual(viewOf(byEvents(scene)), soql, 'change events');
      const all = await rowsOf(made, 'queryAll');
      assert.deepEqual(viewOf(all.filter((row) => row['IsDeleted'] !== true)), soql, 'queryAll, what is there');
      const gone = all.filter((row) => row['IsDeleted'] === true).map((row) => String(row['Id']));
      const { updated, deleted } = await byReplication(scene);
      assert.deepEqual(updated, [...soql.keys()], 'getUpdated');
      assert.deepEqual(deleted, gone.sort(), 'getDeleted');
      assert.deepEqual([...soql.keys(), ...gone].sort(), [...scene.ids].sort(), 'every record that was ever made');
    }),
    { numRuns: 40 },
  );
});
