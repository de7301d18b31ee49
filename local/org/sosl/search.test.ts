import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { createOrg, manualClock } from '../core/index.ts';
import type { Org, Session } from '../core/index.ts';
import { search } from './index.ts';

describe('SOSL', () => {
  let org: Org;
  let session: Session;
  const names = (sosl: string): readonly unknown[] =>
    search(org, sosl, session).map(({ values }) => values.get('Name') ?? values.get('Id'));

  before(() => {
    org = createOrg({ clock: manualClock(Date.UTC(2026, 5, 1)), seed: 1 });
    session = { userId: org.adminUserId, token: '', origin: 'test' };
    const insert = (object: string, records: readonly Record<string, unknown>[]): void => {
      for (const { errors } of org.dml({ operation: 'insert', object, records, allOrNone: true, session })) {
        assert.deepEqual(errors, []);
      }
    };
    insert('Account', [
      { Name: 'Acme', Description: 'Makes anvils, and traps for birds' },
      { Name: 'Acorn Textiles', Phone: '(415) 555-1234' },
      { Name: "O'Neil and Sons", Site: 'Red barn' },
    ]);
    insert('Contact', [{ LastName: 'Acton', Email: 'road.runner@acme.example' }]);
  });

  test('finds words, with wildcards, in every text of a record', () => {
    assert.deepEqual(names('FIND {Ac*} IN ALL FIELDS RETURNING Account(Id, Name)'), ['Acme', 'Acorn Textiles']);
    assert.deepEqual(names('find {ANVILS} returning Account(Name)'), ['Acme']);
    assert.deepEqual(names('FIND {ac?e} RETURNING Account(Name)'), ['Acme']);
    assert.deepEqual(names('FIND {cme} RETURNING Account(Name)'), []);
  });

  test('joins words by AND, OR, AND NOT, brackets and phrases', () => {
    assert.deepEqual(names('FIND {acme birds} RETURNING Account(Name)'), ['Acme']);
    assert.deepEqual(names('FIND {"traps birds"} RETURNING Account(Name)'), []);
    assert.deepEqual(names('FIND {"for birds"} RETURNING Account(Name)'), ['Acme']);
    assert.deepEqual(names('FIND {acme OR barn} RETURNING Account(Name)'), ['Acme', "O'Neil and Sons"]);
    assert.deepEqual(names('FIND {ac* AND NOT (anvils OR barn)} RETURNING Account(Name)'), ['Acorn Textiles']);
    assert.deepEqual(names("FIND {O\\'Neil} RETURNING Account(Name)"), ["O'Neil and Sons"]);
  });

  test('searches the fields and the objects that it is asked to, each with its own condition', () => {
    assert.deepEqual(names('FIND {acme} IN NAME FIELDS RETURNING Account(Name), Contact(Name)'), ['Acme']);
    assert.deepEqual(names('FIND {acme} IN EMAIL FIELDS RETURNING Account(Name), Contact(Name)'), ['Acton']);
    assert.deepEqual(names('FIND {555} IN PHONE FIELDS RETURNING Account(Name)'), ['Acorn Textiles']);
    const both =
      "FIND {ac*} RETURNING Account(Name WHERE Name LIKE '%, (%' OR Phone != null ORDER BY Name DESC), Contact";
    assert.equal(names(both).length, 2);
    assert.equal(names('FIND {ac*} RETURNING Account(Name LIMIT 1)').length, 1);
    assert.equal(names('FIND {ac*} RETURNING Account(Name), Contact(Name) LIMIT 2').length, 2);
  });

  test('refuses what is no search, and what it does not know', () => {
    const refused = (sosl: string, message: RegExp): void => {
      assert.throws(() => search(org, sosl, session), { errorCode: /^(?:MALFORMED_SEARCH|INVALID_TYPE)$/, message });
    };
    refused('SELECT Id FROM Account', /unexpected token/);
    refused('FIND {a} RETURNING Account', /longer than one character/);
    refused('FIND {(acme} RETURNING Account', /not closed/);
    refused('FIND {acme OR} RETURNING Account', /unexpected end/);
    refused('FIND {acme} RETURNING Nowhere', /'Nowhere' is not supported/);
    refused('FIND {acme}', /not yet: a search without RETURNING/);
    refused('FIND {acme} RETURNING Account(Name) WITH SNIPPET', /not yet: WITH/);
    refused('FIND {acme} RETURNING Account(toLabel(Rating))', /not yet: the fields/);
  });
});
