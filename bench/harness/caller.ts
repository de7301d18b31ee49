import { setTimeout as pause } from 'node:timers/promises';

interface Page {
  readonly records: readonly unknown[];
  readonly nextRecordsUrl?: string;
}

interface Job {
  readonly id: string;
  readonly state: string;
  readonly numberRecordsFailed?: number;
  readonly errorMessage?: string;
}

/** Calls the doors of a local org as plainly as they can be called. Every method throws with the org's own words. */
export class Caller {
  readonly #instanceUrl: string;
  readonly #accessToken: string;

  constructor(instanceUrl: string, accessToken: string) {
    this.#instanceUrl = instanceUrl;
    this.#accessToken = accessToken;
  }

  async json<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const answer = await (await this.#send(method, `/services/data/v66.0${path}`, text, 'application/json')).text();
    return (answer === '' ? undefined : JSON.parse(answer)) as Answer;
  }

  async control(path: string, body: unknown): Promise<void> {
    await this.#send('POST', path, JSON.stringify(body), 'application/json');
  }

  /** Reads every page of a query; returns how many rows there were. */
  async queryAll(soql: string): Promise<number> {
    let path: string | undefined = `/query?q=${encodeURIComponent(soql)}`;
    let rows = 0;
    while (path !== undefined) {
      const page: Page = await this.json('GET', path);
      rows += page.records.length;
      path = page.nextRecordsUrl?.replace('/services/data/v66.0', '');
    }
    return rows;
  }

  async bulkInsert(object: string, records: readonly Readonly<Record<string, string | undefined>>[]): Promise<void> {
    const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
    const line = (cells: readonly (string | undefined)[]) =>
      cells.map((cell) => `"${(cell ?? '').replaceAll('"', '""')}"`).join(',');
    const lines = records.map((record) => line(names.map((name) => record[name])));
    const { id } = await this.json<Job>('POST', '/jobs/ingest', { object, operation: 'insert', lineEnding: 'LF' });
    const csv = `${[line(names), ...lines].join('\n')}\n`;
    await this.#send('PUT', `/services/data/v66.0/jobs/ingest/${id}/batches`, csv, 'text/csv');
    await this.json('PATCH', `/jobs/ingest/${id}`, { state: 'UploadComplete' });
    const { numberRecordsFailed } = await this.#finished(`/jobs/ingest/${id}`);
    if (numberRecordsFailed !== 0) throw new Error(`${numberRecordsFailed} records of the Bulk job failed`);
  }

  /** Reads every page of a Bulk query; returns how many characters of CSV there were. */
  async bulkQuery(query: string): Promise<number> {
    const { id } = await this.json<Job>('POST', '/jobs/query', { operation: 'query', query });
    await this.#finished(`/jobs/query/${id}`);
    let locator: string | null = '';
    let characters = 0;
    while (locator !== null && locator !== 'null') {
      const path: string = `/services/data/v66.0/jobs/query/${id}/results?locator=${locator}`;
      const response = await this.#send('GET', path);
      characters += (await response.text()).length;
      locator = response.headers.get('sforce-locator');
    }
    return characters;
  }

  async soapCreate(object: string, records: readonly object[]): Promise<void> {
    const escape = (text: string) => text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
    const rows = records.map((record) => {
      const fields = Object.entries(record).map(([name, value]) => `<${name}>${escape(String(value))}</${name}>`);
      return `<sObjects><type>${object}</type>${fields.join('')}</sObjects>`;
    });
    const envelope =
      '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:partner.soap.sforce.com">' +
      `<soapenv:Header><SessionHeader><sessionId>${this.#accessToken}</sessionId></SessionHeader></soapenv:Header>` +
      `<soapenv:Body><create>${rows.join('')}</create></soapenv:Body></soapenv:Envelope>`;
    const response = await this.#send('POST', '/services/Soap/u/66.0', envelope, 'text/xml');
    const answer = await response.text();
    if (answer.includes('<success>false')) throw new Error(`A record was refused over SOAP: ${answer.slice(0, 500)}`);
  }

  async #finished(path: string): Promise<Job> {
    for (;;) {
      const job: Job = await this.json('GET', path);
      if (job.state === 'JobComplete') return job;
      if (job.state === 'Failed' || job.state === 'Aborted')
        throw new Error(`${path}: ${job.errorMessage ?? job.state}`);
      await pause(20);
    }
  }

  async #send(method: string, path: string, body?: string, type = 'application/json'): Promise<Response> {
    const response = await fetch(`${this.#instanceUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#accessToken}`, 'content-type': type, soapaction: '""' },
      ...(body === undefined ? {} : { body }),
    });
    if (response.ok) return response;
    throw new Error(`The local org answered ${response.status} to ${method} ${path}: ${await response.text()}`);
  }
}

/** Works on every item, so many at once. */
export async function inParallel<Item>(
  workers: number,
  items: readonly Item[],
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  const left = items.values();
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (const item of left) await work(item);
    }),
  );
}
