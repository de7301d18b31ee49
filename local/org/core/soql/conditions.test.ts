import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addFields, customField, makeFixture } from '../fixture.ts';

/** One random comparison: as SOQL, and as plain code that knows nothing of the engine. */
interface Part {
  readonly soql: string;
  readonly holds: (record: Plain) => boolean;
}

interface Plain {
  readonly Id: string;
  readonly Title: string | null;
  readonly NumberOfEmployees: number | null;
  readonly DoNotCall: boolean;
  readonly EmailBouncedDate: string | null;
  readonly Account__c: string | null;
  readonly Account__r: { readonly Name: string } | null;
}

const words = ['alpha', 'Alpha', 'beta', "o'hara", '50%', 'a_b', 'back\\slash', 'ärger', '東京', 'x'] as const;
const times = [0, 1, 59, 3600, 86_400].map((seconds) => Date.UTC(2026, 0, 1) + seconds * 1000);

const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const lower = (text: string | null | undefined) => text?.toLowerCase() ?? null;
const orders = ['<', '<=', '>', '>='] as const;

function inOrder<Value extends string | number>(
  operator: (typeof orders)[number],
  left: Value | null,
  right: Value,
): boolean {
  if (left === null) return false;
  return operator === '<'
    ? left < right
    : operator === '<='
      ? left <= right
      : operator === '>'
        ? left > right
        : left >= right;
}

const word = fc.constantFrom(...words);

function partFor(accounts: readonly string[]): fc.Arbitrary<Part> {
  const textOf = fc.constantFrom(
    { path: 'Title', get: (record: Plain) => record.Title },
    { path: 'Account__r.Name', get: (record: Plain) => record.Account__r?.Name ?? null },
  );
  return fc.oneof(
    fc.tuple(textOf, word, fc.boolean()).map(([{ path, get }, value, equal]) => ({
      soql: `${path} ${equal ? '=' : '!='} ${quoted(value)}`,
      holds: (record: Plain) => (lower(get(record)) === lower(value)) === equal,
    })),
    fc.tuple(textOf, fc.boolean()).map(([{ path, get }, equal]) => ({
      soql: `${path} ${equal ? '=' : '<>'} NULL`,
      holds: (record: Plain) => (get(record) === null) === equal,
    })),
    fc.tuple(textOf, fc.constantFrom(...orders), word).map(([{ path, get }, operator, value]) => ({
      soql: `${path} ${operator} ${quoted(value)}`,
      holds: (record: Plain) => inOrder(operator, lower(get(record)), value.toLowerCase()),
    })),
    fc
      .tuple(textOf, fc.uniqueArray(word, { minLength: 1 }), fc.boolean(), fc.boolean())
      .map(([{ path, get }, values, inside, withNull]) => ({
        soql: `${path} ${inside ? 'IN' : 'NOT IN'} (${[...values.map(quoted), ...(withNull ? ['null'] : [])].join(', ')})`,
        holds: (record: Plain) => {
          const value = lower(get(record));
          return (value === null ? withNull : values.some((item) => item.toLowerCase() === value)) === inside;
        },
      })),
    fc.tuple(textOf, word, fc.constantFrom('start', 'end', 'middle', 'any')).map(([{ path, get }, value, where]) => {
      const literal = quoted(value).slice(1, -1).replaceAll('%', '\\%').replaceAll('_', '\\_');
      const pattern = { start: `${literal}%`, end: `%${literal}`, middle: `%${literal}%`, any: '%_%' }[where];
      return {
        soql: `${path} LIKE '${pattern}'`,
        holds: (record: Plain) => {
          const text = lower(get(record));
          if (text === null) return false;
          const part = value.toLowerCase();
          return where === 'start'
            ? text.startsWith(part)
            : where === 'end'
              ? text.endsWith(part)
              : where === 'middle'
                ? text.includes(part)
                : text !== '';
        },
      };
    }),
    fc.tuple(fc.constantFrom(...orders, '=', '!='), fc.integer({ min: -2, max: 3 })).map(([operator, value]) => ({
      soql: `NumberOfEmployees ${operator} ${value}`,
      holds: ({ NumberOfEmployees: number }: Plain) =>
        operator === '='
          ? number === value
          : operator === '!='
            ? number !== value
            : inOrder(operator as '<', number, value),
    })),
    fc
      .boolean()
      .map((value) => ({ soql: `DoNotCall = ${value}`, holds: (record: Plain) => record.DoNotCall === value })),
    fc.tuple(fc.constantFrom(...orders, '=', '!='), fc.constantFrom(...times)).map(([operator, time]) => ({
      soql: `EmailBouncedDate ${operator} ${new Date(time).toISOString().replace('.000Z', '+00:00')}`,
      holds: ({ EmailBouncedDate: text }: Plain) => {
        const value = text === null ? null : Date.parse(text.replace('+0000', 'Z'));
        return operator === '='
          ? value === time
          : operator === '!='
            ? value !== time
            : inOrder(operator as '<', value, time);
      },
    })),
    fc.tuple(fc.constantFrom(...accounts), fc.boolean()).map(([id, equal]) => ({
      soql: `Account__c ${equal ? '=' : '!='} '${id.slice(0, 15)}'`,
      holds: (record: Plain) => (record.Account__c === id) === equal,
    })),
  );
}

function conditionFor(part: fc.Arbitrary<Part>): fc.Arbitrary<Part> {
  return fc.letrec<{ condition: Part }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      part,
      fc.tuple(fc.array(tie('condition'), { minLength: 2, maxLength: 3 }), fc.boolean()).map(([parts, and]) => ({
        soql: parts.map(({ soql }) => `(${soql})`).join(and ? ' AND ' : ' OR '),
        holds: (record: Plain) =>
          and ? parts.every(({ holds }) => holds(record)) : parts.some(({ holds }) => holds(record)),
      })),
      tie('condition').map(({ soql, holds }) => ({ soql: `NOT (${soql})`, holds: (record: Plain) => !holds(record) })),
    ),
  })).condition;
}

test('a filter finds what a naive reading of it finds', () => {
  const { org, insert, query } = makeFixture();
  addFields(
    org,
    'Lead',
    customField('Account__c', {
      type: 'reference',
      referenceTo: ['Account'],
      relationshipName: 'Account__r',
      childRelationshipName: 'Leads__r',
    }),
  );
  const accounts = insert('Account', ...words.map((Name) => ({ Name })));
  const records = fc.sample(
    fc.record({
      LastName: word,
      Company: word,
      Title: fc.option(word),
      NumberOfEmployees: fc.option(fc.integer({ min: -2, max: 3 })),
      DoNotCall: fc.boolean(),
      EmailBouncedDate: fc.option(fc.constantFrom(...times).map((time) => new Date(time).toISOString())),
      Account__c: fc.option(fc.constantFrom(...accounts)),
    }),
    { numRuns: 150, seed: 7 },
  );
  insert('Lead', ...records);
  const columns = 'Id, Title, NumberOfEmployees, DoNotCall, EmailBouncedDate, Account__c, Account__r.Name';
  const all = query(`SELECT ${columns} FROM Lead`) as Plain[];
  assert.equal(all.length, 150);
  fc.assert(
    fc.property(conditionFor(partFor(accounts)), ({ soql, holds }) => {
      const found = query(`SELECT Id FROM Lead WHERE ${soql}`) as { Id: string }[];
      assert.deepEqual(
        found.map(({ Id }) => Id).sort(),
        all
          .filter(holds)
          .map(({ Id }) => Id)
          .sort(),
      );
    }),
    { numRuns: 400 },
  );
});

test('I-13: hostile text in a literal stays text', () => {
  const { insert, query } = makeFixture();
  const hostile = [
    "' OR Name != '",
    "\\' OR Id != null --",
    "a' LIMIT 1",
    '\\',
    '%',
    'line\nbreak',
    'a\u2028b',
    '\u00e4\ud83d\ude00',
  ];
  insert('Account', ...hostile.map((Name) => ({ Name })));
  for (const name of hostile) {
    const literal = quoted(name).replaceAll('\n', '\\n');
    assert.deepEqual(query(`SELECT Name FROM Account WHERE Name = ${literal}`), [{ Name: name }], literal);
  }
});

test('blank text is null, as in an org', () => {
  const { insert, query } = makeFixture();
  insert('Account', { Name: 'A', Site: '' }, { Name: 'B', Site: 'here' });
  assert.deepEqual(query("SELECT Name FROM Account WHERE Site = ''"), [{ Name: 'A' }]);
  assert.deepEqual(query("SELECT Name FROM Account WHERE Site != 'nowhere' ORDER BY Name"), [
    { Name: 'A' },
    { Name: 'B' },
  ]);
});

test('K-29: INCLUDES and EXCLUDES read multi-select picklists', () => {
  const { org, insert, query } = makeFixture();
  addFields(org, 'Account', customField('Tags__c', { type: 'multipicklist', length: 4099 }));
  insert('Account', { Name: '1', Tags__c: 'a;b' }, { Name: '2', Tags__c: 'b;c' }, { Name: '3' });
  const names = (condition: string) =>
    (query(`SELECT Name FROM Account WHERE ${condition} ORDER BY Name`) as { Name: string }[]).map(({ Name }) => Name);
  assert.deepEqual(names("Tags__c INCLUDES ('a;b', 'C')"), ['1', '2']);
  assert.deepEqual(names("Tags__c INCLUDES ('a;c')"), []);
  assert.deepEqual(names("Tags__c EXCLUDES ('a')"), ['2', '3']);
});

test('semi-joins and anti-joins', () => {
  const { insert, query } = makeFixture();
  const [first, second] = insert('Account', { Name: 'With' }, { Name: 'Other' }, { Name: 'Without' });
  insert('Contact', { LastName: 'x', AccountId: first }, { LastName: 'y', AccountId: second }, { LastName: 'z' });
  assert.deepEqual(query("SELECT Name FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE LastName = 'X')"), [
    { Name: 'With' },
  ]);
  assert.deepEqual(query('SELECT Name FROM Account WHERE Id NOT IN (SELECT AccountId FROM Contact)'), [
    { Name: 'Without' },
  ]);
  assert.deepEqual(
    query("SELECT LastName FROM Contact WHERE AccountId IN (SELECT Id FROM Account WHERE Name LIKE 'o%')"),
    [{ LastName: 'y' }],
  );
});

test('date literals are spans of days', () => {
  const { insert, query } = makeFixture();
  insert(
    'Contact',
    { LastName: 'today', Birthdate: '2026-01-01' },
    { LastName: 'week ago', Birthdate: '2025-12-25' },
    { LastName: 'never' },
  );
  const names = (condition: string) =>
    (query(`SELECT LastName FROM Contact WHERE ${condition} ORDER BY LastName`) as { LastName: string }[]).map(
      (row) => row.LastName,
    );
  assert.deepEqual(names('Birthdate = TODAY'), ['today']);
  assert.deepEqual(names('Birthdate = LAST_N_DAYS:7'), ['today', 'week ago']);
  assert.deepEqual(names('Birthdate = LAST_N_DAYS:6'), ['today']);
  assert.deepEqual(names('Birthdate < THIS_YEAR'), ['week ago']);
  assert.deepEqual(names('Birthdate = LAST_MONTH'), ['week ago']);
  assert.deepEqual(names('Birthdate = N_WEEKS_AGO:1'), ['week ago']);
  assert.deepEqual(names('CreatedDate = TODAY'), ['never', 'today', 'week ago']);
  assert.deepEqual(names('CreatedDate > TODAY'), []);
  assert.deepEqual(names('CALENDAR_YEAR(Birthdate) = 2025'), ['week ago']);
});
