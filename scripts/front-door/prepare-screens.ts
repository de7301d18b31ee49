import type { Org } from './main-job.ts';
import { callOrg } from './main-job.ts';

/**
 * Asks for what a first page of the app would wait for: the base components, built once for each version of their
 * packages, and the app's own, compiled once for each state of them. Throws with what the local org says.
 */
export async function prepareScreens(org: Org & { readonly username: string }): Promise<void> {
  const soql = `SELECT Id FROM User WHERE Username = '${org.username}'`;
  const { records } = await callOrg<{ records: { Id: string }[] }>(org, 'GET', `/query?q=${encodeURIComponent(soql)}`);
  const body = new URLSearchParams({ user: records[0]?.Id ?? '', from: '/lightning/page/home' });
  const login = await fetch(`${org.instanceUrl}/lightning/login`, { method: 'POST', body, redirect: 'manual' });
  const cookie = login.headers.getSetCookie().map((each) => each.split(';')[0]);
  for (const path of ['/lightning/vendor/lwc.js', '/lightning/components.js?sandboxed=false']) {
    const answer = await fetch(`${org.instanceUrl}${path}`, { headers: { cookie: cookie.join('; ') } });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`The local org answered ${answer.status} to ${path}: ${text.slice(0, 500)}`);
  }
}
