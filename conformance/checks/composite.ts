import { guide } from '../check.ts';
import type { Check, Trial } from '../check.ts';
import { expectEqual, expectStatus, expectTrue } from './expect.ts';

interface SubAnswer {
  readonly body: unknown;
  readonly httpStatusCode: number;
  readonly referenceId: string;
}

function base({ session }: Trial): string {
  return `/services/data/v${session.apiVersion}`;
}

const code = (body: unknown): unknown => (body as { errorCode?: string }[] | undefined)?.[0]?.errorCode;

/** Several calls in one. */
export const compositeChecks: readonly Check[] = [
  {
    id: 'COMPOSITE-01',
    title: 'A sub-request uses the answer of an earlier one by @{reference.path}',
    source: guide('rest', 'resources_composite_composite'),
    async run(trial) {
      const { call, name, rows } = trial;
      const compositeRequest = [
        {
          method: 'POST',
          url: `${base(trial)}/sobjects/Account`,
          referenceId: 'parent',
          body: { Name: name('parent') },
        },
        {
          method: 'POST',
          url: `${base(trial)}/sobjects/Contact`,
          referenceId: 'child',
          body: { LastName: name('child'), AccountId: '@{parent.id}' },
        },
        { method: 'GET', url: `${base(trial)}/sobjects/Account/@{parent.id}?fields=Name`, referenceId: 'read' },
      ];
      const answer = await call('POST', '/composite', { body: { allOrNone: true, compositeRequest } });
      expectStatus(answer, 200, 'composite');
      const { compositeResponse } = answer.json<{ compositeResponse: SubAnswer[] }>();
      expectEqual(
        compositeResponse.map(({ referenceId, httpStatusCode }) => [referenceId, httpStatusCode]),
        [
          ['parent', 201],
          ['child', 201],
          ['read', 200],
        ],
        'sub-answers',
      );
      const found = await rows(`SELECT Id FROM Contact WHERE Account.Name = '${name('parent')}'`);
      expectEqual(found.length, 1, 'contacts of the account');
    },
  },
  {
    id: 'COMPOSITE-02',
    title: 'allOrNone rolls back and says PROCESSING_HALTED; without it only what depends on a failure fails',
    source: guide('rest', 'resources_composite_composite'),
    async run(trial) {
      const { call, name, rows } = trial;
      const compositeRequest = [
        { method: 'POST', url: `${base(trial)}/sobjects/Account`, referenceId: 'good', body: { Name: name('good') } },
        { method: 'POST', url: `${base(trial)}/sobjects/Account`, referenceId: 'bad', body: {} },
        { method: 'GET', url: `${base(trial)}/sobjects/Account/@{bad.id}`, referenceId: 'after' },
      ];
      const ask = async (allOrNone: boolean) =>
        (await call('POST', '/composite', { body: { allOrNone, compositeRequest } })).json<{
          compositeResponse: SubAnswer[];
        }>().compositeResponse;
      const count = async () => (await rows(`SELECT Id FROM Account WHERE Name = '${name('good')}'`)).length;
      const together = await ask(true);
      expectEqual(
        together.map(({ httpStatusCode, body }) => [httpStatusCode, code(body)]),
        [
          [400, 'PROCESSING_HALTED'],
          [400, 'REQUIRED_FIELD_MISSING'],
          [400, 'PROCESSING_HALTED'],
        ],
        'with allOrNone',
      );
      expectEqual(await count(), 0, 'records left');
      const alone = await ask(false);
      expectEqual(
        alone.map(({ httpStatusCode }) => httpStatusCode),
        [201, 400, 400],
        'without allOrNone',
      );
      expectEqual([code(alone[2]?.body), await count()], ['PROCESSING_HALTED', 1], 'what depended on the failure');
    },
  },
  {
    id: 'COMPOSITE-03',
    title: 'More than 25 sub-requests are refused with 400',
    source: guide('rest', 'resources_composite_composite'),
    async run(trial) {
      const compositeRequest = Array.from({ length: 26 }, (_, index) => ({
        method: 'GET',
        url: `${base(trial)}/limits`,
        referenceId: `r${index}`,
      }));
      expectStatus(await trial.call('POST', '/composite', { body: { compositeRequest } }), 400, '26 sub-requests');
    },
  },
  {
    id: 'COMPOSITE-04',
    title: 'batch: independent sub-requests, hasErrors, and haltOnError stops with 412',
    source: guide('rest', 'resources_composite_batch'),
    async run(trial) {
      const { apiVersion } = trial.session;
      const batchRequests = [
        { method: 'GET', url: `v${apiVersion}/limits` },
        { method: 'GET', url: `v${apiVersion}/sobjects/Nothing__c` },
        { method: 'GET', url: `v${apiVersion}/limits` },
      ];
      const ask = async (haltOnError: boolean) => {
        const answer = await trial.call('POST', '/composite/batch', { body: { haltOnError, batchRequests } });
        expectStatus(answer, 200, 'batch');
        const body = answer.json<{ hasErrors: boolean; results: { statusCode: number }[] }>();
        expectTrue(body.hasErrors, 'hasErrors');
        return body.results.map(({ statusCode }) => statusCode);
      };
      expectEqual(await ask(false), [200, 404, 200], 'without haltOnError');
      expectEqual(await ask(true), [200, 404, 412], 'with haltOnError');
    },
  },
  {
    id: 'COMPOSITE-05',
    title: 'tree: parents with children in one call, 201 with an id for each reference; one error, nothing',
    source: guide('rest', 'resources_composite_sobject_tree'),
    async run({ call, name, rows }) {
      const tree = (LastName: string | null) => ({
        records: [
          {
            attributes: { type: 'Account', referenceId: 'a' },
            Name: name('tree'),
            Contacts: { records: [{ attributes: { type: 'Contact', referenceId: 'c' }, LastName }] },
          },
        ],
      });
      const failed = await call('POST', '/composite/tree/Account', { body: tree(null) });
      expectStatus(failed, 400, 'a child without a name');
      type Body = {
        hasErrors: boolean;
        results: { referenceId: string; id?: string; errors?: { statusCode: string }[] }[];
      };
      const errors = failed.json<Body>();
      expectEqual([errors.hasErrors, errors.results[0]?.referenceId], [true, 'c'], 'the one that failed');
      expectEqual(errors.results[0]?.errors?.[0]?.statusCode, 'REQUIRED_FIELD_MISSING', 'its error');
      expectEqual((await rows(`SELECT Id FROM Account WHERE Name = '${name('tree')}'`)).length, 0, 'records left');
      const made = await call('POST', '/composite/tree/Account', { body: tree(name('child')) });
      expectStatus(made, 201, 'tree');
      const results = made.json<Body>().results.map(({ referenceId }) => referenceId);
      expectEqual([...results].sort(), ['a', 'c'], 'references');
    },
  },
  {
    id: 'COMPOSITE-06',
    title: 'graph: each graph is whole or not at all, whatever becomes of the others',
    source: guide('rest', 'resources_composite_graph'),
    async run(trial) {
      const { call, name, rows } = trial;
      const graph = (graphId: string, childName: string | null) => ({
        graphId,
        compositeRequest: [
          {
            method: 'POST',
            url: `${base(trial)}/sobjects/Account`,
            referenceId: 'parent',
            body: { Name: name(graphId) },
          },
          {
            method: 'POST',
            url: `${base(trial)}/sobjects/Contact`,
            referenceId: 'child',
            body: { LastName: childName, AccountId: '@{parent.id}' },
          },
        ],
      });
      const graphs = [graph('good', name('child')), graph('bad', null)];
      const answer = await call('POST', '/composite/graph', { body: { graphs } });
      expectStatus(answer, 200, 'graph');
      type Graph = { graphId: string; isSuccessful: boolean; graphResponse: { compositeResponse: SubAnswer[] } };
      const told = answer.json<{ graphs: Graph[] }>().graphs;
      expectEqual(
        told.map(({ graphId, isSuccessful }) => [graphId, isSuccessful]),
        [
          ['good', true],
          ['bad', false],
        ],
        'graphs',
      );
      expectEqual(
        told[1]?.graphResponse.compositeResponse.map(({ body }) => code(body)),
        ['PROCESSING_HALTED', 'REQUIRED_FIELD_MISSING'],
        'errors of the graph that failed',
      );
      const left = await rows<{ Name: string }>(`SELECT Name FROM Account WHERE Name LIKE '${name('')}%'`);
      expectEqual(
        left.map(({ Name }) => Name),
        [name('good')],
        'records left',
      );
    },
  },
];
