// The obvious way: jsforce's own Bulk query, a map, and Iterable's bulk update a thousand at a time, five requests in
// flight. No ledger, no claims, no recovery: what a capable developer writes in an afternoon.
//   node bench/peers/jsforce-script.ts <instanceUrl> <iterableUrl>; token and key in the environment
import jsforce from 'jsforce';

interface LeadRow {
  readonly [column: string]: string;
}

const [instanceUrl, iterableUrl] = process.argv.slice(2) as [string, string];
const connection = new jsforce.Connection({
  instanceUrl,
  accessToken: process.env['PLUMBLINE_ACCESS_TOKEN'] as string,
  version: '66.0',
});
const apiKey = process.env['PLUMBLINE_ITERABLE_KEY'] as string;
const started = performance.now();
const sent = new Set<Promise<void>>();
let count = 0;
let batch: object[] = [];

const stream = await connection.bulk2.query(
  'SELECT Id, FirstName, LastName, Email, Company, Status, LeadSource, Owner.Email, Owner.Name, Owner.IsActive, Owner.Id FROM Lead',
  { pollInterval: 200, pollTimeout: 600_000 },
);
for await (const row of stream as unknown as AsyncIterable<LeadRow>) {
  count += 1;
  if (!row['Email']) continue;
  batch.push(toUser(row));
  if (batch.length === 1_000) await send();
}
if (batch.length > 0) await send();
await Promise.all(sent);
console.log(JSON.stringify({ records: count, seconds: (performance.now() - started) / 1000 }));

function toUser(row: LeadRow): object {
  return {
    email: row['Email'],
    mergeNestedObjects: true,
    dataFields: {
      Name: { First: row['FirstName'], Last: row['LastName'] },
      Salesforce: { Id: row['Id'] },
      Lead: { Status: row['Status'], Source: row['LeadSource'] },
      Company: { Name: row['Company'] },
      Owner: {
        Email: row['Owner.Email'],
        Name: row['Owner.Name'],
        Salesforce: { Active: row['Owner.IsActive'] === 'true', Id: row['Owner.Id'] },
      },
    },
  };
}

async function send(): Promise<void> {
  const users = batch;
  batch = [];
  while (sent.size >= 5) await Promise.race(sent);
  const request = fetch(`${iterableUrl}/api/users/bulkUpdate`, {
    method: 'POST',
    headers: { 'api-key': apiKey, 'content-type': 'application/json' },
    body: JSON.stringify({ users }),
  }).then(async (answer) => {
    const body = (await answer.json()) as { failCount?: number };
    if (!answer.ok || body.failCount !== 0)
      throw new Error(`Iterable answered ${answer.status}: ${JSON.stringify(body).slice(0, 300)}`);
  });
  const tracked = request.finally(() => sent.delete(tracked));
  sent.add(tracked);
}
