import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import type { Fields, Sent } from './requests.ts';
import type { Scene } from './scene.ts';

type Write = (scene: Scene, request: Sent, ids: readonly string[]) => Promise<unknown>;

interface Single {
  readonly method: string;
  readonly path: string;
  readonly body?: Fields;
}

/** The same write of one record, as REST has it. */
function single({ verb, fields: body }: Sent, id = '00Q000000000000AAA'): Single {
  if (verb === 'create') return { method: 'POST', path: '/sobjects/Lead', body };
  const path = `/sobjects/Lead/${id}`;
  return verb === 'update' ? { method: 'PATCH', path, body } : { method: 'DELETE', path };
}

function subRequest(request: Sent, id: string | undefined) {
  const { path, ...sub } = single(request, id);
  return { ...sub, url: `/services/data/v66.0${path}`, referenceId: 'one' };
}

const typed = { attributes: { type: 'Lead' } };

const WRITES: Readonly<Record<Sent['door'], Write>> = {
  async rest(scene, request, [id]) {
    const { method, path, body } = single(request, id);
    scene.keep(await scene.json(request, method, path, body));
  },
  async composite(scene, request, [id]) {
    scene.keep(await scene.json(request, 'POST', '/composite', { compositeRequest: [subRequest(request, id)] }));
  },
  async batch(scene, request, [id]) {
    const { method, path, body } = single(request, id);
    const batchRequests = [{ method, url: `v66.0${path}`, ...(body === undefined ? {} : { richInput: body }) }];
    scene.keep(await scene.json(request, 'POST', '/composite/batch', { batchRequests }));
  },
  async graph(scene, request, [id]) {
    const graphs = [{ graphId: '1', compositeRequest: [subRequest(request, id)] }];
    scene.keep(await scene.json(request, 'POST', '/composite/graph', { graphs }));
  },
  /** Only makes records. */
  async tree(scene, request, ids) {
    if (request.verb !== 'create') return WRITES.rest(scene, request, ids);
    const records = Array.from({ length: request.many }, (_, index) => {
      return { attributes: { type: 'Lead', referenceId: `r${index}` }, ...request.fields };
    });
    scene.keep(await scene.json(request, 'POST', '/composite/tree/Lead', { records }));
  },
  async uiApi(scene, request, [id = '00Q000000000000AAA']) {
    const { verb, fields } = request;
    const path = '/ui-api/records';
    if (verb === 'create') return scene.keep(await scene.json(request, 'POST', path, { apiName: 'Lead', fields }));
    await scene.json(
      request,
      verb === 'update' ? 'PATCH' : 'DELETE',
      `${path}/${id}`,
      verb === 'update' ? { fields } : undefined,
    );
  },
  async collection(scene, request, ids) {
    const { verb, many, fields } = request;
    const path = '/composite/sobjects';
    if (verb === 'create') {
      const records = Array.from({ length: many }, () => ({ ...typed, ...fields }));
      scene.keep(await scene.json(request, 'POST', path, { records }));
    } else if (ids.length > 0 && verb === 'delete') {
      await scene.json(request, 'DELETE', `${path}?ids=${ids.join(',')}`);
    } else if (ids.length > 0) {
      await scene.json(request, 'PATCH', path, { records: ids.map((id) => ({ ...typed, id, ...fields })) });
    }
  },
  async bulk(scene, request, ids) {
    const csv = csvOf(request, ids);
    if (csv === undefined) return;
    const body = { object: 'Lead', operation: operationOf(request) };
    const { id } = (await scene.json(request, 'POST', '/jobs/ingest', body)) as { id: string };
    const job = `/services/data/v66.0/jobs/ingest/${id}`;
    const authorization = `Bearer ${scene.tokenOf(request)}`;
    const upload = { method: 'PUT', headers: { authorization, 'content-type': 'text/csv' }, body: csv };
    await scene.text(`${job}/batches`, upload, 201);
    await scene.json(request, 'PATCH', `/jobs/ingest/${id}`, { state: 'UploadComplete' });
    scene.made.clock.advance(0);
    const done = (await scene.json(request, 'GET', `/jobs/ingest/${id}`)) as { state: string; errorMessage?: string };
    assert.equal(done.state, 'JobComplete', done.errorMessage);
    const results = await scene.text(`${job}/successfulResults`, { headers: { authorization } }, 200);
    for (const row of parse<{ sf__Id: string }>(results, { columns: true })) scene.keepId(row.sf__Id);
  },
  /** The older Bulk API. */
  async bulk1(scene, request, ids) {
    const csv = csvOf(request, ids);
    if (csv === undefined) return;
    const token = scene.tokenOf(request);
    const send = (path: string, body?: string, type = 'application/xml'): Promise<string> =>
      scene.text(
        `/services/async/66.0/job${path}`,
        {
          method: body === undefined ? 'GET' : 'POST',
          headers: { 'x-sfdc-session': token, 'content-type': type },
          ...(body === undefined ? {} : { body }),
        },
        ...[200, 201],
      );
    const info = (members: string): string =>
      `<jobInfo xmlns="http://www.force.com/2009/06/asyncapi/dataload">${members}</jobInfo>`;
    const operation = `<operation>${operationOf(request)}</operation>`;
    const job = idIn(await send('', info(`${operation}<object>Lead</object><contentType>CSV</contentType>`)));
    const batch = idIn(await send(`/${job}/batch`, csv, 'text/csv'));
    scene.made.clock.advance(0);
    await scene.made.org.core.whenCommitted();
    for (const row of parse<{ Id: string }>(await send(`/${job}/batch/${batch}/result`), { columns: true })) {
      scene.keepId(row.Id);
    }
    await send(`/${job}`, info('<state>Closed</state>'));
  },
  async soap(scene, request, ids) {
    const { verb, many, fields } = request;
    const elements = Object.entries(fields).map(([name, value]) =>
      value === null ? `<fieldsToNull>${name}</fieldsToNull>` : `<${name}>${escaped(String(value))}</${name}>`,
    );
    const record = (id: string): string =>
      `<sObjects><type>Lead</type>${id === '' ? '' : `<Id>${id}</Id>`}${elements.join('')}</sObjects>`;
    const [master = '', merged = ''] = ids;
    const bodies: Readonly<Record<Sent['verb'], string>> = {
      create: Array.from({ length: many }, () => record('')).join(''),
      update: ids.map(record).join(''),
      delete: ids.map((id) => `<ids>${id}</ids>`).join(''),
      undelete: ids.map((id) => `<ids>${id}</ids>`).join(''),
      merge: `<request><masterRecord><type>Lead</type><Id>${master}</Id></masterRecord><recordToMergeIds>${merged}</recordToMergeIds></request>`,
    };
    if (verb !== 'create' && (ids.length === 0 || (verb === 'merge' && merged === ''))) return;
    const session = `<SessionHeader><sessionId>${scene.tokenOf(request)}</sessionId></SessionHeader>`;
    const body = `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header>${session}</e:Header><e:Body><${verb}>${bodies[verb]}</${verb}></e:Body></e:Envelope>`;
    const headers = { 'content-type': 'text/xml', SOAPAction: '""' };
    const answer = await scene.text('/services/Soap/u/66.0', { method: 'POST', headers, body }, 200);
    if (verb === 'create') for (const [, id = ''] of answer.matchAll(/<id>(00Q\w{15})<\/id>/g)) scene.keepId(id);
  },
};

/** Sends a request by its door. What the org refuses stays as it was; the doors must agree on it all the same. */
export async function write(scene: Scene, request: Sent): Promise<void> {
  const door = request.verb === 'undelete' || request.verb === 'merge' ? 'soap' : request.door;
  await WRITES[door](scene, request, scene.pick(request));
}

function operationOf({ verb }: Sent): string {
  return verb === 'create' ? 'insert' : verb;
}

/** The rows of a Bulk job; undefined when there are none. */
function csvOf({ verb, many, fields }: Sent, ids: readonly string[]): string | undefined {
  const own = verb === 'delete' ? [] : Object.entries(fields);
  const heads = [...(verb === 'create' ? [] : ['Id']), ...own.map(([name]) => name)];
  const cells = own.map(([, value]) => quoted(value === null ? '#N/A' : String(value)));
  const rows = verb === 'create' ? Array.from({ length: many }, () => cells) : ids.map((id) => [id, ...cells]);
  return rows.length === 0 ? undefined : [heads, ...rows].map((row) => `${row.join(',')}\n`).join('');
}

function idIn(text: string): string {
  return /<id>(\w+)<\/id>/.exec(text)?.[1] ?? '';
}

function quoted(value: string): string {
  return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function escaped(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
