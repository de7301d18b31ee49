import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { announcementQueries, announcementStatements } from './announcements.ts';
import { captureQueries, captureStatements } from './capture.ts';
import { claimQueries, claimStatements } from './claims.ts';
import { firstFillQueries } from './first-fill.ts';
import { openStore } from './index.ts';
import { issueQueries, issueStatements } from './issues.ts';
import { nameStatements } from './names.ts';
import { recordQueries, recordStatements } from './records.ts';
import { requestQueries, requestStatements } from './requests.ts';
import { runQueries, runStatements } from './runs.ts';
import { workQueries, workStatements } from './work.ts';
import { newFolder } from './testing/index.ts';

/** What runs for each chunk, each piece of work and each request. */
const hot: Readonly<Record<string, string>> = {
  ...prefixed('record', { ...recordQueries, ...recordStatements }),
  ...prefixed('firstFill', { anyRecord: firstFillQueries.anyRecord }),
  ...prefixed('claim', { ...claimQueries, ...claimStatements }),
  ...prefixed('work', { ...workQueries, ...workStatements }),
  ...prefixed('run', { ...runQueries, ...runStatements }),
  ...prefixed('capture', { ...captureQueries, ...captureStatements }),
  ...prefixed('request', { ...requestQueries, ...requestStatements }),
  ...prefixed('issue', { ...issueQueries, ...issueStatements }),
  ...prefixed('announcement', { ...announcementQueries, ...announcementStatements }),
  ...prefixed('name', nameStatements),
};

/** Read as a whole by intent: small tables, or all of them is what is asked for. */
const whole: Readonly<Record<string, RegExp>> = {
  // The first row, if there is one.
  'firstFill.anyRecord': /^SCAN record USING COVERING INDEX record_problem$|^SCAN record$/,
  'claim.changes': /^SCAN claim_change$/,
  // The claims of one key that have the same rank.
  'claim.topRanked': /^USE TEMP B-TREE FOR LAST 3 TERMS OF ORDER BY$/,
  'claim.topRankedBut': /^USE TEMP B-TREE FOR LAST 3 TERMS OF ORDER BY$/,
  // Once, when a worker takes the store.
  'work.giveBack': /^SCAN work$/,
  'work.backlog': /^SCAN work USING COVERING INDEX work_available$/,
  'work.nextSequence': /^SCAN store$/,
  'capture.fanOuts': /^SCAN fan_out$/,
  'request.unanswered': /^(SCAN sending|USE TEMP B-TREE FOR ORDER BY)$/,
  'issue.untold': /^SCAN issue$/,
  'announcement.waiting': /^SCAN announcement$/,
};

function prefixed(part: string, statements: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(statements).map(([name, sql]) => [`${part}.${name}`, sql]));
}

test('no statement of the hot path scans a table or sorts in a temporary tree', async () => {
  const file = join(newFolder(), 'store.db');
  await (await openStore({ file })).close();
  const database = new DatabaseSync(file);
  let searches = 0;
  for (const [name, sql] of Object.entries(hot)) {
    for (const step of database.prepare(`explain query plan ${sql}`).all()) {
      const detail = String(step['detail']);
      if (detail.startsWith('SEARCH')) searches++;
      if (/^SCAN (asked|but) VIRTUAL TABLE/.test(detail) || whole[name]?.test(detail)) continue;
      assert.ok(!/^SCAN|TEMP B-TREE|AUTOMATIC/.test(detail), `${name}: ${detail}`);
    }
  }
  assert.ok(searches > 20, `${searches} searches were seen`);
  database.close();
});

test('held and failed records are listed by their own index', async () => {
  const file = join(newFolder(), 'store.db');
  await (await openStore({ file })).close();
  const database = new DatabaseSync(file);
  const sql =
    'select 1 from record as r where r.sync = ? and r.outcome = ? and r.outcome >= 4 order by r.sync, r.source';
  const details = database
    .prepare(`explain query plan ${sql}`)
    .all()
    .map((step) => String(step['detail']));
  assert.deepEqual(details.length, 1, details.join());
  assert.match(details[0] ?? '', /^SEARCH r USING COVERING INDEX record_problem|^SEARCH r USING INDEX record_problem/);
  database.close();
});
