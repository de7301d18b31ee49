import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeFixture } from '../fixture.ts';

function withTasks() {
  const fixture = makeFixture();
  const [account] = fixture.insert('Account', { Name: 'Acme', Phone: '1' });
  const [opportunity] = fixture.insert('Opportunity', {
    Name: 'Deal',
    StageName: 'Prospecting',
    CloseDate: '2026-02-01',
    AccountId: account,
  });
  fixture.insert('Task', { Subject: 'a', WhatId: account }, { Subject: 'b', WhatId: opportunity }, { Subject: 'c' });
  return fixture;
}

test('a polymorphic parent is filtered by its type and its name', () => {
  const { query } = withTasks();
  const subjects = (condition: string) =>
    (query(`SELECT Subject FROM Task WHERE ${condition} ORDER BY Subject`) as { Subject: string }[])
      .map(({ Subject }) => Subject)
      .join('');
  assert.equal(subjects("What.Type = 'Account'"), 'a');
  assert.equal(subjects("What.Type IN ('Account', 'Opportunity')"), 'ab');
  assert.equal(subjects("What.Type != 'Account'"), 'bc');
  assert.equal(subjects("What.Name = 'deal'"), 'b');
  assert.equal(subjects('What.Type = null'), 'c');
});

test('a queue that owns a record is of the type Queue', () => {
  const { insert, query } = makeFixture();
  const [queue] = insert('Group', { Name: 'Inbound', Type: 'Queue' });
  insert('QueueSobject', { QueueId: queue, SobjectType: 'Lead' });
  insert('Lead', { LastName: 'A', Company: 'x', OwnerId: queue }, { LastName: 'B', Company: 'x' });
  assert.deepEqual(query('SELECT LastName, Owner.Type FROM Lead ORDER BY LastName'), [
    { LastName: 'A', Owner: { Type: 'Queue' } },
    { LastName: 'B', Owner: { Type: 'User' } },
  ]);
  assert.deepEqual(query("SELECT Owner.Type, COUNT(Id) n FROM Lead WHERE Owner.Type = 'Queue' GROUP BY Owner.Type"), [
    { Type: 'Queue', n: 1 },
  ]);
});

test('TYPEOF gives each type its own fields; what no branch names is null', () => {
  const { org, session, query } = withTasks();
  const branches = 'WHEN Account THEN Phone, Owner.Username WHEN Opportunity THEN Name, Account.Name, CloseDate';
  assert.deepEqual(query(`SELECT Subject, TYPEOF What ${branches} END FROM Task ORDER BY Subject`), [
    { Subject: 'a', What: { Phone: '1', Owner: { Username: 'admin@plumbline.local' } } },
    { Subject: 'b', What: { Name: 'Deal', Account: { Name: 'Acme' }, CloseDate: '2026-02-01' } },
    { Subject: 'c', What: null },
  ]);
  assert.deepEqual(query('SELECT TYPEOF What WHEN Account THEN Phone END FROM Task ORDER BY Subject'), [
    { What: { Phone: '1' } },
    { What: null },
    { What: null },
  ]);
  assert.deepEqual(
    query('SELECT TYPEOF What WHEN Account THEN Phone ELSE Id, Name END FROM Task ORDER BY Subject').length,
    3,
  );
  const rows = (soql: string) => org.prepare(soql, session).run().rows;
  const parentOf = (soql: string) => rows(soql)[0]?.values.get('What') as { type: string; shownAs?: string };
  assert.equal(parentOf('SELECT What.Name FROM Task ORDER BY Subject').shownAs, 'Name');
  assert.equal(
    parentOf('SELECT TYPEOF What WHEN Account THEN Phone END FROM Task ORDER BY Subject').shownAs,
    undefined,
  );
});
