import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { backfilled, startWorker, startWorld } from '../../../bench/harness/world.ts';
import { heldUsers, query, stopping } from './chain.ts';
import { loginWithSf } from './sf.ts';

const fixture = 'local/org/clients/fixtures/easy-spaces';

interface FixtureRecord {
  readonly attributes: { readonly referenceId: string };
  readonly Name?: string;
  readonly Email?: string;
  readonly FirstName?: string;
  readonly LastName?: string;
  readonly Company?: string;
  readonly AccountId?: string;
  readonly Status?: string;
  readonly LeadSource?: string;
}

function fixtureRecords(name: string): readonly FixtureRecord[] {
  const text = readFileSync(join(fixture, 'data', `${name}.json`), 'utf8');
  return (JSON.parse(text) as { records: FixtureRecord[] }).records;
}

interface Imported {
  readonly refId: string;
  readonly id: string;
}

interface Owner {
  readonly Id: string;
  readonly Name: string;
  readonly Email: string;
  readonly IsActive: boolean;
}

test('I-01, I-14, I-15: what the real sf CLI imports of easy-spaces is in Iterable, nested as in the sample', async () => {
  await using world = stopping(await startWorld(0));
  const [home, project] = [join(world.folder, 'home'), join(world.folder, 'project')];
  mkdirSync(home);
  cpSync(fixture, project, { recursive: true });
  const sf = await loginWithSf(world.org.answer, home, project);
  await sf(['project', 'deploy', 'start', '--source-dir', 'force-app']);
  await sf(['org', 'assign', 'permset', '--name', 'Reservations']);
  const imported = await sf<Imported[]>(['data', 'import', 'tree', '--plan', 'data/plan.json']);
  const idOf = new Map(imported.map(({ refId, id }) => [refId, id]));

  await using worker = stopping(await startWorker(world, 'store.sqlite'));
  const runs = await backfilled(worker);

  const [admin] = await query<Owner>(
    world.org.answer,
    "SELECT Id, Name, Email, IsActive FROM User WHERE Username = 'admin@plumbline.local'",
  );
  assert.ok(admin);
  const owner = { Email: admin.Email, Name: admin.Name, Salesforce: { Active: admin.IsActive, Id: admin.Id } };
  const accounts = new Map(fixtureRecords('Accounts').map((each) => [`@${each.attributes.referenceId}`, each.Name]));
  const leads = fixtureRecords('Leads');
  const contacts = fixtureRecords('Contacts');
  const expected = [
    ...leads.map((lead) => ({
      email: lead.Email?.toLowerCase(),
      Name: { First: lead.FirstName, Last: lead.LastName },
      Salesforce: { Id: idOf.get(lead.attributes.referenceId) },
      // A lead without a status takes the org's default one.
      Lead: { Status: lead.Status ?? 'Open - Not Contacted', Source: lead.LeadSource },
      Company: { Name: lead.Company },
      Owner: owner,
    })),
    ...contacts.map((contact) => ({
      email: contact.Email?.toLowerCase(),
      Name: { First: contact.FirstName, Last: contact.LastName },
      Salesforce: { Id: idOf.get(contact.attributes.referenceId) },
      Company: {
        Salesforce: { Id: idOf.get((contact.AccountId ?? '').slice(1)) },
        Name: accounts.get(contact.AccountId ?? ''),
      },
      Owner: owner,
    })),
  ].filter(({ email }) => email !== undefined && email !== '');
  assert.ok(leads.length > 0 && contacts.length > 0);
  const users = await heldUsers(world.iterable.answer);
  assert.equal(users.size, expected.length);
  for (const { email, ...dataFields } of expected) {
    const shown = users.get(email ?? '');
    // JSON leaves out what the fixture does not give.
    assert.deepEqual(shown?.dataFields, JSON.parse(JSON.stringify(dataFields)), email);
  }
  assert.deepEqual(Object.fromEntries(runs.map((run) => [run.sync, run.counts.read])), {
    leads: leads.length,
    contacts: contacts.length,
  });
});
