import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { makeFixture } from '../fixture.ts';

test('K-01: CSV of a Bulk result reads back as it was, whatever is in the text', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.string({
          unit: fc.constantFrom('a', '"', ',', '\n', '\r', ';', '|', ' ', '😀', 'ع'),
          minLength: 1,
          maxLength: 12,
        }),
        { minLength: 1, maxLength: 8 },
      ),
      fc.constantFrom(',', ';', '|', '\t', '^', '`'),
      fc.constantFrom('\n', '\r\n'),
      (texts, delimiter, lineEnding) => {
        const { org, session, insert } = makeFixture();
        insert(
          'Account',
          ...texts.map((text, index) => ({
            Name: `n${index}`,
            Description: text,
            Site: null,
            NumberOfEmployees: index,
          })),
        );
        const snapshot = org
          .prepare(
            'SELECT Name, Description, Site, NumberOfEmployees, IsDeleted, Owner.Name FROM Account ORDER BY Id',
            session,
          )
          .snapshot();
        const text = snapshot.csv(0, 3, delimiter, lineEnding) + snapshot.csv(3, snapshot.size, delimiter, lineEnding);
        const rows: string[][] = parse(text, { delimiter, record_delimiter: lineEnding });
        assert.deepEqual(
          rows,
          texts.map((value, index) => [`n${index}`, value, '', String(index), 'false', 'Admin User']),
        );
      },
    ),
    { numRuns: 60 },
  );
});

test('a Bulk result is fixed when it is made: neither its rows nor their parents change', () => {
  const { org, session, insert, dml } = makeFixture();
  const [account] = insert('Account', { Name: 'Old' });
  const [contact] = insert('Contact', { LastName: 'Old', AccountId: account });
  const prepared = org.prepare('SELECT LastName, Account.Name, CreatedDate FROM Contact', session);
  const snapshot = prepared.snapshot();
  dml('update', 'Account', { Id: account, Name: 'New' });
  dml('delete', 'Contact', { Id: contact });
  insert('Contact', { LastName: 'Later' });
  assert.deepEqual(prepared.columns, ['LastName', 'Account.Name', 'CreatedDate']);
  assert.equal(snapshot.size, 1);
  assert.equal(snapshot.csv(0, 10, ',', '\n'), 'Old,Old,2026-01-01T10:00:00.000Z\n');
});

test('what Bulk 2.0 does not take is refused with the reason', () => {
  const { org, session } = makeFixture();
  const refusal = (soql: string) => org.prepare(soql, session).bulkRefusal;
  assert.equal(refusal('SELECT Id FROM Lead'), undefined);
  assert.match(refusal('SELECT COUNT() FROM Lead') ?? '', /COUNT/);
  assert.match(refusal('SELECT COUNT(Id) FROM Lead') ?? '', /Aggregate/);
  assert.match(refusal('SELECT Id FROM Lead OFFSET 5') ?? '', /OFFSET/);
  assert.match(refusal('SELECT Id, (SELECT Id FROM Contacts) FROM Account') ?? '', /Nested/);
  assert.match(refusal('SELECT Address FROM Lead') ?? '', /Compound/);
  assert.throws(() => org.prepare('SELECT COUNT() FROM Lead', session).snapshot(), { errorCode: 'MALFORMED_QUERY' });
});
