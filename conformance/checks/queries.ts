import { CouldNotCheck, guide } from '../check.ts';
import type { Check, Trial } from '../check.ts';
import { expectEqual, expectError, expectStatus, expectTrue } from './expect.ts';

interface Page {
  readonly totalSize: number;
  readonly done: boolean;
  readonly nextRecordsUrl?: string;
  readonly records: readonly { readonly Id: string }[];
}

/** Creates accounts by collections, 200 at a time. */
async function createAccounts({ call, name }: Trial, count: number): Promise<void> {
  for (let from = 0; from < count; from += 200) {
    const records = Array.from({ length: Math.min(200, count - from) }, (_, index) => ({
      attributes: { type: 'Account' },
      Name: name(String(from + index)),
    }));
    expectStatus(await call('POST', '/composite/sobjects', { body: { allOrNone: true, records } }), 200, 'create');
  }
}

const get = (soql: string): string => `/query?q=${encodeURIComponent(soql)}`;

/** What a query answers: pages, nested rows, errors. */
export const queryChecks: readonly Check[] = [
  {
    id: 'QUERY-01',
    title: 'Pages hold every row once, nextRecordsUrl leads to the next, done ends',
    source: guide('rest', 'dome_query'),
    async run(trial) {
      await createAccounts(trial, 401);
      const { call, name, raw, session } = trial;
      const soql = `SELECT Id FROM Account WHERE Name LIKE '${name('')}%'`;
      const headers = { 'Sforce-Query-Options': 'batchSize=200', authorization: `Bearer ${session.accessToken}` };
      let page = (await call('GET', get(soql), { headers })).json<Page>();
      if (page.done) throw new CouldNotCheck('The org gave 401 rows in one page although asked for 200 a page.');
      const ids: string[] = [];
      for (;;) {
        expectEqual(page.totalSize, 401, 'totalSize of each page');
        ids.push(...page.records.map(({ Id }) => Id));
        expectEqual(page.nextRecordsUrl === undefined, page.done, 'nextRecordsUrl is there until done');
        if (page.nextRecordsUrl === undefined) break;
        expectTrue(page.nextRecordsUrl.startsWith('/services/data/v'), `a path, got ${page.nextRecordsUrl}`);
        page = (await raw('GET', page.nextRecordsUrl, { headers })).json<Page>();
      }
      expectEqual([ids.length, new Set(ids).size], [401, 401], 'rows, and different ones among them');
    },
  },
  {
    id: 'QUERY-02',
    title: 'A row has attributes and the fields in the order asked for; a parent is nested, a missing one is null',
    source: guide('rest', 'dome_query'),
    async run({ call, create, name, session }) {
      const AccountId = await create('Account', { Name: name('parent') });
      const id = await create('Contact', { LastName: name('a child'), AccountId });
      await create('Contact', { LastName: name('b orphan') });
      const soql = `SELECT LastName, Account.Name, Id FROM Contact WHERE LastName LIKE '${name('')}%' ORDER BY LastName`;
      const { records } = (await call('GET', get(soql))).json<{ records: Record<string, unknown>[] }>();
      const base = `/services/data/v${session.apiVersion}/sobjects`;
      const [child, orphan] = records;
      expectEqual(Object.keys(child ?? {}), ['attributes', 'LastName', 'Account', 'Id'], 'members of a row');
      expectEqual(child?.['attributes'], { type: 'Contact', url: `${base}/Contact/${id}` }, 'attributes');
      const parent = { attributes: { type: 'Account', url: `${base}/Account/${AccountId}` }, Name: name('parent') };
      expectEqual(child?.['Account'], parent, 'parent');
      expectEqual(orphan?.['Account'], null, 'parent that is not there');
    },
  },
  {
    id: 'QUERY-03',
    title: 'A list of children has its own totalSize, done and records; an empty one is null',
    source: guide('soql', 'sforce_api_calls_soql_relationships_query_using'),
    async run({ call, create, name }) {
      const AccountId = await create('Account', { Name: name('a full') });
      await create('Account', { Name: name('b empty') });
      await create('Contact', { LastName: name('child'), AccountId });
      const soql = `SELECT Name, (SELECT LastName FROM Contacts) FROM Account WHERE Name LIKE '${name('')}%' ORDER BY Name`;
      type Children = { totalSize: number; done: boolean; records: { LastName: string }[] } | null;
      const { records } = (await call('GET', get(soql))).json<{ records: { Contacts: Children }[] }>();
      const [full, empty] = records.map(({ Contacts }) => Contacts);
      expectEqual([full?.totalSize, full?.done], [1, true], 'totalSize and done of the list');
      expectEqual(full?.records[0]?.LastName, name('child'), 'record of the list');
      expectEqual(empty, null, 'empty list');
    },
  },
  {
    id: 'QUERY-04',
    title: 'COUNT() answers the number as totalSize and no records',
    source: guide('soql', 'sforce_api_calls_soql_select_count'),
    async run({ call, create, name }) {
      await create('Account', { Name: name('one') });
      await create('Account', { Name: name('two') });
      const answer = await call('GET', get(`SELECT COUNT() FROM Account WHERE Name LIKE '${name('')}%'`));
      const page = answer.json<Page>();
      expectEqual([page.totalSize, page.done, page.records], [2, true, []], 'answer');
    },
  },
  {
    id: 'QUERY-05',
    title: 'Errors of a query are 400: MALFORMED_QUERY, INVALID_FIELD, INVALID_TYPE, INVALID_QUERY_LOCATOR',
    source: guide('rest', 'errorcodes'),
    async run({ call }) {
      expectError(await call('GET', get('SELECT FROM Account')), 400, 'MALFORMED_QUERY', 'no fields');
      expectError(
        await call('GET', get("SELECT Id FROM Account WHERE Name = 'x")),
        400,
        'MALFORMED_QUERY',
        'open quote',
      );
      const field = expectError(await call('GET', get('SELECT Nonsense FROM Account')), 400, 'INVALID_FIELD', 'field');
      expectTrue(
        field.message.includes("No such column 'Nonsense' on entity 'Account'"),
        `message names the column, got ${field.message}`,
      );
      const type = expectError(await call('GET', get('SELECT Id FROM Nonsense')), 400, 'INVALID_TYPE', 'object');
      expectTrue(type.message.includes("sObject type 'Nonsense' is not supported"), `message, got ${type.message}`);
      expectError(await call('GET', '/query/01g000000000000AAA-2000'), 400, 'INVALID_QUERY_LOCATOR', 'locator');
    },
  },
  {
    id: 'QUERY-06',
    title: 'queryAll also gives what was deleted, query does not',
    source: guide('rest', 'resources_queryall'),
    async run({ call, create, name, rows }) {
      const id = await create('Account', { Name: name('binned') });
      await call('DELETE', `/sobjects/Account/${id}`);
      const soql = `SELECT Id, IsDeleted FROM Account WHERE Name = '${name('binned')}'`;
      expectEqual((await rows(soql)).length, 0, 'rows of query');
      const all = (await call('GET', `/queryAll?q=${encodeURIComponent(soql)}`)).json<{
        records: { Id: string; IsDeleted: boolean }[];
      }>();
      expectEqual(
        all.records.map(({ Id, IsDeleted }) => [Id, IsDeleted]),
        [[id, true]],
        'rows of queryAll',
      );
    },
  },
];
