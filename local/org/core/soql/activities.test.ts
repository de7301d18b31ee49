import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeFixture } from '../fixture.ts';
import type { QueryRows } from '../contract/index.ts';

test('closed and open tasks are child lists of their records, an account’s those of its people and deals too', () => {
  const { insert, query, org, session } = makeFixture();
  const [account = ''] = insert('Account', { Name: 'A' });
  const [contact = ''] = insert('Contact', { LastName: 'C', AccountId: account });
  insert(
    'Task',
    { Subject: 'sent', WhoId: contact, Status: 'Completed' },
    { Subject: 'called', WhatId: account, Status: 'Completed' },
    { Subject: 'to do', WhatId: account },
    { Subject: 'of nobody', Status: 'Completed' },
  );
  const lists =
    '(SELECT Subject, What.Name FROM ActivityHistories ORDER BY Subject), (SELECT Subject FROM OpenActivities)';
  assert.deepEqual(query(`SELECT ${lists} FROM Account`), [
    {
      ActivityHistories: [
        { Subject: 'called', What: { Name: 'A' } },
        { Subject: 'sent', What: null },
      ],
      OpenActivities: [{ Subject: 'to do' }],
    },
  ]);
  assert.deepEqual(query('SELECT (SELECT Subject FROM ActivityHistories) FROM Contact'), [
    { ActivityHistories: [{ Subject: 'sent' }] },
  ]);
  const rows = org.prepare('SELECT (SELECT Id FROM OpenActivities) FROM Account', session).run().rows;
  const [open] = (rows[0]?.values.get('OpenActivities') as QueryRows).rows;
  assert.equal(open?.type, 'OpenActivity');
  const { childRelationships } = org.schema.describe('Contact', session) as { childRelationships: object[] };
  assert.ok(
    childRelationships.some(
      (child) =>
        'field' in child &&
        child.field === 'WhoId' &&
        'childSObject' in child &&
        child.childSObject === 'ActivityHistory',
    ),
  );
});

test('calendar events in a list of activities are refused', () => {
  const { insert, query } = makeFixture();
  const [lead = ''] = insert('Lead', { LastName: 'L', Company: 'C' });
  insert('Event', { Subject: 'visit', WhoId: lead, StartDateTime: '2026-01-02T10:00:00Z', DurationInMinutes: 30 });
  assert.throws(() => query('SELECT (SELECT Id FROM ActivityHistories) FROM Lead'), /not yet: calendar events/);
});
