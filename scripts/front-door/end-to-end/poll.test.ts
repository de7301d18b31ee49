import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { emailOf } from '../../../local/world/index.ts';
import { backfilled, iterableStats, startWorker, startWorld } from '../../../bench/harness/world.ts';
import type { RunningWorker, World } from '../../../bench/harness/world.ts';
import type { Org } from '../main-job.ts';
import { callOrg } from '../main-job.ts';
import { create, eventually, heldUser, pause, query, soap, update } from './chain.ts';

/** Nobody listens at this port: the worker has only its polls. */
const withoutStream = ['--pubsub-endpoint', '127.0.0.1:1'];
const pollSeconds = 1;

async function delayCommits(org: Org, milliseconds: number): Promise<void> {
  const answer = await fetch(`${org.instanceUrl}/local/faults`, {
    method: 'POST',
    headers: { authorization: `Bearer ${org.accessToken}` },
    body: JSON.stringify({ delayCommitsMilliseconds: milliseconds }),
  });
  assert.ok(answer.ok, await answer.text());
}

describe('an org whose changes are polled', () => {
  let world: World;
  let worker: RunningWorker;

  async function leadWith(email: string | undefined): Promise<string> {
    const [lead] = await query<{ Id: string }>(world.org.answer, `SELECT Id FROM Lead WHERE Email = '${email}'`);
    assert.ok(lead, email);
    return lead.Id;
  }

  const held = (email: string) => heldUser(world.iterable.answer, email);

  before(async () => {
    world = await startWorld(300, { pollSeconds });
    worker = await startWorker(world, 'store.sqlite', withoutStream);
    await backfilled(worker);
  });
  after(async () => {
    await worker.stop();
    await world.stop();
  });

  test('I-03: a changed lead arrives within its interval', async () => {
    const email = emailOf(7) as string;
    const id = await leadWith(email);
    await update(world.org.answer, 'Lead', id, { FirstName: 'Polled' });
    await eventually(5 * pollSeconds, async () => {
      assert.equal((await held(email))?.dataFields.Name?.First, 'Polled');
    });
  });

  test('a transaction that commits after a later stamp was read still arrives', async () => {
    const [late, early] = [emailOf(8) as string, emailOf(9) as string];
    const [lateId, earlyId] = [await leadWith(late), await leadWith(early)];
    await delayCommits(world.org.answer, 5_000);
    const committed = update(world.org.answer, 'Lead', lateId, { FirstName: 'Late' });
    // The dial is turned back once the late save is under way, and a second later, so that the stamps differ.
    await pause(1_100);
    await delayCommits(world.org.answer, 0);
    await update(world.org.answer, 'Lead', earlyId, { FirstName: 'Early' });
    await eventually(5 * pollSeconds, async () => {
      assert.equal((await held(early))?.dataFields.Name?.First, 'Early');
    });
    assert.notEqual((await held(late))?.dataFields.Name?.First, 'Late', 'it was not committed yet');
    await committed;
    const stamps = await query<{ Id: string; SystemModstamp: string }>(
      world.org.answer,
      `SELECT Id, SystemModstamp FROM Lead WHERE Id IN ('${lateId}', '${earlyId}') ORDER BY SystemModstamp`,
    );
    assert.deepEqual(
      stamps.map(({ Id }) => Id),
      [lateId, earlyId],
    );
    await eventually(5 * pollSeconds, async () => {
      assert.equal((await held(late))?.dataFields.Name?.First, 'Late');
    });
  });

  test('I-X2: a renamed account and a renamed owner reach their people', async () => {
    const { answer: org } = world.org;
    const account = await create(org, 'Account', { Name: 'Before' });
    const other = await create(org, 'Account', { Name: 'Another' });
    const people = Array.from({ length: 5 }, (_, index) => `person.${index}@example.com`);
    for (const Email of people) await create(org, 'Contact', { LastName: 'Person', Email, AccountId: account });
    await create(org, 'Contact', { LastName: 'Person', Email: 'other@example.com', AccountId: other });
    const companies = async (): Promise<unknown[]> =>
      Promise.all([...people, 'other@example.com'].map(async (email) => (await held(email))?.dataFields.Company?.Name));
    await eventually(10, async () => {
      assert.deepEqual(await companies(), [...people.map(() => 'Before'), 'Another']);
    });
    await update(org, 'Account', account, { Name: 'After' });
    await eventually(10, async () => {
      assert.deepEqual(await companies(), [...people.map(() => 'After'), 'Another']);
    });
    const [owner] = await query<{ OwnerId: string }>(org, `SELECT OwnerId FROM Account WHERE Id = '${account}'`);
    await update(org, 'User', owner?.OwnerId ?? '', { LastName: 'Renamed' });
    const everybody = [...people, emailOf(7) as string, emailOf(299) as string];
    await eventually(20, async () => {
      for (const email of everybody) assert.match((await held(email))?.dataFields.Owner?.Name ?? '', /Renamed$/, email);
    });
  });

  test('I-X6: when the winner of an email gives it up, the runner-up is sent', async () => {
    const { answer: org } = world.org;
    const email = emailOf(20) as string;
    const lead = await leadWith(email);
    const contact = await create(org, 'Contact', { FirstName: 'The', LastName: 'Contact', Email: email });
    const owned = async (id: string): Promise<void> =>
      eventually(10, async () => {
        assert.equal((await held(email))?.dataFields.Salesforce?.Id, id);
      });
    await owned(contact);
    await update(org, 'Lead', lead, { Title: 'A later stamp does not beat a contact' });
    await pause(3 * pollSeconds * 1_000);
    await owned(contact);
    await update(org, 'Contact', contact, { Email: 'moved@example.com' });
    await owned(lead);
    await eventually(10, async () => {
      assert.equal((await held('moved@example.com'))?.dataFields.Salesforce?.Id, contact);
    });
  });

  test('I-X3, K-24: a converted lead re-links to its contact', async () => {
    const { answer: org } = world.org;
    const email = emailOf(22) as string;
    const lead = await leadWith(email);
    await soap(
      org,
      `<convertLead><leadConverts><leadId>${lead}</leadId><convertedStatus>Closed - Converted</convertedStatus><doNotCreateOpportunity>true</doNotCreateOpportunity></leadConverts></convertLead>`,
    );
    const [contact] = await query<{ Id: string }>(org, `SELECT Id FROM Contact WHERE Email = '${email}'`);
    assert.ok(contact);
    await eventually(10, async () => {
      const user = await held(email);
      assert.equal(user?.dataFields.Salesforce?.Id, contact.Id);
      assert.ok(user.dataFields.Company?.Name);
    });
    await eventually(10, async () => {
      const row = (await worker.store.rows('leads', [lead])).get(lead);
      assert.deepEqual([row?.outcome, row?.reason, row?.detail], ['skipped', 'converted', contact.Id]);
    });
  });

  test('I-X3, K-26: a merged contact re-links to its survivor', async () => {
    const { answer: org } = world.org;
    const email = 'merged@example.com';
    const survivor = await create(org, 'Contact', { LastName: 'Survivor', Email: email });
    // It was saved later, so the email is its own until the merge.
    await pause(1_100);
    const merged = await create(org, 'Contact', { LastName: 'Merged', Email: email });
    const owned = (id: string): Promise<void> =>
      eventually(10, async () => {
        assert.equal((await held(email))?.dataFields.Salesforce?.Id, id);
      });
    await owned(merged);
    await soap(
      org,
      `<merge><request><masterRecord><type>Contact</type><Id>${survivor}</Id></masterRecord><recordToMergeIds>${merged}</recordToMergeIds></request></merge>`,
    );
    await owned(survivor);
    assert.equal((await held(email))?.dataFields.Name?.Last, 'Survivor');
  });

  test('I-X3, K-25: a delete is ignored by default, and with the rule "forget" the user is forgotten', async () => {
    const { answer: org } = world.org;
    const [first, second] = [emailOf(30) as string, emailOf(31) as string];
    const remove = async (email: string): Promise<void> =>
      callOrg(org, 'DELETE', `/sobjects/Lead/${await leadWith(email)}`);
    await remove(first);
    await eventually(10, async () => {
      const rows = await worker.store.records({ sync: 'leads', outcome: 'skipped', limit: 1_000 });
      assert.ok(rows.some((row) => row.reason === 'deleted-in-source'));
    });
    assert.ok(await held(first));

    await worker.stop();
    const forgetting = join(world.folder, 'forgetting.yaml');
    const text = readFileSync(world.configuration, 'utf8');
    writeFileSync(forgetting, text.replaceAll('delete: ignore', 'delete: forget'));
    assert.match(readFileSync(forgetting, 'utf8'), /delete: forget/);
    worker = await startWorker({ ...world, configuration: forgetting }, 'store.sqlite', withoutStream);
    await remove(second);
    await eventually(20, async () => {
      assert.equal(await held(second), undefined);
    });
    assert.ok(await held(first), 'it was deleted when deletes were ignored');
    assert.ok(await held(emailOf(32) as string));
    assert.equal((await iterableStats(world)).throttled, 0);
  });
});
