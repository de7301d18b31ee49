import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeFixture, plain } from '../fixture.ts';

test('parents come over several levels; a parent that is not there is null', () => {
  const { insert, query } = makeFixture();
  const [top] = insert('Account', { Name: 'Top' });
  const [middle] = insert('Account', { Name: 'Middle', ParentId: top });
  insert('Contact', { LastName: 'A', AccountId: middle }, { LastName: 'B', AccountId: top }, { LastName: 'C' });
  assert.deepEqual(
    query('select lastname, account.parent.name, ACCOUNT.Name, c.Owner.Username from contact c order by LastName'),
    [
      {
        LastName: 'A',
        Account: { Parent: { Name: 'Top' }, Name: 'Middle' },
        Owner: { Username: 'admin@plumbline.local' },
      },
      { LastName: 'B', Account: { Parent: null, Name: 'Top' }, Owner: { Username: 'admin@plumbline.local' } },
      { LastName: 'C', Account: null, Owner: { Username: 'admin@plumbline.local' } },
    ],
  );
});

test('a polymorphic owner is a user or a queue', () => {
  const { insert, query } = makeFixture();
  const [queue] = insert('Group', { Name: 'Inbound', Type: 'Queue', Email: 'q@x.co' });
  insert('QueueSobject', { QueueId: queue, SobjectType: 'Lead' });
  insert('Lead', { LastName: 'A', Company: 'x', OwnerId: queue }, { LastName: 'B', Company: 'x' });
  assert.deepEqual(query('SELECT LastName, Owner.Name, Owner.Email, Owner.Username FROM Lead ORDER BY LastName'), [
    { LastName: 'A', Owner: { Name: 'Inbound', Email: 'q@x.co', Username: null } },
    { LastName: 'B', Owner: { Name: 'Admin User', Email: 'admin@plumbline.local', Username: 'admin@plumbline.local' } },
  ]);
  assert.deepEqual(query("SELECT LastName FROM Lead WHERE Owner.Name = 'inbound'"), [{ LastName: 'A' }]);
});

test('child lists have their own filter, order and limit, and are null when empty', () => {
  const { insert, query } = makeFixture();
  const [one, two] = insert('Account', { Name: 'One' }, { Name: 'Two' });
  insert('Contact', ...['c', 'a', 'b'].map((LastName) => ({ LastName, AccountId: one })), {
    LastName: 'zz',
    AccountId: two,
  });
  assert.deepEqual(
    query(
      "SELECT Name, (SELECT LastName FROM Contacts WHERE LastName != 'zz' ORDER BY LastName DESC LIMIT 2) FROM Account ORDER BY Name",
    ),
    [
      { Name: 'One', Contacts: [{ LastName: 'c' }, { LastName: 'b' }] },
      { Name: 'Two', Contacts: null },
    ],
  );
});

test('several sort keys, nulls first or last, LIMIT and OFFSET', () => {
  const { insert, query } = makeFixture();
  insert('Account', { Name: 'b', Site: 'x' }, { Name: 'A', Site: 'x' }, { Name: 'c' }, { Name: 'd', Site: 'Y' });
  const names = (rest: string) =>
    (query(`SELECT Name FROM Account ${rest}`) as { Name: string }[]).map(({ Name }) => Name).join('');
  assert.equal(names('ORDER BY Site, Name DESC'), 'cbAd');
  assert.equal(names('ORDER BY Site NULLS LAST, Name'), 'Abdc');
  assert.equal(names('ORDER BY Site DESC NULLS LAST, Name'), 'dAbc');
  assert.equal(names('ORDER BY Name LIMIT 2 OFFSET 1'), 'bc');
  assert.equal(names('ORDER BY Id DESC LIMIT 2'), 'dc');
  assert.equal(names('LIMIT 0'), '');
});

test('aggregates, groups, HAVING and aliases', () => {
  const { insert, query } = makeFixture();
  const lead = (LastName: string, Rating: string | null, NumberOfEmployees: number | null) => ({
    LastName,
    Company: 'c',
    Rating,
    NumberOfEmployees,
  });
  insert('Lead', lead('a', 'Hot', 10), lead('A', 'Hot', 20), lead('b', 'Cold', null), lead('c', null, 5));
  assert.deepEqual(
    query(
      'SELECT COUNT(Id), COUNT(NumberOfEmployees) n, SUM(NumberOfEmployees), AVG(NumberOfEmployees) mean, MIN(LastName), MAX(NumberOfEmployees), COUNT_DISTINCT(LastName) d FROM Lead',
    ),
    [{ expr0: 4, n: 3, expr1: 35, mean: 35 / 3, expr2: 'a', expr3: 20, d: 3 }],
  );
  assert.deepEqual(
    query(
      'SELECT Rating r, COUNT(Id) FROM Lead GROUP BY Rating HAVING COUNT(Id) > 1 OR Rating = null ORDER BY COUNT(Id) DESC',
    ),
    [
      { r: 'Hot', expr0: 2 },
      { r: null, expr0: 1 },
    ],
  );
  assert.deepEqual(
    query('SELECT CALENDAR_YEAR(CreatedDate) y, COUNT(Id) FROM Lead GROUP BY CALENDAR_YEAR(CreatedDate)'),
    [{ y: 2026, expr0: 4 }],
  );
  assert.deepEqual(query("SELECT SUM(NumberOfEmployees) FROM Lead WHERE LastName = 'nobody'"), [{ expr0: null }]);
});

test('K-03: COUNT() gives the number alone', () => {
  const { org, session, insert } = makeFixture();
  insert('Account', ...Array.from({ length: 7 }, (_, index) => ({ Name: `n${index}` })));
  const prepared = org.prepare("SELECT COUNT() FROM Account WHERE Name != 'n3'", session);
  assert.equal(prepared.countOnly, true);
  assert.deepEqual(prepared.run(), { totalSize: 6, rows: [] });
});

test('a compound address is put together from its parts', () => {
  const { org, session, insert } = makeFixture();
  insert('Account', { Name: 'A', BillingCity: 'Berlin', BillingLatitude: 52.5 });
  const [row] = org.prepare('SELECT BillingAddress, ShippingAddress FROM Account', session).run().rows;
  const address = row?.values.get('BillingAddress');
  assert.equal(typeof address === 'object' && address !== null && 'type' in address ? address.type : '', 'Address');
  assert.deepEqual(row === undefined ? {} : plain(row), {
    BillingAddress: {
      city: 'Berlin',
      country: null,
      geocodeAccuracy: null,
      latitude: 52.5,
      longitude: null,
      postalCode: null,
      state: null,
      street: null,
    },
    ShippingAddress: null,
  });
});

test('FIELDS() and toLabel()', () => {
  const { insert, query } = makeFixture();
  insert('Lead', { LastName: 'A', Company: 'c', Status: 'Working - Contacted' });
  const [row = {}] = query('SELECT FIELDS(STANDARD) FROM Lead') as Record<string, unknown>[];
  assert.equal(row['Company'], 'c');
  assert.ok(Object.keys(row).length > 40);
  assert.deepEqual(query('SELECT toLabel(Status) FROM Lead'), [{ Status: 'Working - Contacted' }]);
});

test('K-02: 25,000 records of one stamp are all read, once, by pages in the order of stamp and ID', () => {
  const { org, session, query } = makeFixture();
  for (let batch = 0; batch < 125; batch++) {
    const records = Array.from({ length: 200 }, (_, index) => ({ Name: `n${batch}-${index}` }));
    org.dml({ operation: 'insert', object: 'Account', records, allOrNone: true, session });
  }
  const stamp = '2026-01-01T10:00:00Z';
  const seen = new Set<string>();
  let after = '001000000000000AAA';
  for (;;) {
    const page = query(
      `SELECT Id FROM Account WHERE (SystemModstamp = ${stamp} AND Id > '${after}') OR SystemModstamp > ${stamp} ORDER BY SystemModstamp, Id LIMIT 2000`,
    ) as { Id: string }[];
    for (const { Id } of page) seen.add(Id);
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.Id;
  }
  assert.equal(seen.size, 25_000);
});
