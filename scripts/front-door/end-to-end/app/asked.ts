import type { Org } from '../../main-job.ts';
import { callOrg } from '../../main-job.ts';
import { create, pause, query } from '../chain.ts';

interface CommandState {
  readonly Status__c: string;
  readonly Answer__c: string | null;
}

/** Long enough for a worker on a machine that does much else. */
const patienceMilliseconds = 120_000;

/** Gives a command over REST, as the user whose token it is; returns the ID of its record. */
export function command(org: Org, kind: string, target: string, expiresIn = patienceMilliseconds): Promise<string> {
  const expires = new Date(Date.now() + expiresIn).toISOString();
  return create(org, 'Plumbline_Command__c', { Kind__c: kind, Target__c: target, Expires_At__c: expires });
}

/** Where a command stands; the answer is there for an admin's token alone. */
export async function stateOf(org: Org, id: string): Promise<CommandState> {
  return callOrg<CommandState>(org, 'GET', `/sobjects/Plumbline_Command__c/${id}?fields=Status__c,Answer__c`);
}

/** Waits for the worker's answer to a command; throws when it failed or none came. */
export async function answered<Body>(org: Org, id: string): Promise<Body> {
  const giveUpAt = Date.now() + patienceMilliseconds;
  for (;;) {
    const { Status__c: status, Answer__c: text } = await stateOf(org, id);
    if (status === 'Done') return (JSON.parse(text ?? '{}') as { body: Body }).body;
    if (status !== 'New' && status !== 'Claimed') throw new Error(`The command ended as ${status}: ${text}`);
    if (Date.now() > giveUpAt) throw new Error(`No worker answered the command ${id}.`);
    await pause(100);
  }
}

/** The IDs of the leads that a condition of SOQL names, by ID. */
export async function leadIds(org: Org, condition: string): Promise<readonly string[]> {
  const rows = await query<{ Id: string }>(org, `SELECT Id FROM Lead WHERE ${condition} ORDER BY Id`);
  return rows.map(({ Id }) => Id);
}
