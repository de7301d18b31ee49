import { guide } from '../check.ts';
import type { Check } from '../check.ts';
import { expectEqual, expectStatus, expectTrue } from './expect.ts';

type Described = Record<string, unknown>;

/** Attributes of every field of a describe that clients read. */
const fieldAttributes = [
  'aggregatable', 'autoNumber', 'byteLength', 'calculated', 'caseSensitive', 'compoundFieldName', 'createable', 'custom',
  'defaultedOnCreate', 'externalId', 'filterable', 'groupable', 'idLookup', 'label', 'length', 'name', 'nameField',
  'nillable', 'picklistValues', 'polymorphicForeignKey', 'precision', 'referenceTo', 'relationshipName',
  'restrictedPicklist', 'scale', 'soapType', 'sortable', 'type', 'unique', 'updateable',
]; // prettier-ignore

/** What an org tells of itself: objects, fields, limits, versions. */
export const describeChecks: readonly Check[] = [
  {
    id: 'DESCRIBE-01',
    title: 'The describe of an object names its rights, its key prefix, its fields and its children',
    source: guide('rest', 'resources_sobject_describe'),
    async run({ call }) {
      const answer = await call('GET', '/sobjects/Account/describe');
      expectStatus(answer, 200, 'describe');
      const object = answer.json<Described & { fields: Described[]; childRelationships: Described[] }>();
      const { name, keyPrefix, custom, createable, queryable } = object;
      expectEqual([name, keyPrefix, custom, createable, queryable], ['Account', '001', false, true, true], 'object');
      const contacts = object.childRelationships.find((child) => child['relationshipName'] === 'Contacts');
      expectEqual([contacts?.['childSObject'], contacts?.['field']], ['Contact', 'AccountId'], 'children Contacts');
      const missing = object.fields.flatMap((field) =>
        fieldAttributes
          .filter((attribute) => !(attribute in field))
          .map((attribute) => `${String(field['name'])}.${attribute}`),
      );
      expectEqual(missing.slice(0, 5), [], 'attributes that a field lacks');
    },
  },
  {
    id: 'DESCRIBE-02',
    title: 'Fields have their types: Id, text with a length, picklist with values, a reference with its object',
    source: guide('rest', 'resources_sobject_describe'),
    async run({ call }) {
      const { fields } = (await call('GET', '/sobjects/Contact/describe')).json<{ fields: Described[] }>();
      const field = (name: string): Described => {
        const found = fields.find((each) => each['name'] === name);
        expectTrue(found !== undefined, `Contact has ${name}`);
        return found;
      };
      const id = field('Id');
      expectEqual([id['type'], id['soapType'], id['createable'], id['idLookup']], ['id', 'tns:ID', false, true], 'Id');
      const last = field('LastName');
      expectEqual([last['type'], last['length'], last['nillable']], ['string', 80, false], 'LastName');
      const account = field('AccountId');
      expectEqual(
        [account['type'], account['referenceTo'], account['relationshipName']],
        ['reference', ['Account'], 'Account'],
        'AccountId',
      );
      const source = field('LeadSource');
      const [value] = source['picklistValues'] as Described[];
      expectEqual(
        [source['type'], ...Object.keys(value ?? {}).sort()],
        ['picklist', 'active', 'defaultValue', 'label', 'validFor', 'value'],
        'LeadSource',
      );
      expectEqual(field('CreatedDate')['updateable'], false, 'CreatedDate can be updated');
    },
  },
  {
    id: 'DESCRIBE-03',
    title: 'If-Modified-Since of a describe that has not changed is 304',
    source: guide('rest', 'headers_conditional_requests'),
    async run({ call }) {
      const tomorrow = new Date(Date.now() + 86_400_000).toUTCString();
      const answer = await call('GET', '/sobjects/Account/describe', { headers: { 'If-Modified-Since': tomorrow } });
      expectStatus(answer, 304, 'describe since tomorrow');
    },
  },
  {
    id: 'DESCRIBE-04',
    title: 'The list of objects tells encoding, maxBatchSize and, of each object, name, prefix and addresses',
    source: guide('rest', 'resources_describeGlobal'),
    async run({ call, session }) {
      type List = { encoding: string; maxBatchSize: number; sobjects: Described[] };
      const list = (await call('GET', '/sobjects')).json<List>();
      expectEqual([list.encoding, list.maxBatchSize], ['UTF-8', 200], 'encoding and maxBatchSize');
      const account = list.sobjects.find((object) => object['name'] === 'Account');
      expectEqual([account?.['keyPrefix'], account?.['label']], ['001', 'Account'], 'Account');
      const urls = account?.['urls'] as Record<string, string> | undefined;
      expectEqual(urls?.['describe'], `/services/data/v${session.apiVersion}/sobjects/Account/describe`, 'describe');
    },
  },
  {
    id: 'LIMITS-01',
    title: 'Every answer says api-usage=N/M, and /limits tells Max and Remaining of the same',
    source: guide('rest', 'headers_api_usage'),
    async run({ call }) {
      const answer = await call('GET', '/limits');
      const usage = /(?:^|[\s;,])api-usage=(\d+)\/(\d+)/.exec(answer.headers.get('sforce-limit-info') ?? '');
      expectTrue(usage !== null, `Sforce-Limit-Info, got ${answer.headers.get('sforce-limit-info') ?? 'nothing'}`);
      type Limit = { Max: number; Remaining: number };
      const limits = answer.json<Record<string, Limit | undefined>>();
      expectEqual(limits['DailyApiRequests']?.Max, Number(usage[2]), 'Max of DailyApiRequests');
      for (const name of ['DailyBulkV2QueryJobs', 'DataStorageMB', 'DailyDeliveredPlatformEvents']) {
        const { Max, Remaining } = limits[name] ?? { Max: -1, Remaining: 0 };
        expectTrue(Max >= Remaining && Remaining >= 0, `${name}: 0 <= Remaining <= Max, got ${Remaining} of ${Max}`);
      }
    },
  },
  {
    id: 'VERSION-01',
    title: 'The versions are told without a login, oldest first, with label and address',
    source: guide('rest', 'resources_versions'),
    async run({ raw, session }) {
      const answer = await raw('GET', '/services/data');
      expectStatus(answer, 200, 'versions');
      const list = answer.json<{ label: string; url: string; version: string }[]>();
      const own = list.find(({ version }) => version === session.apiVersion);
      expectEqual(own?.url, `/services/data/v${session.apiVersion}`, 'address of the version in use');
      const numbers = list.map(({ version }) => Number(version));
      expectEqual(
        numbers,
        [...numbers].sort((one, other) => one - other),
        'order',
      );
    },
  },
];
