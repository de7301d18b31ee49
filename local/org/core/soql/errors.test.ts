import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeFixture } from '../fixture.ts';

const cases: readonly (readonly [string, string, RegExp])[] = [
  ['SELECT Id FROM', 'MALFORMED_QUERY', /unexpected token: '<EOF>'$/],
  ['SELECT Id FROM Lead WHERE', 'MALFORMED_QUERY', /unexpected token: 'WHERE'$/],
  ["SELECT Id FROM Lead WHERE Name = 'a' OR Name = 'b' AND Id = null", 'MALFORMED_QUERY', /unexpected token: 'AND'$/],
  ['SELECT Id FROM Lead LIMIT 1 nonsense', 'MALFORMED_QUERY', /unexpected token: 'nonsense'$/],
  ['SELECT Id FROM Lead WHERE Name = abc', 'MALFORMED_QUERY', /unexpected token: 'abc'$/],
  ['SELECT Id FROM Lead WHERE Id = 00Q000000000001', 'MALFORMED_QUERY', /unexpected token/],
  ['SELECT Id FROM Lead WHERE Id = :lead', 'MALFORMED_QUERY', /Bind variables only allowed in Apex code$/],
  [
    'SELECT Nope FROM Lead',
    'INVALID_FIELD',
    /^\nSELECT Nope FROM Lead\n {7}\^\nERROR at Row:1:Column:8\nNo such column 'Nope' on entity 'Lead'\./,
  ],
  ['SELECT Id FROM Nope', 'INVALID_TYPE', /ERROR at Row:1:Column:16\nsObject type 'Nope' is not supported\./],
  ['SELECT Parent.Name FROM Lead', 'INVALID_FIELD', /Didn't understand relationship 'Parent' in field path\./],
  [
    'SELECT (SELECT Id FROM Nopes) FROM Account',
    'INVALID_TYPE',
    /Didn't understand relationship 'Nopes' in FROM part of query call\./,
  ],
  [
    "SELECT Id FROM Lead WHERE CreatedDate > '2026-01-01T00:00:00Z'",
    'INVALID_FIELD',
    /value of filter criterion for field 'CreatedDate' must be of type dateTime and should not be enclosed in quotes$/,
  ],
  ['SELECT Id FROM Lead WHERE CreatedDate > 2026-01-01', 'INVALID_FIELD', /must be of type dateTime/],
  [
    'SELECT Id FROM Lead WHERE LastName = 5',
    'INVALID_FIELD',
    /'LastName' must be of type string and should be enclosed in quotes$/,
  ],
  [
    "SELECT Id FROM Lead WHERE NumberOfEmployees = '5'",
    'INVALID_FIELD',
    /must be of type int and should not be enclosed in quotes$/,
  ],
  ["SELECT Id FROM Lead WHERE Id = 'nothing'", 'INVALID_QUERY_FILTER_OPERATOR', /invalid ID field: nothing$/],
  [
    "SELECT Id FROM Lead WHERE Description = 'x'",
    'INVALID_FIELD',
    /field 'Description' can not be filtered in a query call$/,
  ],
  ['SELECT Id FROM Lead ORDER BY Description', 'MALFORMED_QUERY', /field 'Description' can not be sorted/],
  [
    "SELECT Id FROM Lead WHERE NumberOfEmployees LIKE 'x'",
    'INVALID_QUERY_FILTER_OPERATOR',
    /invalid operator on field NumberOfEmployees/,
  ],
  ['SELECT Id, Id FROM Lead', 'MALFORMED_QUERY', /duplicate field selected: Id$/],
  ['SELECT Name, COUNT(Id) FROM Lead', 'MALFORMED_QUERY', /Field must be grouped or aggregated: Name$/],
  [
    'SELECT Status FROM Lead GROUP BY Status ORDER BY Name',
    'MALFORMED_QUERY',
    /Ordered field must be grouped or aggregated: Name$/,
  ],
  ['SELECT AnnualRevenue FROM Lead GROUP BY AnnualRevenue', 'MALFORMED_QUERY', /can not be grouped/],
  ['SELECT SUM(Name) FROM Lead', 'MALFORMED_QUERY', /does not support aggregate operator SUM/],
  ['SELECT FIELDS(ALL) FROM Lead', 'MALFORMED_QUERY', /must have a LIMIT of at most 200$/],
  ['SELECT Id FROM Lead OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE', /Maximum SOQL offset allowed is 2000/],
  ["SELECT Id FROM Lead WHERE LastName = '\uE000%'", 'MALFORMED_QUERY', /not yet: the character U\+E000/],
  ['SELECT Id FROM Lead ALL ROWS', 'MALFORMED_QUERY', /ALL ROWS not allowed in this context/],
  ['SELECT Id FROM Lead WHERE Owner.Division = null', 'INVALID_FIELD', /No such column 'Division' on entity 'Name'/],
  ['SELECT Owner.Manager.Name FROM Lead', 'INVALID_FIELD', /Didn't understand relationship 'Manager'/],
  ['SELECT TYPEOF Owner WHEN Account THEN Name END FROM Lead', 'INVALID_TYPE', /Column:26\nsObject type 'Account'/],
  ['SELECT TYPEOF Owner WHEN User THEN Nope END FROM Lead', 'INVALID_FIELD', /No such column 'Nope' on entity 'User'/],
  ['SELECT TYPEOF Account WHEN Account THEN Name END FROM Contact', 'MALFORMED_QUERY', /TYPEOF is not supported/],
  ["SELECT DISTANCE(BillingAddress, GEOLOCATION(1,2), 'mi') FROM Account", 'MALFORMED_QUERY', /function DISTANCE/],
  [
    'SELECT convertCurrency(AnnualRevenue) FROM Lead',
    'MALFORMED_QUERY',
    /only supported in orgs with multiple currencies/,
  ],
  ['SELECT convertCurrency(Name) FROM Lead', 'INVALID_FIELD', /cannot be used with the function convertCurrency/],
  ['SELECT FORMAT(Name) FROM Lead', 'INVALID_FIELD', /cannot be used with the function FORMAT/],
  ['SELECT CALENDAR_YEAR(CreatedDate) FROM Lead', 'MALFORMED_QUERY', /only be selected together with GROUP BY/],
  ['SELECT Id FROM Lead WHERE CALENDAR_YEAR(toLabel(Status)) = 1', 'MALFORMED_QUERY', /unexpected token|not allowed/],
  ['SELECT Status, GROUPING(Rating) FROM Lead GROUP BY Status', 'MALFORMED_QUERY', /Field must be grouped: Rating$/],
  [
    'SELECT COUNT(Id) FROM Lead GROUP BY CUBE(Status, Rating, Industry, City)',
    'MALFORMED_QUERY',
    /GROUP BY CUBE can have at most 3 fields$/,
  ],
  ['SELECT Id FROM Lead WITH USER_MODE', 'MALFORMED_QUERY', /WITH USER_MODE is only supported in Apex$/],
  ['SELECT Id FROM Lead WITH SECURITY_ENFORCED', 'MALFORMED_QUERY', /Row:1:Column:21\nWITH SECURITY_ENFORCED/],
  ['SELECT Id FROM Lead ORDER BY Name FOR UPDATE', 'MALFORMED_QUERY', /ORDER BY is not allowed with FOR UPDATE$/],
  ['SELECT COUNT(Id) FROM Lead FOR UPDATE', 'MALFORMED_QUERY', /FOR UPDATE is not allowed with aggregates$/],
  ['SELECT Id FROM Lead USING SCOPE mine', 'MALFORMED_QUERY', /not yet: USING SCOPE|unexpected token/],
  ['SELECT Id FROM Lead LIMIT :most', 'MALFORMED_QUERY', /Bind variables only allowed in Apex code$/],
  [`SELECT Id FROM Lead WHERE Name = '${'x'.repeat(100_000)}'`, 'MALFORMED_QUERY', /longer than 100000 characters/],
  [
    'SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact) OR Name = null',
    'MALFORMED_QUERY',
    /Semi join sub-selects are not allowed with the 'OR' operator$/,
  ],
  [
    'SELECT Id FROM Account WHERE Id IN (SELECT ParentId FROM Account)',
    'MALFORMED_QUERY',
    /The inner and outer selects should not be on the same object type$/,
  ],
  [
    'SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact) AND Id IN (SELECT AccountId FROM Case) AND Id NOT IN (SELECT AccountId FROM Opportunity)',
    'MALFORMED_QUERY',
    /Maximum 2 semi join sub-selects are allowed$/,
  ],
  ['SELECT Id FROM Lead WHERE AnnualRevenue > USD5000', 'MALFORMED_QUERY', /not yet: an amount with its currency/],
  ['SELECT Account.Parent.Parent.Parent.Parent.Parent.Name FROM Contact', 'MALFORMED_QUERY', /Only 5 levels/],
];

test('what is wrong with a query is told with an org’s code and words', () => {
  const { org, session } = makeFixture();
  for (const [soql, errorCode, message] of cases) {
    assert.throws(
      () => org.prepare(soql, session),
      (error: { status: number; errorCode: string; message: string }) => {
        assert.equal(error.errorCode, errorCode, `${soql}: ${error.message}`);
        assert.match(error.message, message);
        assert.equal(error.status, 400);
        return true;
      },
      soql,
    );
  }
});
