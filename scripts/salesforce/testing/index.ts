import type { Clock, Transport } from '../../engine/index.ts';

import { createChannel, type Channel, type Login } from '../connection/index.ts';
import type { OrgField } from '../describe.ts';

/** A clock that jumps: sleeping takes no time, and `slept` says for how long it would have. */
export function createTestClock(start = Date.parse('2026-11-21T10:00:00Z')): Clock & { readonly slept: number[] } {
  let now = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    async sleep(milliseconds) {
      slept.push(milliseconds);
      now += milliseconds;
    },
  };
}

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string;
  /** The query text, when it is a query. */
  readonly soql: string;
}

/** A transport that answers from a function and keeps what was asked. */
export function createTestTransport(answer: (call: Call) => Response | Promise<Response>): {
  transport: Transport;
  calls: Call[];
} {
  const calls: Call[] = [];
  return {
    calls,
    async transport(request) {
      const url = new URL(request.url);
      const { method, headers } = request;
      const soql = url.searchParams.get('q') ?? '';
      const call = { method, path: url.pathname, url, headers, body: await request.text(), soql };
      calls.push(call);
      return await answer(call);
    },
  };
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers });
}

/** What an org answers to a request that it refuses. */
export function refusal(status: number, errorCode: string, message = 'no'): Response {
  return json([{ errorCode, message }], status);
}

export function page(records: readonly object[], more: object = {}): Response {
  return json({ totalSize: records.length, done: true, records, ...more });
}

export const testLogin: Login = {
  description: 'test login',
  login: async () => ({ accessToken: '00Dxx!token', instanceUrl: 'https://acme.my.salesforce.com' }),
};

export function createTestChannel(answer: (call: Call) => Response | Promise<Response>): {
  channel: Channel;
  calls: Call[];
} {
  const { transport, calls } = createTestTransport(answer);
  return { channel: createChannel({ transport, login: testLogin, clock: createTestClock() }), calls };
}

export function field(name: string, type = 'string', more: Partial<OrgField> = {}): OrgField {
  const usual = {
    label: name,
    length: 80,
    scale: 0,
    precision: 0,
    nillable: true,
    updateable: true,
    createable: true,
    referenceTo: [],
  };
  const plain = { calculated: false, identifies: false, caseSensitive: false, restricted: false, values: [] };
  return { name, type, ...usual, relationshipName: null, ...plain, ...more };
}

const common = [field('Id', 'id'), field('SystemModstamp', 'datetime'), field('IsDeleted', 'boolean')];
const person = [field('FirstName'), field('LastName'), field('Email', 'email'), field('Score__c', 'double')];

/** Objects as orgs describe them: a lead's owner is a user or a queue, a contact's a user. */
export const testObjects: Readonly<Record<string, readonly OrgField[]>> = {
  Lead: [
    ...common,
    ...person,
    field('Status', 'picklist'),
    field('LeadSource', 'picklist'),
    field('Company'),
    field('Address', 'address'),
    field('LastActivity__c', 'datetime'),
    field('OwnerId', 'reference', { referenceTo: ['Group', 'User'], relationshipName: 'Owner' }),
    field('MasterRecordId', 'reference', { referenceTo: ['Lead'], relationshipName: 'MasterRecord' }),
    field('IsConverted', 'boolean'),
    field('ConvertedContactId', 'reference', { referenceTo: ['Contact'], relationshipName: 'ConvertedContact' }),
  ],
  Contact: [
    ...common,
    ...person,
    field('AccountId', 'reference', { referenceTo: ['Account'], relationshipName: 'Account' }),
    field('OwnerId', 'reference', { referenceTo: ['User'], relationshipName: 'Owner' }),
    field('MasterRecordId', 'reference', { referenceTo: ['Contact'], relationshipName: 'MasterRecord' }),
  ],
  Account: [
    ...common,
    field('Name'),
    field('OwnerId', 'reference', { referenceTo: ['User'], relationshipName: 'Owner' }),
  ],
  User: [
    field('Id', 'id'),
    field('SystemModstamp', 'datetime'),
    field('Name'),
    field('Email', 'email'),
    field('IsActive', 'boolean'),
  ],
};

/** Answers a describe call of `testObjects`; undefined for anything else. */
export function describeAnswer({ path }: Call): Response | undefined {
  const name = /\/sobjects\/(\w+)\/describe$/.exec(path)?.[1];
  if (name === undefined) return undefined;
  const fields = testObjects[name];
  return fields ? json(restDescribe(name, fields)) : refusal(404, 'NOT_FOUND');
}

/** The describe call's words for what `field` makes. */
function restDescribe(name: string, fields: readonly OrgField[]): object {
  return {
    name,
    label: name,
    createable: true,
    updateable: true,
    deletable: true,
    recordTypeInfos: [],
    fields: fields.map(({ identifies, restricted, values, ...field }) => ({
      ...field,
      autoNumber: false,
      externalId: identifies,
      idLookup: false,
      restrictedPicklist: restricted,
      picklistValues: values.map((each) => ({ ...each, active: true })),
    })),
  };
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
