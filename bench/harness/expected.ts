import { callOrg, type Iterable, type Org } from '../../scripts/front-door/main-job.ts';

interface Person {
  readonly Id: string;
  readonly Email: string | null;
  readonly FirstName: string | null;
  readonly LastName: string;
  readonly SystemModstamp: string;
}

interface ExpectedUser {
  readonly id: string;
  readonly first: string | null;
  readonly last: string;
}

/** What Iterable should hold, by email, told from the org alone: contact over lead, then the latest stamp, then the ID. */
export async function expectedUsers(org: Org): Promise<Map<string, ExpectedUser>> {
  const winners = new Map<string, { rank: string; user: ExpectedUser }>();
  for (const [precedence, object, where] of [
    [1, 'Lead', ' WHERE IsConverted = false'],
    [2, 'Contact', ''],
  ] as const) {
    for await (const person of queryAll(
      org,
      `SELECT Id, Email, FirstName, LastName, SystemModstamp FROM ${object}${where}`,
    )) {
      if (person.Email === null) continue;
      const email = person.Email.trim().toLowerCase();
      const rank = `${precedence} ${person.SystemModstamp} ${person.Id}`;
      const rival = winners.get(email);
      if (!rival || rank > rival.rank)
        winners.set(email, { rank, user: { id: person.Id, first: person.FirstName, last: person.LastName } });
    }
  }
  return new Map([...winners].map(([email, { user }]) => [email, user]));
}

async function* queryAll(org: Org, soql: string): AsyncGenerator<Person> {
  let path: string | undefined = `/query?q=${encodeURIComponent(soql)}`;
  while (path !== undefined) {
    const page: { records: Person[]; nextRecordsUrl?: string } = await callOrg(org, 'GET', path);
    yield* page.records;
    path = page.nextRecordsUrl?.replace('/services/data/v66.0', '');
  }
}

/**
 * The emails at which Iterable does not hold what it should, at most ten, each with both sides. Users at emails that
 * nobody claims any more stay as they were: nothing is deleted unless a sync says so.
 */
export async function differences(org: Org, iterable: Iterable): Promise<string[]> {
  const users = new Map<string, string>();
  for (const line of (await (await fetch(`${iterable.controlUrl}/users`)).text()).split('\n')) {
    if (line === '') continue;
    const user = JSON.parse(line) as {
      email: string;
      dataFields: { Name?: { First?: string; Last?: string }; Salesforce?: { Id?: string } };
    };
    if (users.has(user.email)) return [`${user.email} is there twice`];
    users.set(
      user.email,
      shown({
        id: user.dataFields.Salesforce?.Id ?? '',
        first: user.dataFields.Name?.First ?? null,
        last: user.dataFields.Name?.Last ?? '',
      }),
    );
  }
  const found: string[] = [];
  for (const [email, expected] of await expectedUsers(org)) {
    const held = users.get(email);
    if (held !== shown(expected)) found.push(`${email}: should be ${shown(expected)}, is ${held ?? 'not there'}`);
    if (found.length === 10) break;
  }
  return found;
}

function shown(user: ExpectedUser): string {
  return `${user.id} ${user.first ?? ''} ${user.last}`;
}
