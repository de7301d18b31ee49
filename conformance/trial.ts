import type { Trial } from './check.ts';
import { createCaller } from './http.ts';
import type { Caller } from './http.ts';
import type { Session } from './target/index.ts';

/** Where records of the checks can be, children first, and the field that carries their name. */
const writable = [
  ['Contact', 'LastName'],
  ['Lead', 'LastName'],
  ['Account', 'Name'],
] as const;

const recordsOfACall = 200;

export interface OpenTrial {
  readonly trial: Trial;
  /** Deletes what the check wrote; returns what is still there, in words. */
  readonly clean: () => Promise<readonly string[]>;
}

/** Opens the trial of one check; `run` tells this run's records from all others. */
export function openTrial(
  session: Session,
  checkId: string,
  run: string,
  wait: (milliseconds: number) => Promise<void>,
): OpenTrial {
  const caller = createCaller(session);
  const prefix = `Conformance ${run} ${checkId}`;
  const jobs: string[] = [];
  // A duplicate rule of the org must not decide what a check sees.
  const allowed = { 'Sforce-Duplicate-Rule-Header': 'allowSave=true' };
  const rows = async <T>(soql: string): Promise<readonly T[]> => {
    const answer = await caller.call('GET', `/query?q=${encodeURIComponent(soql)}`);
    if (answer.status !== 200) throw new Error(`${soql} was refused: ${answer.status} ${answer.text.slice(0, 300)}`);
    return answer.json<{ records: readonly T[] }>().records;
  };
  const trial: Trial = {
    session,
    raw: (...call) => caller.raw(...call),
    call: (method, path, options = {}) =>
      caller.call(method, path, { ...options, headers: { ...allowed, ...options.headers } }),
    name: (what) => `${prefix} ${what}`,
    async create(object, values) {
      const answer = await trial.call('POST', `/sobjects/${object}`, { body: values });
      if (answer.status !== 201)
        throw new Error(`${object} was not created: ${answer.status} ${answer.text.slice(0, 300)}`);
      return answer.json<{ id: string }>().id;
    },
    rows,
    endJob: (path) => jobs.push(path),
    wait,
  };
  return {
    trial,
    async clean() {
      const left: string[] = [];
      for (const job of jobs) left.push(...(await removeJob(caller, job)));
      for (const [object, field] of writable) left.push(...(await sweep(caller, rows, { object, field, prefix })));
      return left;
    },
  };
}

async function removeJob(caller: Caller, path: string): Promise<readonly string[]> {
  // Refused for a job that has ended, which is as well.
  await caller.call('PATCH', path, { body: { state: 'Aborted' } });
  const { status } = await caller.call('DELETE', path);
  return status === 204 || status === 404 ? [] : [`the job ${path} (${status})`];
}

async function sweep(
  caller: Caller,
  rows: Trial['rows'],
  { object, field, prefix }: { readonly object: string; readonly field: string; readonly prefix: string },
): Promise<readonly string[]> {
  for (;;) {
    const soql = `SELECT Id FROM ${object} WHERE ${field} LIKE '${prefix}%' LIMIT ${recordsOfACall}`;
    const ids = (await rows<{ Id: string }>(soql)).map(({ Id }) => Id);
    if (ids.length === 0) return [];
    const answer = await caller.call('DELETE', `/composite/sobjects?ids=${ids.join(',')}`);
    const deleted = answer.status === 200 && answer.json<{ success: boolean }[]>().some(({ success }) => success);
    if (!deleted) return ids.map((id) => `${object} ${id}`);
  }
}
