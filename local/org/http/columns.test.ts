import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnMetadata } from './columns.ts';
import { createOrg, manualClock } from '../core/index.ts';

test('columns of parents, child lists, aggregates with and without a name', () => {
  const org = createOrg({ clock: manualClock(1_700_000_000_000) });
  const session = { userId: org.adminUserId, token: '', origin: '' };
  const names = (soql: string): unknown =>
    JSON.parse(
      JSON.stringify(columnMetadata(soql, org.prepare(soql, session)), (key, value: unknown) =>
        key === 'displayName' || (key === 'joinColumns' && Array.isArray(value) && value.length === 0)
          ? undefined
          : value,
      ),
    );
  assert.deepEqual(names('SELECT Id, Account.Owner.Name FROM Contact'), [
    { columnName: 'Id', aggregate: false },
    {
      columnName: 'Account',
      aggregate: false,
      joinColumns: [{ columnName: 'Owner', aggregate: false, joinColumns: [{ columnName: 'Name', aggregate: false }] }],
    },
  ]);
  assert.deepEqual(names("SELECT Name, (SELECT LastName FROM Contacts WHERE LastName IN ('a, b', 'c')) FROM Account"), [
    { columnName: 'Name', aggregate: false },
    { columnName: 'Contacts', aggregate: true, joinColumns: [{ columnName: 'LastName', aggregate: false }] },
  ]);
  assert.deepEqual(names('SELECT AccountId, COUNT(Id) many, MAX(LastName) FROM Contact GROUP BY AccountId'), [
    { columnName: 'AccountId', aggregate: false },
    { columnName: 'many', aggregate: true },
    { columnName: 'expr0', aggregate: true },
  ]);
});
