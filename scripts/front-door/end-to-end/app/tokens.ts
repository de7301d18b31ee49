import type { Org } from '../../main-job.ts';

/** An access token of a user of the local org, by user name. */
export async function tokenOf({ instanceUrl, accessToken }: Org, user: string): Promise<string> {
  const made = await fetch(`${instanceUrl}/local/tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ user }),
  });
  if (!made.ok) throw new Error(`The local org gave no token of ${user}: ${await made.text()}`);
  return ((await made.json()) as { accessToken: string }).accessToken;
}

/** The org as this user of it has it, by user name. */
export async function orgAs(org: Org, user: string): Promise<Org> {
  return { ...org, accessToken: await tokenOf(org, user) };
}
