import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { generateLeads } from '../../local/world/index.ts';
import type { World } from './world.ts';

interface SinkUser {
  readonly email: string;
  readonly dataFields: {
    readonly Name?: { readonly First?: string; readonly Last?: string };
    readonly Salesforce?: { readonly Id?: string };
  };
}

/**
 * Reads every user of the local Iterable and holds it against the leads that were loaded: one user per distinct email,
 * each with the names of a lead of that email, and no Salesforce ID twice. Throws with the first difference.
 */
export async function checkSink(world: World, records: number): Promise<{ users: number; distinctIds: number }> {
  const expected = new Map<string, string[]>();
  for (const lead of generateLeads(records)) {
    if (lead.Email !== undefined)
      expected.set(lead.Email, [...(expected.get(lead.Email) ?? []), `${lead.FirstName}\u0000${lead.LastName}`]);
  }
  const ids = new Set<string>();
  let users = 0;
  const answer = await fetch(`${world.iterable.answer.controlUrl}/users`);
  for await (const line of createInterface({ input: Readable.fromWeb(answer.body as ReadableStream) })) {
    const user = JSON.parse(line) as SinkUser;
    const names = expected.get(user.email);
    if (!names) throw new Error('The sink holds a user that no lead has.');
    const name = `${user.dataFields.Name?.First}\u0000${user.dataFields.Name?.Last}`;
    if (!names.includes(name))
      throw new Error(`The sink holds other names than the leads of its email: ${JSON.stringify(name)}`);
    ids.add(user.dataFields.Salesforce?.Id ?? '');
    users += 1;
  }
  if (users !== expected.size) throw new Error(`The sink holds ${users} users where ${expected.size} were due.`);
  if (ids.size !== users || ids.has(''))
    throw new Error(`The sink holds ${ids.size} distinct Salesforce IDs for ${users} users.`);
  return { users, distinctIds: ids.size };
}
