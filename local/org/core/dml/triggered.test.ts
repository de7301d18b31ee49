import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeFixture, type Fixture } from '../fixture.ts';
import type { TriggerMoment } from '../unit.ts';

/** An org whose triggers only write down when they fire; those of `refused` refuse every record. */
function recorded(refused = ''): Fixture & { readonly fired: string[]; readonly moments: TriggerMoment[] } {
  const fixture = makeFixture();
  const fired: string[] = [];
  const moments: TriggerMoment[] = [];
  fixture.org.useTriggers({
    has: () => true,
    run(moment) {
      const name = `${moment.timing} ${moment.operation} ${moment.object}`;
      fired.push(name);
      moments.push(moment);
      const errors = name === refused ? [{ statusCode: 'REFUSED', message: 'no', fields: [] }] : [];
      return moment.records.map(() => ({ changes: {}, errors }));
    },
  });
  return { ...fixture, fired, moments };
}

const both = (what: string) => [`before ${what}`, `after ${what}`];
const conversion = { convertedStatus: 'Closed - Converted', createOpportunity: true, overwriteLeadSource: false };

test('a lead conversion fires the triggers of all that it makes, and of the lead that it changes', () => {
  const { org, session, insert, fired } = recorded();
  const [leadId = ''] = insert('Lead', { LastName: 'L', Company: 'C' });
  fired.length = 0;
  const [result] = org.convertLeads(session, [{ leadId, ...conversion }]);
  assert.equal(result?.success, true, JSON.stringify(result?.errors));
  // Contact roles that a conversion makes fire no triggers.
  const inserted = ['Account', 'Contact', 'Opportunity'];
  assert.deepEqual(fired, [...inserted.flatMap((object) => both(`insert ${object}`)), ...both('update Lead')]);
});

test('a trigger that refuses the contact of a conversion takes the account back with it', () => {
  const { org, session, insert, query } = recorded('before insert Contact');
  const [leadId = ''] = insert('Lead', { LastName: 'L', Company: 'C' });
  const [result] = org.convertLeads(session, [{ leadId, ...conversion }]);
  assert.deepEqual(result?.errors, [{ statusCode: 'REFUSED', message: 'no', fields: [] }]);
  assert.deepEqual(query('SELECT Id FROM Account'), []);
});

test('a merge fires the delete of the losers, which know their master afterwards, then the update of the master', () => {
  const { org, session, insert, fired, moments } = recorded();
  const [master = '', ...losers] = insert('Contact', { LastName: 'A' }, { LastName: 'B' }, { LastName: 'C' });
  fired.length = 0;
  moments.length = 0;
  const request = { object: 'Contact', masterId: master, values: { Title: 'x' }, recordToMergeIds: losers };
  assert.equal(org.mergeRecords(session, [request])[0]?.success, true);
  assert.deepEqual(fired, [...both('delete Contact'), ...both('update Contact')]);
  const masters = moments.slice(0, 2).map(({ records }) => records.map(({ before }) => before?.get('MasterRecordId')));
  assert.deepEqual(masters, [
    [null, null],
    [master, master],
  ]);
});

test('a hard delete fires the triggers of a delete, and none for what is in the recycle bin already', () => {
  const { insert, dml, fired, query } = recorded();
  const [kept = '', binned = ''] = insert('Lead', { LastName: 'A', Company: 'C' }, { LastName: 'B', Company: 'C' });
  dml('delete', 'Lead', { Id: binned });
  fired.length = 0;
  const results = dml('hardDelete', 'Lead', { Id: binned });
  assert.deepEqual([results[0]?.success, fired], [true, []]);
  assert.equal(dml('hardDelete', 'Lead', { Id: kept })[0]?.success, true);
  assert.deepEqual(fired, both('delete Lead'));
  assert.deepEqual(query('SELECT Id FROM Lead', true), []);
});
