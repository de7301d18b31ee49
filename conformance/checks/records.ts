import { guide } from '../check.ts';
import type { Check } from '../check.ts';
import { expectEqual, expectError, expectStatus, expectTrue } from './expect.ts';

const errors = guide('rest', 'errorcodes');

/** Records one at a time, and the bodies of their errors. */
export const recordChecks: readonly Check[] = [
  {
    id: 'REST-01',
    title: 'POST creates a record: 201 with id, success and errors, and its address in Location',
    source: guide('rest', 'dome_sobject_create'),
    async run({ call, name, session }) {
      const answer = await call('POST', '/sobjects/Account', { body: { Name: name('created') } });
      expectStatus(answer, 201, 'create');
      const body = answer.json<{ id: string; success: boolean; errors: unknown[] }>();
      expectTrue(/^001\w{15}$/.test(body.id), `id is an 18-character ID of Account, got ${body.id}`);
      expectEqual([body.success, body.errors], [true, []], 'success and errors');
      const address = `/services/data/v${session.apiVersion}/sobjects/Account/${body.id}`;
      expectEqual(answer.headers.get('location'), address, 'Location');
    },
  },
  {
    id: 'REST-02',
    title: 'GET reads a record, all fields or those asked for, by its ID of 15 or 18 characters',
    source: guide('rest', 'dome_get_field_values'),
    async run({ call, create, name, session }) {
      const id = await create('Account', { Name: name('read'), NumberOfEmployees: 7 });
      const all = (await call('GET', `/sobjects/Account/${id}`)).json<Record<string, unknown>>();
      const url = `/services/data/v${session.apiVersion}/sobjects/Account/${id}`;
      expectEqual(all['attributes'], { type: 'Account', url }, 'attributes');
      expectEqual([all['Id'], all['Name'], all['NumberOfEmployees']], [id, name('read'), 7], 'values');
      expectTrue(all['IsDeleted'] === false && 'Phone' in all && all['Phone'] === null, 'an empty field is null');
      expectTrue(
        /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+0000$/.test(String(all['CreatedDate'])),
        `date and time are written 2026-01-31T09:00:00.000+0000, got ${String(all['CreatedDate'])}`,
      );
      const some = await call('GET', `/sobjects/Account/${id.slice(0, 15)}?fields=Name,Phone`);
      const { attributes: _attributes, ...values } = some.json<Record<string, unknown>>();
      expectEqual({ Name: values['Name'], Phone: values['Phone'] }, { Name: name('read'), Phone: null }, 'fields');
      expectTrue(!('CreatedDate' in values), 'fields that were not asked for are absent');
    },
  },
  {
    id: 'REST-03',
    title: 'PATCH changes the fields that are named and no others: 204 without a body; null clears',
    source: guide('rest', 'dome_update_fields'),
    async run({ call, create, name }) {
      const id = await create('Account', { Name: name('updated'), Phone: '1', Website: 'https://example.com' });
      const answer = await call('PATCH', `/sobjects/Account/${id}`, { body: { Phone: null } });
      expectStatus(answer, 204, 'update');
      expectEqual(answer.text, '', 'body of a 204');
      const row = (await call('GET', `/sobjects/Account/${id}?fields=Phone,Website`)).json<Record<string, unknown>>();
      expectEqual([row['Phone'], row['Website']], [null, 'https://example.com'], 'values after the update');
    },
  },
  {
    id: 'REST-04',
    title: 'DELETE takes a record away: 204; after that 404 ENTITY_IS_DELETED',
    source: guide('rest', 'dome_delete_record'),
    async run({ call, create, name }) {
      const id = await create('Account', { Name: name('deleted') });
      expectStatus(await call('DELETE', `/sobjects/Account/${id}`), 204, 'delete');
      expectError(await call('GET', `/sobjects/Account/${id}`), 404, 'ENTITY_IS_DELETED', 'read of a deleted record');
      const again = await call('DELETE', `/sobjects/Account/${id}`);
      const error = expectError(again, 404, 'ENTITY_IS_DELETED', 'delete of a deleted record');
      expectEqual(error.message, 'entity is deleted', 'message');
    },
  },
  {
    id: 'REST-05',
    title: 'A field that is missing, unknown or too long is 400 and names the field',
    source: errors,
    async run({ call, name }) {
      const post = (body: object) => call('POST', '/sobjects/Account', { body });
      const missing = expectError(await post({ Phone: '1' }), 400, 'REQUIRED_FIELD_MISSING', 'no Name');
      expectEqual(missing.fields, ['Name'], 'fields of REQUIRED_FIELD_MISSING');
      expectEqual(missing.message, 'Required fields are missing: [Name]', 'message');
      const unknown = expectError(await post({ Name: name('x'), Nonsense: 1 }), 400, 'INVALID_FIELD', 'unknown field');
      expectEqual(unknown.message, "No such column 'Nonsense' on sobject of type Account", 'message');
      const long = expectError(await post({ Name: name('x'.repeat(256)) }), 400, 'STRING_TOO_LONG', 'Name of 256');
      expectEqual(long.fields, ['Name'], 'fields of STRING_TOO_LONG');
      expectTrue(long.message.endsWith('(max length=255)'), `message tells the limit, got ${long.message}`);
    },
  },
  {
    id: 'REST-06',
    title: 'A wrong type of value, a bad address and a bad reference are 400, each with its code',
    source: errors,
    async run({ call, name }) {
      const lead = { LastName: name('x'), Company: 'C' };
      const number = { Name: name('x'), NumberOfEmployees: 'many' };
      expectError(
        await call('POST', '/sobjects/Account', { body: number }),
        400,
        'JSON_PARSER_ERROR',
        'text for a number',
      );
      const address = await call('POST', '/sobjects/Lead', { body: { ...lead, Email: 'nowhere' } });
      const refused = expectError(address, 400, 'INVALID_EMAIL_ADDRESS', 'bad address');
      expectEqual(refused.fields, ['Email'], 'fields');
      const child = { LastName: name('x'), AccountId: 'no ID' };
      expectError(await call('POST', '/sobjects/Contact', { body: child }), 400, 'MALFORMED_ID', 'bad reference');
    },
  },
  {
    id: 'REST-07',
    title: 'What is not there is 404 NOT_FOUND: resource, object, record, version',
    source: guide('rest', 'errorcodes'),
    async run({ call, raw, session }) {
      const headers = { authorization: `Bearer ${session.accessToken}` };
      expectError(await call('GET', '/nothing'), 404, 'NOT_FOUND', 'resource');
      expectError(await call('GET', '/sobjects/Nothing__c/describe'), 404, 'NOT_FOUND', 'object');
      expectError(await call('GET', '/sobjects/Account/001000000000000AAA'), 404, 'NOT_FOUND', 'record');
      expectError(await raw('GET', '/services/data/v5.0/limits', { headers }), 404, 'NOT_FOUND', 'version');
    },
  },
  {
    id: 'REST-08',
    title: 'No JSON is 400 JSON_PARSER_ERROR, a method that is not there is 405, Id in an update is 400',
    source: errors,
    async run({ call, create, name }) {
      const id = await create('Account', { Name: name('x') });
      expectError(
        await call('POST', '/sobjects/Account', { body: '{"Name":' }),
        400,
        'JSON_PARSER_ERROR',
        'half a body',
      );
      expectError(await call('PUT', `/sobjects/Account/${id}`, { body: {} }), 405, 'METHOD_NOT_ALLOWED', 'PUT');
      const update = await call('PATCH', `/sobjects/Account/${id}`, { body: { Id: id } });
      const error = expectError(update, 400, 'INVALID_FIELD', 'Id in the body of an update');
      expectEqual(error.message, 'The Id field should not be specified in the sobject data.', 'message');
    },
  },
  {
    id: 'REST-09',
    title: 'A token that is not valid is 401 INVALID_SESSION_ID',
    source: errors,
    async run({ raw, session }) {
      const headers = { authorization: 'Bearer 00D000000000000!nonsense' };
      const answer = await raw('GET', `/services/data/v${session.apiVersion}/limits`, { headers });
      const error = expectError(answer, 401, 'INVALID_SESSION_ID', 'a wrong token');
      expectEqual(error.message, 'Session expired or invalid', 'message');
    },
  },
  {
    id: 'REST-10',
    title: 'updated and deleted tell the IDs of a span, and until when it is covered',
    source: guide('rest', 'resources_getdeleted'),
    async run({ call, create, name }) {
      const changed = await create('Account', { Name: name('changed') });
      const gone = await create('Account', { Name: name('gone') });
      expectStatus(await call('DELETE', `/sobjects/Account/${gone}`), 204, 'delete');
      const row = (await call('GET', `/sobjects/Account/${changed}?fields=SystemModstamp`)).json<{
        SystemModstamp: string;
      }>();
      // The org's own clock, and a minute at each side: these resources leave out seconds.
      const at = Date.parse(row.SystemModstamp.replace('+0000', 'Z'));
      const moment = (offset: number) => encodeURIComponent(new Date(at + offset).toISOString().replace('Z', '+00:00'));
      const span = `start=${moment(-120_000)}&end=${moment(120_000)}`;
      const updated = (await call('GET', `/sobjects/Account/updated?${span}`)).json<{
        ids: string[];
        latestDateCovered: string;
      }>();
      expectTrue(updated.ids.includes(changed), 'updated lists the changed record');
      expectTrue(!updated.ids.includes(gone), 'updated does not list the deleted record');
      expectTrue(typeof updated.latestDateCovered === 'string', 'latestDateCovered');
      const deleted = (await call('GET', `/sobjects/Account/deleted?${span}`)).json<{
        deletedRecords: { id: string; deletedDate: string }[];
        earliestDateAvailable: string;
      }>();
      expectTrue(
        deleted.deletedRecords.some(({ id }) => id === gone),
        'deleted lists the deleted record',
      );
      expectTrue(typeof deleted.earliestDateAvailable === 'string', 'earliestDateAvailable');
    },
  },
];
