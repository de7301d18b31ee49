import { CouldNotCheck } from '../check.ts';
import type { Trial } from '../check.ts';
import { expectStatus } from './expect.ts';

export interface Job {
  readonly id: string;
  readonly state: string;
  readonly jobType?: string;
  readonly contentUrl?: string;
  readonly numberRecordsProcessed?: number;
  readonly numberRecordsFailed?: number;
  readonly errorMessage?: string;
  readonly [name: string]: unknown;
}

const ended = new Set(['JobComplete', 'Failed', 'Aborted']);
const mostMilliseconds = 10 * 60_000;

/** Creates a job, to be ended with the check. */
export async function createJob(trial: Trial, kind: 'ingest' | 'query', body: object): Promise<Job> {
  const answer = await trial.call('POST', `/jobs/${kind}`, { body });
  expectStatus(answer, 200, `create of a job (${kind})`);
  const job = answer.json<Job>();
  trial.endJob(`/jobs/${kind}/${job.id}`);
  return job;
}

/** Uploads a CSV and says that it is whole. */
export async function upload(trial: Trial, job: Job, csv: string): Promise<void> {
  const path = `/jobs/ingest/${job.id}`;
  const put = await trial.call('PUT', `${path}/batches`, { body: csv, headers: { 'content-type': 'text/csv' } });
  expectStatus(put, 201, 'upload');
  expectStatus(await trial.call('PATCH', path, { body: { state: 'UploadComplete' } }), 200, 'UploadComplete');
}

/** Asks until the job has ended; throws `CouldNotCheck` when an org takes ten minutes for it. */
export async function awaitEnd(trial: Trial, kind: 'ingest' | 'query', id: string): Promise<Job> {
  let pause = 50;
  for (let waited = 0; waited < mostMilliseconds; waited += pause) {
    const job = (await trial.call('GET', `/jobs/${kind}/${id}`)).json<Job>();
    if (ended.has(job.state)) return job;
    await trial.wait(pause);
    pause = Math.min(5000, pause * 2);
  }
  throw new CouldNotCheck(`The job ${id} did not end in ten minutes.`);
}

/** The cells of a CSV whose values hold no line ends: enough for what the checks write. */
export function cells(csv: string): readonly (readonly string[])[] {
  return csv
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) =>
      line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((cell) => cell.replace(/^"|"$/g, '').replaceAll('""', '"')),
    );
}
