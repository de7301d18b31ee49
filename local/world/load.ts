import { leadsAsCsv } from './csv.ts';
import type { GeneratedLead } from './people.ts';

const rowsAJob = 100_000;
const pollMilliseconds = 50;

/**
 * Brings leads into an org through Bulk 2.0 ingest, the way an admin's data loader does.
 * Returns how many were created; throws with the org's own words when a row or a job fails.
 */
export async function loadLeads(
  org: { instanceUrl: string; accessToken: string },
  leads: Iterable<GeneratedLead>,
): Promise<number> {
  let loaded = 0;
  for (const csv of leadsAsCsv(leads, rowsAJob)) loaded += await ingest(org, 'Lead', csv);
  return loaded;
}

interface IngestJob {
  readonly id: string;
  readonly state: string;
  readonly numberRecordsProcessed: number;
  readonly numberRecordsFailed: number;
  readonly errorMessage?: string;
}

/** Brings the rows of a CSV with a header into an object through Bulk 2.0 ingest. Returns how many were created. */
export async function ingest(
  org: { instanceUrl: string; accessToken: string },
  object: string,
  csv: string,
): Promise<number> {
  const jobs = `${org.instanceUrl}/services/data/v66.0/jobs/ingest`;
  const call = async (path: string, method: string, body?: string, type = 'application/json'): Promise<Response> => {
    const response = await fetch(`${jobs}${path}`, {
      method,
      headers: { authorization: `Bearer ${org.accessToken}`, ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body }),
    });
    if (!response.ok)
      throw new Error(`The org refused ${method} jobs/ingest${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  const job = (await (
    await call('', 'POST', JSON.stringify({ object, operation: 'insert', contentType: 'CSV', lineEnding: 'LF' }))
  ).json()) as IngestJob;
  await call(`/${job.id}/batches`, 'PUT', csv, 'text/csv');
  await call(`/${job.id}`, 'PATCH', JSON.stringify({ state: 'UploadComplete' }));
  for (;;) {
    const state = (await (await call(`/${job.id}`, 'GET')).json()) as IngestJob;
    if (state.state === 'JobComplete') {
      if (state.numberRecordsFailed > 0)
        throw new Error(
          `The org refused ${state.numberRecordsFailed} rows: ${(await (await call(`/${job.id}/failedResults`, 'GET')).text()).slice(0, 500)}`,
        );
      return state.numberRecordsProcessed;
    }
    if (state.state === 'Failed' || state.state === 'Aborted')
      throw new Error(`The ingest job ended as ${state.state}: ${state.errorMessage ?? ''}`);
    await new Promise((wake) => setTimeout(wake, pollMilliseconds));
  }
}
