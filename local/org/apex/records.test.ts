import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apexClass, apexTrigger, makeApexFixture } from './testing/fixture.ts';

const guard = apexTrigger(
  'OnAccount',
  `trigger OnAccount on Account (before insert, before update, after insert) {
  for (Account each : Trigger.new) {
    if (Trigger.isBefore && each.Name == 'bad') { each.Name.addError('not this name'); }
    else if (Trigger.isBefore && Trigger.isInsert) { each.Site = 'set by ' + Trigger.operationType; }
    else if (Trigger.isAfter && each.Name == 'twin') { insert new Account(Name = 'made by a trigger'); }
  }
}`,
);

test('a write by any door fires the triggers, which change and refuse records', () => {
  const { dml, query } = makeApexFixture([guard]);
  const [good, bad, twin] = dml('insert', 'Account', { Name: 'good' }, { Name: 'bad' }, { Name: 'twin' });
  assert.deepEqual([good?.success, bad?.success, twin?.success], [true, false, true]);
  assert.deepEqual(bad?.errors, [
    { statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'not this name', fields: ['Name'] },
  ]);
  assert.deepEqual(query('SELECT Name, Site FROM Account ORDER BY Name'), [
    { Name: 'good', Site: 'set by BEFORE_INSERT' },
    { Name: 'made by a trigger', Site: 'set by BEFORE_INSERT' },
    { Name: 'twin', Site: 'set by BEFORE_INSERT' },
  ]);
});

test('an exception of a trigger refuses its records with its place', () => {
  const { dml } = makeApexFixture([
    apexTrigger('Broken', 'trigger Broken on Account (before insert) {\n  String s;\n  s.trim();\n}'),
  ]);
  const [result] = dml('insert', 'Account', { Name: 'x' });
  assert.equal(result?.errors[0]?.statusCode, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY');
  assert.match(
    result.errors[0].message,
    /^Broken: execution of BeforeInsert\n\ncaused by: System.NullPointerException: Attempt to de-reference a null object\n\nTrigger.Broken: line 3/,
  );
});

test('DML and queries share a transaction; a savepoint takes back; an exception takes all back', () => {
  const { run, query } = makeApexFixture();
  assert.equal(
    run(`insert new Account(Name = 'one'); Savepoint before = Database.setSavepoint(); insert new Account(Name = 'two');
      Assert.areEqual(2, [SELECT COUNT() FROM Account]); Database.rollback(before);
      String wanted = 'one'; Account found = [SELECT Id, Name FROM Account WHERE Name = :wanted];
      try { String s = found.Site; Assert.fail(); } catch (SObjectException e) { Assert.isTrue(e.getMessage().contains('without querying the requested field: Account.Site')); }
      List<Database.SaveResult> results = Database.insert(new List<Account>{ new Account(), new Account(Name = 'three') }, false);
      Assert.isFalse(results[0].isSuccess()); Assert.isTrue(results[1].isSuccess());`),
    'ok',
  );
  assert.match(
    run(`insert new Account(Name = 'lost'); insert new Account();`),
    /DmlException: Insert failed. First exception on row 0; first error: REQUIRED_FIELD_MISSING/,
  );
  assert.deepEqual(query('SELECT Name FROM Account ORDER BY Name'), [{ Name: 'one' }, { Name: 'three' }]);
});

test('tests run apart from the org and from each other, one that is red is told with its line, and lines are covered', () => {
  const { apex, dml, query } = makeApexFixture([
    apexClass(
      'Thing',
      'public class Thing {\n  public static Integer twice(Integer a) {\n    if (a == 0) {\n      return 0;\n    }\n    return 2 * a;\n  }\n}',
    ),
    apexClass(
      'ThingTest',
      `@IsTest private class ThingTest {
      @TestSetup static void prepare() { insert new Account(Name = 'prepared'); }
      @IsTest static void good() { Assert.areEqual(4, Thing.twice(2)); Assert.areEqual(1, [SELECT COUNT() FROM Account]); insert new Account(Name = 'mine'); }
      @IsTest static void alone() { Assert.areEqual(1, [SELECT COUNT() FROM Account]); }
      @IsTest static void red() { Assert.areEqual(5, Thing.twice(2)); }
    }`,
    ),
  ]);
  dml('insert', 'Account', { Name: 'real' });
  const { results, coverage } = apex.runTests(['ThingTest']);
  assert.deepEqual(
    results.map(({ methodName, outcome }) => [methodName, outcome]),
    [
      ['good', 'Pass'],
      ['alone', 'Pass'],
      ['red', 'Fail'],
    ],
  );
  assert.equal(results[2]?.message, 'System.AssertException: Assertion Failed: Expected: 5, Actual: 4');
  assert.deepEqual([...coverage.linesOf('Thing')].sort(), [3, 6]);
  assert.deepEqual([...(apex.program.lines.get('Thing') ?? [])].sort(), [3, 4, 6]);
  assert.deepEqual(query('SELECT Name FROM Account'), [{ Name: 'real' }]);
});

test('jobs run on the org clock: queued at once, scheduled when they are due', () => {
  const { apex, run, clock, query } = makeApexFixture([
    apexClass(
      'Job',
      `public class Job implements Queueable, Schedulable {
      public void execute(QueueableContext context) { insert new Account(Name = 'queued'); }
      public void execute(SchedulableContext context) { insert new Account(Name = 'scheduled'); }
    }`,
    ),
  ]);
  assert.equal(run(`System.enqueueJob(new Job()); System.schedule('daily', '0 30 11 * * ?', new Job());`), 'ok');
  assert.deepEqual(query('SELECT Name FROM Account'), []);
  clock.advance(1);
  assert.deepEqual(query('SELECT Name FROM Account'), [{ Name: 'queued' }]);
  clock.advance(26 * 3_600_000);
  assert.deepEqual(query("SELECT Name FROM Account WHERE Name = 'scheduled'").length, 2);
  assert.deepEqual(apex.failedJobs, []);
  assert.equal(apex.scheduledJobs.length, 1);
});
