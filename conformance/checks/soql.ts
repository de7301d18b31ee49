import { guide } from '../check.ts';
import type { Check, Trial } from '../check.ts';
import { expectEqual, expectTrue } from './expect.ts';

const comparison = guide('soql', 'sforce_api_calls_soql_select_comparisonoperators');

/** Three accounts `a`, `B` and `c`, with 10, 20 and no employees; their names without the prefix are asked for by `named`. */
async function threeAccounts({
  create,
  name,
  rows,
}: Trial): Promise<(condition: string) => Promise<readonly string[]>> {
  await create('Account', { Name: name('a'), NumberOfEmployees: 10, Website: "o'hara.example.com" });
  await create('Account', { Name: name('B'), NumberOfEmployees: 20, AnnualRevenue: 100 });
  await create('Account', { Name: name('c') });
  return async (condition) => {
    const found = await rows<{ Name: string }>(
      `SELECT Name FROM Account WHERE Name LIKE '${name('')}%' AND (${condition}) ORDER BY Name`,
    );
    return found.map(({ Name }) => Name.slice(name('').length));
  };
}

/** What SOQL means. */
export const soqlChecks: readonly Check[] = [
  {
    id: 'SOQL-01',
    title: 'null: = null finds the empty, != a value finds the empty too, < does not',
    source: guide('soql', 'sforce_api_calls_soql_select_null'),
    async run(trial) {
      const named = await threeAccounts(trial);
      expectEqual(await named('NumberOfEmployees = null'), ['c'], '= null');
      expectEqual(await named('NumberOfEmployees != null'), ['a', 'B'], '!= null');
      expectEqual(await named('NumberOfEmployees != 10'), ['B', 'c'], '!= 10');
      expectEqual(await named('NumberOfEmployees < 1000'), ['a', 'B'], '< 1000');
    },
  },
  {
    id: 'SOQL-02',
    title: 'Text compares without regard to case; LIKE knows % and _; a quote is escaped',
    source: comparison,
    async run(trial) {
      const named = await threeAccounts(trial);
      const { name } = trial;
      expectEqual(await named(`Name = '${name('b').toUpperCase()}'`), ['B'], '= in capitals');
      expectEqual(await named(`Name LIKE '${name('').toLowerCase()}_'`), ['a', 'B', 'c'], 'LIKE with _');
      expectEqual(await named("Website LIKE '%o\\'hara%'"), ['a'], 'an escaped quote');
      expectEqual(await named("Website LIKE 'hara%'"), [], 'LIKE is anchored');
    },
  },
  {
    id: 'SOQL-03',
    title: 'IN and NOT IN, AND, OR and NOT with brackets; AND with OR unbracketed is refused',
    source: guide('soql', 'sforce_api_calls_soql_select_logicaloperators'),
    async run(trial) {
      const named = await threeAccounts(trial);
      expectEqual(await named('NumberOfEmployees IN (10, 30)'), ['a'], 'IN');
      expectEqual(await named('NOT (NumberOfEmployees = 10)'), ['B', 'c'], 'NOT');
      expectEqual(await named('NumberOfEmployees = 10 OR NumberOfEmployees = 20'), ['a', 'B'], 'OR');
      const mixed =
        'SELECT Id FROM Account WHERE NumberOfEmployees = 1 AND NumberOfEmployees = 2 OR NumberOfEmployees = 3';
      const answer = await trial.call('GET', `/query?q=${encodeURIComponent(mixed)}`);
      expectTrue(answer.status === 400 && answer.text.includes('MALFORMED_QUERY'), `AND with OR, got ${answer.text}`);
    },
  },
  {
    id: 'SOQL-04',
    title: 'ORDER BY puts nulls first unless told otherwise; LIMIT and OFFSET cut',
    source: guide('soql', 'sforce_api_calls_soql_select_orderby'),
    async run(trial) {
      await threeAccounts(trial);
      const { name, rows } = trial;
      const ask = async (end: string) =>
        (await rows<{ Name: string }>(`SELECT Name FROM Account WHERE Name LIKE '${name('')}%' ORDER BY ${end}`)).map(
          ({ Name }) => Name.slice(name('').length),
        );
      expectEqual(await ask('NumberOfEmployees'), ['c', 'a', 'B'], 'ascending');
      expectEqual(await ask('NumberOfEmployees DESC NULLS LAST'), ['B', 'a', 'c'], 'DESC NULLS LAST');
      expectEqual(await ask('Name LIMIT 1 OFFSET 1'), ['B'], 'LIMIT and OFFSET; text sorts without regard to case');
    },
  },
  {
    id: 'SOQL-05',
    title: 'Dates and times are literals without quotes; TODAY and LAST_N_DAYS are spans',
    source: guide('soql', 'sforce_api_calls_soql_select_dateformats'),
    async run(trial) {
      const named = await threeAccounts(trial);
      expectEqual(await named('CreatedDate = TODAY'), ['a', 'B', 'c'], 'TODAY');
      expectEqual(await named('CreatedDate = LAST_N_DAYS:2'), ['a', 'B', 'c'], 'LAST_N_DAYS:2');
      expectEqual(await named('CreatedDate > 2020-01-01T00:00:00Z'), ['a', 'B', 'c'], 'a moment in UTC');
      expectEqual(await named('CreatedDate < 2020-01-01T00:00:00+01:00 OR CreatedDate < YESTERDAY'), [], 'an offset');
      const quoted = "SELECT Id FROM Account WHERE CreatedDate > '2020-01-01T00:00:00Z'";
      const answer = await trial.call('GET', `/query?q=${encodeURIComponent(quoted)}`);
      expectTrue(answer.status === 400 && answer.text.includes('INVALID_FIELD'), `a quoted moment, got ${answer.text}`);
    },
  },
  {
    id: 'SOQL-06',
    title: 'Semi-join and anti-join: IN and NOT IN (SELECT …)',
    source: comparison,
    async run(trial) {
      const { create, name } = trial;
      const named = await threeAccounts(trial);
      const AccountId = await create('Account', { Name: name('d') });
      await create('Contact', { LastName: name('child'), AccountId });
      const children = `(SELECT AccountId FROM Contact WHERE LastName = '${name('child')}')`;
      expectEqual(await named(`Id IN ${children}`), ['d'], 'semi-join');
      expectEqual(await named(`Id NOT IN ${children}`), ['a', 'B', 'c'], 'anti-join');
    },
  },
  {
    id: 'SOQL-07',
    title: 'Aggregates: AggregateResult with expr0 or an alias; nulls do not count; GROUP BY and HAVING',
    source: guide('soql', 'sforce_api_calls_soql_select_agg_functions'),
    async run(trial) {
      await threeAccounts(trial);
      const { create, name, rows } = trial;
      await create('Account', { Name: name('d'), NumberOfEmployees: 20 });
      const where = `WHERE Name LIKE '${name('')}%'`;
      const [sums] = await rows<Record<string, unknown>>(
        `SELECT COUNT(Id) records, COUNT(NumberOfEmployees), SUM(NumberOfEmployees) total, MIN(NumberOfEmployees) FROM Account ${where}`,
      );
      const expected = { attributes: { type: 'AggregateResult' }, records: 4, expr0: 3, total: 50, expr1: 10 };
      expectEqual(sums, expected, 'sums');
      const groups = await rows<Record<string, unknown>>(
        `SELECT NumberOfEmployees, COUNT(Id) n FROM Account ${where} GROUP BY NumberOfEmployees HAVING COUNT(Id) > 1`,
      );
      expectEqual(
        groups.map((group) => [group['NumberOfEmployees'], group['n']]),
        [[20, 2]],
        'groups of more than one',
      );
    },
  },
  {
    id: 'SOQL-08',
    title: 'Conditions on a parent, two levels up; a missing parent counts as null',
    source: guide('soql', 'sforce_api_calls_soql_relationships_and_null_values'),
    async run({ create, name, rows }) {
      const ParentId = await create('Account', { Name: name('grandparent') });
      const AccountId = await create('Account', { Name: name('parent'), ParentId });
      const child = await create('Contact', { LastName: name('child'), AccountId });
      const orphan = await create('Contact', { LastName: name('orphan') });
      const ids = async (condition: string) =>
        (await rows<{ Id: string }>(`SELECT Id FROM Contact WHERE LastName LIKE '${name('')}%' AND ${condition}`)).map(
          ({ Id }) => Id,
        );
      expectEqual(await ids(`Account.Parent.Name = '${name('grandparent')}'`), [child], 'two levels up');
      expectEqual(await ids('Account.Name = null'), [orphan], 'no parent');
    },
  },
  {
    id: 'SOQL-09',
    title: 'GROUP BY ROLLUP adds a subtotal for each level and a total; GROUPING tells them apart',
    source: guide('soql', 'sforce_api_calls_soql_select_groupby_rollup'),
    async run(trial) {
      await threeAccounts(trial);
      const { create, name, rows } = trial;
      await create('Account', { Name: name('d'), NumberOfEmployees: 20 });
      const groups = await rows<Record<string, unknown>>(
        `SELECT NumberOfEmployees e, GROUPING(NumberOfEmployees) g, COUNT(Id) n FROM Account WHERE Name LIKE '${name('')}%' GROUP BY ROLLUP(NumberOfEmployees)`,
      );
      const found = groups.map(({ e, g, n }) => `${String(e)} ${String(g)} ${String(n)}`).sort();
      expectEqual(found, ['10 0 1', '20 0 2', 'null 0 1', 'null 1 4'], 'groups and their total');
    },
  },
  {
    id: 'SOQL-10',
    title: 'TYPEOF selects fields by the type of a polymorphic parent, whose type can be filtered',
    source: guide('soql', 'sforce_api_calls_soql_typeof'),
    async run({ create, name, rows }) {
      await create('Lead', { LastName: name('owned'), Company: name('c') });
      const where = `WHERE LastName = '${name('owned')}'`;
      const [lead] = await rows<{ Owner: Record<string, unknown> }>(
        `SELECT TYPEOF Owner WHEN User THEN Username END FROM Lead ${where} AND Owner.Type = 'User'`,
      );
      expectTrue(typeof lead?.Owner['Username'] === 'string', `a user name, got ${JSON.stringify(lead)}`);
      const none = await rows(`SELECT Id FROM Lead ${where} AND Owner.Type != 'User'`);
      expectEqual(none, [], 'leads of another owner');
    },
  },
  {
    id: 'SOQL-11',
    title: 'FIELDS(ALL) needs a LIMIT of at most 200; ALL ROWS and bind variables are for Apex alone',
    source: guide('soql', 'sforce_api_calls_soql_select_fields'),
    async run({ call, rows }) {
      expectTrue((await rows('SELECT FIELDS(ALL) FROM Account LIMIT 1')).length <= 1, 'at most one row');
      for (const soql of [
        'SELECT FIELDS(ALL) FROM Account',
        'SELECT FIELDS(ALL) FROM Account LIMIT 201',
        'SELECT Id FROM Account ALL ROWS',
        'SELECT Id FROM Account WHERE Name = :name',
      ]) {
        const answer = await call('GET', `/query?q=${encodeURIComponent(soql)}`);
        expectTrue(answer.status === 400 && answer.text.includes('MALFORMED_QUERY'), `${soql}, got ${answer.text}`);
      }
    },
  },
  {
    id: 'SOQL-12',
    title: 'Semi-joins: not of the query’s own object, not beside OR',
    source: comparison,
    async run({ call }) {
      for (const soql of [
        'SELECT Id FROM Account WHERE Id IN (SELECT ParentId FROM Account)',
        'SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact) OR Name = null',
      ]) {
        const answer = await call('GET', `/query?q=${encodeURIComponent(soql)}`);
        expectTrue(answer.status === 400 && answer.text.includes('MALFORMED_QUERY'), `${soql}, got ${answer.text}`);
      }
    },
  },
];
