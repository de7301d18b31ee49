import { callOrg, type Org } from './main-job.ts';

/** What the local Pendo tells when it is ready. */
export interface Pendo {
  readonly baseUrl: string;
  readonly integrationKey: string;
  readonly controlUrl: string;
}

const accounts = 25;
const visitors = 100;

/** What `config/syncs/pendo.yaml` writes, as an admin of Pendo maps it: by kind, name and type. */
const fields = {
  account: { name: 'string', type: 'string', industry: 'string', annualrevenue: 'float', numberofemployees: 'integer' },
  visitor: { firstname: 'string', lastname: 'string', title: 'string', department: 'string' },
};

const metrics = {
  numMinutes: 'Time on site',
  numEvents: 'Events',
  daysActive: 'Days active',
  visitorCount: 'Visitors',
  lastVisit: 'Last visit',
};

/**
 * Makes accounts in the org and the same ones in Pendo, whose IDs are those of the records, with visitors, a report of
 * their usage and the fields that the default syncs of Pendo write. Throws with what either side refused.
 */
export async function furnishPendo(org: Org, pendo: Pendo): Promise<void> {
  const records = Array.from({ length: accounts }, (_, index) => ({
    attributes: { type: 'Account' },
    Name: `Customer ${index + 1}`,
    Industry: index % 2 === 0 ? 'Technology' : 'Banking',
    NumberOfEmployees: 10 * (index + 1),
  }));
  const saved = await callOrg<readonly { readonly id: string; readonly success: boolean }[]>(
    org,
    'POST',
    '/composite/sobjects',
    { allOrNone: true, records },
  );
  await knowInPendo(
    pendo,
    saved.map(({ id }) => id),
    visitors,
  );
}

/** Makes Pendo know the org's accounts of these IDs, with visitors, a report of their usage and the fields that are written. */
export async function knowInPendo(pendo: Pendo, ids: readonly string[], visitors: number): Promise<void> {
  const control = async (method: string, path: string, body: unknown): Promise<void> => {
    const answer = await fetch(`${pendo.controlUrl}${path}`, { method, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`The local Pendo answered ${answer.status} to ${path}: ${await answer.text()}`);
  };
  await control('POST', '/generate', { accounts: ids, visitors });
  for (const [kind, named] of Object.entries(fields)) {
    for (const [name, type] of Object.entries(named))
      await control('PUT', '/fields', { kind, group: 'salesforce', name, type });
  }
  await control('PUT', '/reports/account-usage', {
    name: 'Account usage, last 30 days',
    kind: 'account',
    type: 'List',
    shared: true,
    segmentId: 'everyone',
    range: { last: 30 },
    columns: Object.entries(metrics).map(([metric, label]) => ({ name: metric, label, from: { metric } })),
  });
}
