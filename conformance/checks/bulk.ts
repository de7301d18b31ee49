import { guide } from '../check.ts';
import type { Check } from '../check.ts';
import { awaitEnd, cells, createJob, upload } from './bulk-job.ts';
import { expectEqual, expectError, expectStatus, expectTrue } from './expect.ts';

const insert = { object: 'Account', operation: 'insert', contentType: 'CSV', lineEnding: 'LF' };

/** Bulk API 2.0. */
export const bulkChecks: readonly Check[] = [
  {
    id: 'BULK-01',
    title: 'An ingest job is Open with its contentUrl, takes one upload, ends in JobComplete and counts its rows',
    source: guide('bulk', 'create_job'),
    async run(trial) {
      const { call, name } = trial;
      const job = await createJob(trial, 'ingest', insert);
      expectEqual([job.state, job['operation'], job['object']], ['Open', 'insert', 'Account'], 'new job');
      expectEqual([job['columnDelimiter'], job['concurrencyMode']], ['COMMA', 'Parallel'], 'settings not given');
      const content = `services/data/v${trial.session.apiVersion}/jobs/ingest/${job.id}/batches`;
      expectEqual(job.contentUrl, content, 'contentUrl');
      await upload(trial, job, `Name,Phone\n"${name('a, b')}",1\n${name('c')},\n`);
      const done = await awaitEnd(trial, 'ingest', job.id);
      expectEqual([done.state, done.jobType], ['JobComplete', 'V2Ingest'], 'job at its end');
      expectEqual([done.numberRecordsProcessed, done.numberRecordsFailed], [2, 0], 'rows');
      const late = await call('PATCH', `/jobs/ingest/${job.id}`, { body: { state: 'UploadComplete' } });
      expectStatus(late, 400, 'UploadComplete at its end');
    },
  },
  {
    id: 'BULK-02',
    title: 'Results: successful rows with sf__Id and sf__Created, failed ones with sf__Error, each with its input',
    source: guide('bulk', 'get_job_failed_results'),
    async run(trial) {
      const { call, name } = trial;
      const job = await createJob(trial, 'ingest', insert);
      await upload(trial, job, `Name,NumberOfEmployees\n${name('good')},5\n${name('bad')},many\n`);
      const done = await awaitEnd(trial, 'ingest', job.id);
      expectEqual([done.state, done.numberRecordsProcessed, done.numberRecordsFailed], ['JobComplete', 2, 1], 'job');
      const file = async (kind: string) => cells((await call('GET', `/jobs/ingest/${job.id}/${kind}`)).text);
      const [heading, row] = await file('successfulResults');
      expectEqual(heading, ['sf__Id', 'sf__Created', 'Name', 'NumberOfEmployees'], 'heading of successfulResults');
      expectTrue(/^001\w{15}$/.test(row?.[0] ?? ''), `sf__Id, got ${row?.[0] ?? 'nothing'}`);
      expectEqual(row?.slice(1), ['true', name('good'), '5'], 'row of successfulResults');
      const [failedHeading, failed] = await file('failedResults');
      expectEqual(failedHeading, ['sf__Id', 'sf__Error', 'Name', 'NumberOfEmployees'], 'heading of failedResults');
      expectTrue(
        /^[A-Z_]+:.*--$/.test(failed?.[1] ?? ''),
        `sf__Error is CODE:message:fields --, got ${failed?.[1] ?? ''}`,
      );
      expectEqual(failed?.slice(2), [name('bad'), 'many'], 'row of failedResults');
      expectEqual((await file('unprocessedrecords')).slice(1), [], 'rows of unprocessedrecords');
    },
  },
  {
    id: 'BULK-03',
    title: 'An empty cell changes nothing, #N/A clears',
    source: guide('bulk', 'datafiles_csv_valid_record_rows'),
    async run(trial) {
      const { call, create, name } = trial;
      const id = await create('Account', { Name: name('cells'), Phone: '1', Website: 'https://example.com' });
      const job = await createJob(trial, 'ingest', { ...insert, operation: 'update' });
      await upload(trial, job, `Id,Phone,Website\n${id},,#N/A\n`);
      expectEqual((await awaitEnd(trial, 'ingest', job.id)).numberRecordsFailed, 0, 'rows that failed');
      const row = (await call('GET', `/sobjects/Account/${id}?fields=Phone,Website`)).json<Record<string, unknown>>();
      expectEqual([row['Phone'], row['Website']], ['1', null], 'values');
    },
  },
  {
    id: 'BULK-04',
    title: 'A column that the object does not have fails the job; an aborted job wrote nothing and can be deleted',
    source: guide('bulk', 'get_job_info'),
    async run(trial) {
      const { call, name, rows } = trial;
      const wrong = await createJob(trial, 'ingest', insert);
      await upload(trial, wrong, `Name,Nonsense__x\n${name('x')},1\n`);
      const failed = await awaitEnd(trial, 'ingest', wrong.id);
      expectEqual(failed.state, 'Failed', 'state');
      expectTrue(
        /Nonsense__x/.test(failed.errorMessage ?? ''),
        `errorMessage names it, got ${failed.errorMessage ?? ''}`,
      );
      const job = await createJob(trial, 'ingest', insert);
      expectStatus(await call('DELETE', `/jobs/ingest/${job.id}`), 400, 'delete of an open job');
      const aborted = await call('PATCH', `/jobs/ingest/${job.id}`, { body: { state: 'Aborted' } });
      expectEqual(aborted.json<{ state: string }>().state, 'Aborted', 'state after abort');
      expectStatus(await call('DELETE', `/jobs/ingest/${job.id}`), 204, 'delete of an aborted job');
      expectError(await call('GET', `/jobs/ingest/${job.id}`), 404, 'NOT_FOUND', 'a deleted job');
      expectEqual((await rows(`SELECT Id FROM Account WHERE Name LIKE '${name('')}%'`)).length, 0, 'records');
    },
  },
  {
    id: 'BULK-05',
    title: 'A query job ends in JobComplete; its pages have a heading each, and the last says Sforce-Locator: null',
    source: guide('bulk', 'query_get_job_results'),
    async run(trial) {
      const { call, create, name } = trial;
      for (const each of ['a', 'b', 'c']) await create('Account', { Name: name(each) });
      const query = `SELECT Id, Name FROM Account WHERE Name LIKE '${name('')}%'`;
      const job = await createJob(trial, 'query', { operation: 'query', query });
      expectEqual([job.state, job['operation']], ['UploadComplete', 'query'], 'new job');
      const done = await awaitEnd(trial, 'query', job.id);
      expectEqual([done.state, done.numberRecordsProcessed, done.jobType], ['JobComplete', 3, 'V2Query'], 'job');
      const names: string[] = [];
      let locator = '';
      let pages = 0;
      do {
        const next = locator === '' ? '' : `&locator=${locator}`;
        const answer = await call('GET', `/jobs/query/${job.id}/results?maxRecords=2${next}`);
        expectStatus(answer, 200, 'page');
        const [heading, ...rows] = cells(answer.text);
        expectEqual(heading, ['Id', 'Name'], 'heading of each page');
        expectEqual(Number(answer.headers.get('sforce-numberofrecords')), rows.length, 'Sforce-NumberOfRecords');
        names.push(...rows.map(([, each]) => each ?? ''));
        locator = answer.headers.get('sforce-locator') ?? '';
        pages += 1;
        expectTrue(locator !== '', 'every page has a Sforce-Locator');
      } while (locator !== 'null');
      expectEqual([pages, names.sort()], [2, ['a', 'b', 'c'].map(name)], 'pages and rows');
    },
  },
  {
    id: 'BULK-06',
    title: 'resultPages lists the addresses of the pages, whose rows together are the result',
    source: guide('bulk', 'query_get_parallel_job_results'),
    async run(trial) {
      const { call, create, name, raw, session } = trial;
      await create('Account', { Name: name('a') });
      const query = `SELECT Name FROM Account WHERE Name LIKE '${name('')}%'`;
      const job = await createJob(trial, 'query', { operation: 'query', query });
      await awaitEnd(trial, 'query', job.id);
      const answer = await call('GET', `/jobs/query/${job.id}/resultPages`);
      expectStatus(answer, 200, 'resultPages');
      const pages = answer.json<{ resultPages: { resultUrl: string }[]; done: boolean }>();
      expectEqual([pages.resultPages.length, pages.done], [1, true], 'pages');
      const url = `/${pages.resultPages[0]?.resultUrl.replace(/^\/+/, '') ?? ''}`;
      const headers = { authorization: `Bearer ${session.accessToken}` };
      expectEqual(cells((await raw('GET', url, { headers })).text), [['Name'], [name('a')]], 'rows of the page');
    },
  },
  {
    id: 'BULK-07',
    title: 'A query that Bulk 2.0 does not take (GROUP BY, child lists) is refused or fails',
    source: guide('bulk', 'queries'),
    async run(trial) {
      const grouped = 'SELECT Industry, COUNT(Id) FROM Account GROUP BY Industry';
      for (const query of [grouped, 'SELECT Id, (SELECT Id FROM Contacts) FROM Account']) {
        const answer = await trial.call('POST', '/jobs/query', { body: { operation: 'query', query } });
        if (answer.status !== 200) {
          expectStatus(answer, 400, query);
          continue;
        }
        const { id } = answer.json<{ id: string }>();
        trial.endJob(`/jobs/query/${id}`);
        expectEqual((await awaitEnd(trial, 'query', id)).state, 'Failed', query);
      }
    },
  },
];
