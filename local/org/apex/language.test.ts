import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apexClass, makeApexFixture } from './testing/fixture.ts';

const { evaluate } = makeApexFixture();

test('arithmetic, text and dates are as an org has them', () => {
  const expected: readonly (readonly [type: string, expression: string, value: unknown])[] = [
    ['Integer', '7 / 2', 3],
    ['Integer', '2147483647 + 1', -2147483648],
    ['Decimal', '7 / 2.0', 3.5],
    ['String', "'a' + 1 + null", 'a1null'],
    ['Boolean', "'Abc' == 'aBC'", true],
    ['Boolean', "'Abc'.equals('aBC')", false],
    ['Boolean', "new Set<String>{ 'a' }.contains('A')", false],
    ['Integer', 'Math.mod(-7, 3)', -1],
    ['String', "String.join(new List<Integer>{ 3, 1, 2 }, '-')", '3-1-2'],
    ['String', "'a,b,,c,,'.split(',')[3]", 'c'],
    ['Integer', "'a,b,,c,,'.split(',').size()", 4],
    ['String', 'String.valueOf(Date.newInstance(2026, 1, 31).addMonths(1))', '2026-02-28'],
    ['Datetime', 'Datetime.newInstanceGmt(2026, 1, 31, 10, 0, 0).addDays(1)', '2026-02-01T10:00:00.000Z'],
    ['Decimal', '1.005.setScale(2)', 1],
    ['String', 'System.Label.Known', 'a label'],
    ['String', "((Map<String, Object>) JSON.deserializeUntyped('{\"a\":[1]}')).get('a') + ''", '(1)'],
    ['Integer', 'new List<Integer>{ 5 }[1]', 'System.ListException: List index out of bounds: 1'],
    ['Integer', '1 / 0', 'System.MathException: Divide by 0'],
    ['Id', "Id.valueOf('nonsense')", 'System.StringException: Invalid id: nonsense'],
    ['String', "((String) null)?.trim() ?? 'none'", 'none'],
  ];
  for (const [type, expression, value] of expected)
    assert.deepEqual([expression, evaluate(type, expression)], [expression, value]);
});

test('what is not right is told at its line and column as an org words it', () => {
  const expected: readonly (readonly [type: string, expression: string, message: RegExp])[] = [
    ['String', 'nothing', /Variable does not exist: nothing/],
    ['Integer', "'a'", /Illegal assignment from String to Integer/],
    [
      'Integer',
      "'a'.length(1)",
      /Method does not exist or incorrect signature: void length\(Integer\) from the type String/,
    ],
    ['Nonsense', 'null', /Invalid type: Nonsense/],
    ['String', 'new Account().Nothing__c', /Invalid field Nothing__c for SObject Account/],
    ['List<Account>', '[SELECT Nothing__c FROM Account]', /No such column 'Nothing__c' on entity 'Account'/],
    ['Account', 'new Account(CreatedDate = System.now())', /Field is not writeable: Account.CreatedDate/],
    ['String', 'Label.Unknown', /Variable does not exist: Unknown/],
  ];
  for (const [type, expression, message] of expected) {
    const told = String(evaluate(type, expression));
    assert.match(told, message, expression);
    assert.match(told, /^1:\d+ /);
  }
});

test('overloads are chosen by declared types, null or not; methods are dispatched by the object', () => {
  const { run } = makeApexFixture([
    apexClass(
      'Over',
      `public class Over {
      public static String of(String a) { return 'text'; }
      public static String of(Integer a) { return 'integer'; }
      public static String of(Object a) { return 'object'; }
      public virtual class Base { public virtual String name() { return 'base'; } public String greet() { return 'I am ' + name(); } }
      public class Derived extends Base { public override String name() { return 'derived ' + super.name(); } }
      public static Integer times { get { if (times == null) { times = 0; } return times; } set; }
    }`,
    ),
  ]);
  assert.equal(
    run(`String nothing; Object any = 1;
      Assert.areEqual('text', Over.of(nothing)); Assert.areEqual('object', Over.of(any)); Assert.areEqual('integer', Over.of(1));
      Over.Base one = new Over.Derived(); Assert.areEqual('I am derived base', one.greet());
      Over.times += 2; Over.times++; Assert.areEqual(3, Over.times);`),
    'ok',
  );
});

test('exceptions are caught by their class, finally always runs, limits and assertions are not caught', () => {
  const { run } = makeApexFixture();
  assert.equal(
    run(`Integer ran = 0;
      try { try { String s; s.length(); } catch (MathException e) { ran = 100; } finally { ran++; } }
      catch (NullPointerException e) { Assert.areEqual('Attempt to de-reference a null object', e.getMessage()); ran++; }
      Assert.areEqual(2, ran);`),
    'ok',
  );
  assert.match(
    run('try { Assert.areEqual(1, 2); } catch (Exception e) { }'),
    /AssertException: Assertion Failed: Expected: 1, Actual: 2/,
  );
  assert.match(
    run(
      'try { for (Integer i = 0; i < 101; i++) { Account[] a = [SELECT Id FROM Account]; } } catch (Exception e) { }',
    ),
    /LimitException: Too many SOQL queries: 101/,
  );
  assert.match(run('while (true) { }'), /LimitException: Apex CPU time limit exceeded/);
});

test('what the interpreter does not know is refused by its name, not guessed', () => {
  const { run } = makeApexFixture();
  assert.match(
    run("List<List<SObject>> found = [FIND 'x' IN ALL FIELDS RETURNING Account];"),
    /unsupported expression \[FIND .* in the local org/,
  );
  assert.match(run('Account a; Account b; merge a b;'), /unsupported merge statement in the local org/);
});
