import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emailOf, generateLeads } from './people.ts';

test('of 40,000 leads 1% have no email and 1% share one, and the same seed makes the same leads', () => {
  const leads = [...generateLeads(40_000)];
  const emails = leads.flatMap((lead) => (lead.Email === undefined ? [] : [lead.Email]));
  assert.equal(leads.length - emails.length, 400);
  const times = new Map<string, number>();
  for (const email of emails) times.set(email, (times.get(email) ?? 0) + 1);
  assert.equal(times.get('shared.inbox@example.com'), 200);
  assert.equal([...times.values()].filter((count) => count === 2).length, 200);
  assert.equal(times.size, 39_201);
  assert.ok(leads.some((lead) => lead.LastName.includes('\n')) && leads.some((lead) => lead.LastName.includes('"')));
  assert.deepEqual([...generateLeads(50)], leads.slice(0, 50));
  assert.equal(emailOf(50), undefined);
});
