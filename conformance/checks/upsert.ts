import { CouldNotCheck, guide } from '../check.ts';
import type { Check, Trial } from '../check.ts';
import { expectEqual, expectError, expectStatus, expectTrue } from './expect.ts';

const source = guide('rest', 'dome_upsert');

async function idLookup({ call }: Trial, object: string, field: string): Promise<void> {
  const { fields } = (await call('GET', `/sobjects/${object}/describe`)).json<{
    fields: { name: string; idLookup: boolean; externalId: boolean }[];
  }>();
  const found = fields.find(({ name }) => name === field);
  if (!found?.idLookup) throw new CouldNotCheck(`${object}.${field} is no key field (idLookup) here.`);
}

/** Upserts by a standard key field: `Email` of a Contact, which is not unique. */
export const upsertChecks: readonly Check[] = [
  {
    id: 'UPSERT-01',
    title: 'PATCH by a key creates (201, created true), then updates (200, created false)',
    source,
    async run(trial) {
      await idLookup(trial, 'Contact', 'Email');
      const { call, name } = trial;
      const path = `/sobjects/Contact/Email/${unique(trial)}`;
      const first = await call('PATCH', path, { body: { LastName: name('one') } });
      expectStatus(first, 201, 'first upsert');
      const created = first.json<{ id: string; success: boolean; created: boolean }>();
      expectEqual([created.success, created.created], [true, true], 'first upsert');
      const second = await call('PATCH', path, { body: { LastName: name('two') } });
      expectStatus(second, 200, 'second upsert');
      const updated = second.json<{ id: string; created: boolean }>();
      expectEqual([updated.id, updated.created], [created.id, false], 'second upsert');
    },
  },
  {
    id: 'UPSERT-02',
    title: 'A key that several records have is 300 with the addresses of all of them',
    source,
    async run(trial) {
      await idLookup(trial, 'Contact', 'Email');
      const { call, create, name, session } = trial;
      const Email = unique(trial);
      const ids = [
        await create('Contact', { LastName: name('twin'), Email }),
        await create('Contact', { LastName: name('other twin'), Email }),
      ];
      const answer = await call('PATCH', `/sobjects/Contact/Email/${Email}`, { body: { Title: 'x' } });
      expectStatus(answer, 300, 'upsert of a doubled key');
      const addresses = ids.map((id) => `/services/data/v${session.apiVersion}/sobjects/Contact/${id}`);
      expectEqual([...answer.json<string[]>()].sort(), addresses.sort(), 'addresses');
    },
  },
  {
    id: 'UPSERT-03',
    title: 'A field that is no key is 404 NOT_FOUND; POST without an ID by the field Id creates',
    source,
    async run({ call, name }) {
      const body = { LastName: name('x') };
      expectError(await call('PATCH', '/sobjects/Contact/Title/x', { body }), 404, 'NOT_FOUND', 'upsert by Title');
      const posted = await call('POST', '/sobjects/Contact/Id', { body });
      expectStatus(posted, 201, 'POST by Id');
      expectTrue(posted.json<{ success: boolean }>().success, 'success');
    },
  },
];

function unique({ name }: Trial): string {
  return `${name('key').toLowerCase().replace(/\W+/g, '-')}@example.com`;
}
