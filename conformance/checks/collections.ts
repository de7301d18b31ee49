import { guide } from '../check.ts';
import type { Check } from '../check.ts';
import { expectEqual, expectStatus, expectTrue } from './expect.ts';

interface Result {
  readonly id?: string;
  readonly success: boolean;
  readonly errors: readonly {
    readonly statusCode: string;
    readonly message: string;
    readonly fields: readonly string[];
  }[];
}

const path = '/composite/sobjects';
const create = guide('rest', 'resources_composite_sobjects_collections_create');
const record = (type: string, values: object): object => ({ attributes: { type }, ...values });

/** Up to 200 records in a call. */
export const collectionChecks: readonly Check[] = [
  {
    id: 'COLLECTION-01',
    title: 'Results come in the order of the records; an item says statusCode, and others are not touched',
    source: create,
    async run({ call, name }) {
      const records = [
        record('Account', { Name: name('first') }),
        record('Account', {}),
        record('Contact', { LastName: name('third') }),
      ];
      const answer = await call('POST', path, { body: { allOrNone: false, records } });
      expectStatus(answer, 200, 'create');
      const results = answer.json<Result[]>();
      expectEqual(
        results.map(({ success }) => success),
        [true, false, true],
        'success of each',
      );
      expectTrue(results[0]?.id?.startsWith('001') === true, 'the first is an Account');
      expectTrue(results[2]?.id?.startsWith('003') === true, 'the third is a Contact');
      expectEqual(results[1]?.errors[0]?.statusCode, 'REQUIRED_FIELD_MISSING', 'statusCode');
      expectEqual(results[1]?.errors[0]?.fields, ['Name'], 'fields');
      expectEqual(results[0]?.errors, [], 'errors of a success');
    },
  },
  {
    id: 'COLLECTION-02',
    title: 'allOrNone rolls everything back: the others say ALL_OR_NONE_OPERATION_ROLLED_BACK',
    source: create,
    async run({ call, name, rows }) {
      const records = [record('Account', { Name: name('good') }), record('Contact', {})];
      const answer = await call('POST', path, { body: { allOrNone: true, records } });
      expectStatus(answer, 200, 'create');
      expectEqual(
        answer.json<Result[]>().map(({ errors }) => errors[0]?.statusCode),
        ['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'REQUIRED_FIELD_MISSING'],
        'statusCode of each',
      );
      expectEqual((await rows(`SELECT Id FROM Account WHERE Name = '${name('good')}'`)).length, 0, 'records left');
    },
  },
  {
    id: 'COLLECTION-03',
    title: 'More than 200 records are refused whole with 400, nothing is written',
    source: create,
    async run({ call, name, rows }) {
      const records = Array.from({ length: 201 }, () => record('Account', { Name: name('many') }));
      const answer = await call('POST', path, { body: { records } });
      expectStatus(answer, 400, '201 records');
      expectEqual((await rows(`SELECT Id FROM Account WHERE Name = '${name('many')}'`)).length, 0, 'records left');
    },
  },
  {
    id: 'COLLECTION-04',
    title: 'Ten chunks of records of one type are taken, eleven are refused',
    source: create,
    async run({ call, name }) {
      const chunks = (count: number) =>
        Array.from({ length: count }, (_, index) =>
          index % 2 === 0
            ? record('Account', { Name: name(String(index)) })
            : record('Contact', { LastName: name(String(index)) }),
        );
      const ten = await call('POST', path, { body: { records: chunks(10) } });
      expectStatus(ten, 200, 'ten chunks');
      expectTrue(
        ten.json<Result[]>().every(({ success }) => success),
        'all ten are created',
      );
      const eleven = await call('POST', path, { body: { records: chunks(11) } });
      const all = eleven.status === 200 ? eleven.json<Result[]>() : [];
      expectTrue(!all.some(({ success }) => success), `eleven chunks create nothing, got ${eleven.text.slice(0, 200)}`);
    },
  },
  {
    id: 'COLLECTION-05',
    title: 'PATCH updates by id, DELETE deletes by ids, each with a result in order',
    source: guide('rest', 'resources_composite_sobjects_collections_update'),
    async run({ call, create: make, name }) {
      const id = await make('Account', { Name: name('known') });
      const strange = '001000000000000AAA';
      const records = [record('Account', { id: strange, Phone: '1' }), record('Account', { id, Phone: '2' })];
      const updated = await call('PATCH', path, { body: { records } });
      expectStatus(updated, 200, 'update');
      expectEqual(
        updated.json<Result[]>().map(({ success }) => success),
        [false, true],
        'update: success of each',
      );
      const row = (await call('GET', `/sobjects/Account/${id}?fields=Phone`)).json<{ Phone: string }>();
      expectEqual(row.Phone, '2', 'value');
      const deleted = await call('DELETE', `${path}?ids=${id},${strange}&allOrNone=false`);
      expectStatus(deleted, 200, 'delete');
      expectEqual(
        deleted.json<Result[]>().map(({ success }) => success),
        [true, false],
        'delete: success of each',
      );
    },
  },
  {
    id: 'COLLECTION-06',
    title: 'Retrieve gives records in the order of their IDs, null for one that is not there',
    source: guide('rest', 'resources_composite_sobjects_collections_retrieve'),
    async run({ call, create: make, name }) {
      const first = await make('Account', { Name: name('first') });
      const second = await make('Account', { Name: name('second') });
      const body = { ids: [second, '001000000000000AAA', first], fields: ['Name'] };
      const answer = await call('POST', `${path}/Account`, { body });
      expectStatus(answer, 200, 'retrieve');
      const names = answer.json<({ Name: string } | null)[]>().map((row) => row?.Name ?? null);
      expectEqual(names, [name('second'), null, name('first')], 'records');
    },
  },
];
