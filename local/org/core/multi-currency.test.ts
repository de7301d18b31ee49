import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualClock } from './clock.ts';
import { addObjects, customObject, makeFixture, startOfTests } from './fixture.ts';
import { createOrg } from './org.ts';

const make = () => makeFixture(createOrg({ clock: manualClock(startOfTests), features: ['MultiCurrency'] }));

test('K-35: every record has a currency, the corporate one when it does not say; a code that is not there is refused', () => {
  const { org, insert, query, dml } = make();
  addObjects(org, customObject('Deal__c', []));
  const [usual, euro] = insert(
    'Opportunity',
    ...[{}, { CurrencyIsoCode: 'EUR', Amount: 9 }].map((each) => ({
      Name: 'O',
      StageName: 'Prospecting',
      CloseDate: '2026-02-01',
      ...each,
    })),
  );
  insert('Deal__c', { CurrencyIsoCode: 'JPY' });
  assert.deepEqual(query(`SELECT CurrencyIsoCode FROM Opportunity WHERE Id IN ('${usual}', '${euro}') ORDER BY Id`), [
    { CurrencyIsoCode: 'USD' },
    { CurrencyIsoCode: 'EUR' },
  ]);
  assert.deepEqual(query('SELECT CurrencyIsoCode FROM Deal__c'), [{ CurrencyIsoCode: 'JPY' }]);
  const [refused] = dml('update', 'Opportunity', { Id: euro, CurrencyIsoCode: 'XXX' });
  assert.equal(refused?.errors[0]?.statusCode, 'INVALID_CURRENCY_ISO');
  assert.deepEqual(query('SELECT convertCurrency(Amount) amount FROM Opportunity WHERE Amount > 0'), [{ amount: 10 }]);
});

test('rates are read by everybody and kept by a fork; an org without the feature has none of it', () => {
  const { org, query, session } = make();
  const member = { ...session, userId: org.integrationUserId };
  assert.equal(org.prepare('SELECT IsoCode FROM CurrencyType WHERE IsCorporate = true', member).run().totalSize, 1);
  assert.equal(makeFixture(org.fork()).query('SELECT IsoCode FROM CurrencyType').length, 4);
  assert.deepEqual(query('SELECT Id FROM DatedConversionRate'), []);
  assert.throws(() => makeFixture().query('SELECT CurrencyIsoCode FROM Lead'), { errorCode: 'INVALID_FIELD' });
  assert.throws(
    () => createOrg({ clock: manualClock(0), features: ['Communities'] }),
    /not yet: the feature Communities in the local org; it has MultiCurrency and PersonAccounts/,
  );
});
