import type { Iterable, Org } from '../main-job.ts';
import { callOrg } from '../main-job.ts';

/** A user as the local Iterable holds it. */
export interface HeldUser {
  readonly email: string;
  readonly dataFields: {
    readonly Name?: { readonly First?: string; readonly Last?: string };
    readonly Salesforce?: { readonly Id?: string };
    readonly Company?: { readonly Name?: string };
    readonly Owner?: { readonly Name?: string };
  };
}

export const pause = (milliseconds: number): Promise<void> => new Promise((wake) => setTimeout(wake, milliseconds));

/** Looks until `assertion` holds; after `seconds` throws what it threw last. */
export async function eventually(seconds: number, assertion: () => Promise<void>): Promise<void> {
  const giveUpAt = Date.now() + seconds * 1_000;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > giveUpAt) throw error;
    }
    await pause(50);
  }
}

/** Every user of the local Iterable by email. Throws when an email is there twice. */
export async function heldUsers(iterable: Iterable): Promise<Map<string, HeldUser>> {
  const users = new Map<string, HeldUser>();
  for (const line of (await (await fetch(`${iterable.controlUrl}/users`)).text()).split('\n')) {
    if (line === '') continue;
    const user = JSON.parse(line) as HeldUser;
    if (users.has(user.email)) throw new Error(`${user.email} is there twice.`);
    users.set(user.email, user);
  }
  return users;
}

/** The user at this email, undefined when there is none. */
export async function heldUser(iterable: Iterable, email: string): Promise<HeldUser | undefined> {
  const answer = await fetch(`${iterable.controlUrl}/users?search=${encodeURIComponent(`"${email}"`)}`);
  const lines = (await answer.text()).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as HeldUser).find((user) => user.email === email);
}

/** Saves a new record over REST; returns its 18-character ID. */
export async function create(org: Org, object: string, fields: Readonly<Record<string, unknown>>): Promise<string> {
  return (await callOrg<{ id: string }>(org, 'POST', `/sobjects/${object}`, fields)).id;
}

export async function update(
  org: Org,
  object: string,
  id: string,
  fields: Readonly<Record<string, unknown>>,
): Promise<void> {
  await callOrg(org, 'PATCH', `/sobjects/${object}/${id}`, fields);
}

/** The records of a query that fits one page. */
export async function query<Row>(org: Org, soql: string): Promise<readonly Row[]> {
  return (await callOrg<{ records: Row[] }>(org, 'GET', `/query?q=${encodeURIComponent(soql)}`)).records;
}

/** A call that SOAP alone offers, as the body's XML. Throws with the org's answer when it did not succeed. */
export async function soap(org: Org, call: string): Promise<void> {
  const header = `<SessionHeader><sessionId>${org.accessToken}</sessionId></SessionHeader>`;
  const answer = await fetch(`${org.instanceUrl}/services/Soap/u/66.0`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml', SOAPAction: '""' },
    body: `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header>${header}</e:Header><e:Body>${call}</e:Body></e:Envelope>`,
  });
  const text = await answer.text();
  if (!/<success>true<\/success>/.test(text)) throw new Error(`The local org answered ${answer.status}: ${text}`);
}

/** The same, to be stopped at the end of the scope that it is declared in with `await using`. */
export function stopping<Running extends { stop(): Promise<void> }>(running: Running): Running & AsyncDisposable {
  return Object.assign(running, { [Symbol.asyncDispose]: () => running.stop() });
}
