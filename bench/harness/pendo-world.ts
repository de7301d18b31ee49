import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ingest } from '../../local/world/index.ts';
import type { Clock } from '../../scripts/engine/index.ts';
import { knowInPendo, type Pendo } from '../../scripts/front-door/furnish-pendo.ts';
import type { Org } from '../../scripts/front-door/main-job.ts';
import { start, type Started } from '../../scripts/front-door/processes.ts';
import { connectSalesforce, deployFiles, loginByAccessToken, type Salesforce } from '../../scripts/salesforce/index.ts';

export interface PendoWorld {
  readonly org: Org;
  readonly pendo: Pendo;
  /** The org, as its admin. */
  readonly salesforce: Salesforce;
  readonly clock: Clock;
  /** A folder that is removed with the world. */
  readonly folder: string;
  /** Gives the accounts other visitors, so that their usage differs. */
  changeUsage(): Promise<void>;
  stop(): Promise<void>;
}

const rowsAJob = 100_000;
const roomOfWorld = ['--max-old-space-size=8000'];
/** What `config/syncs/pendo.yaml` pushes. */
const pushed = ['TimeOnSite', 'Events', 'DaysActive', 'Visitors'].map((metric) => `Pendo_${metric}_Last30Days__c`);

/** A local org and a local Pendo in processes of their own that know the same accounts, and the fields of the push. */
export async function startPendoWorld(accounts: number): Promise<PendoWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-bench-'));
  const clock: Clock = {
    now: Date.now,
    sleep: (milliseconds) => new Promise((wake) => setTimeout(wake, milliseconds)),
  };
  const org: Started<Org> = await start('local/org/main.ts', ['--port', '0', '--json'], { nodeOptions: roomOfWorld });
  const pendo: Started<Pendo> = await start('local/systems/main.ts', ['pendo', '--port', '0', '--json'], {
    nodeOptions: roomOfWorld,
  });
  const salesforce = connectSalesforce({ transport: fetch, clock, login: loginByAccessToken(org.answer) });
  await deployFiles(salesforce.channel, clock, fieldFiles(), { checkOnly: false });
  const { userId } = await salesforce.client.identity();
  const set = await salesforce.client.queryOne<{ Id: string }>("SELECT Id FROM PermissionSet WHERE Name = 'Pushed'");
  await salesforce.client.create('PermissionSetAssignment', [{ AssigneeId: userId, PermissionSetId: set?.Id }]);
  for (let from = 0; from < accounts; from += rowsAJob) {
    await ingest(org.answer, 'Account', accountsAsCsv(from, Math.min(accounts, from + rowsAJob)));
  }
  const ids: string[] = [];
  for await (const { Id } of salesforce.client.query<{ Id: string }>('SELECT Id FROM Account')) ids.push(Id);
  await knowInPendo(pendo.answer, ids, accounts);
  return {
    ...{ org: org.answer, pendo: pendo.answer, salesforce, clock, folder },
    changeUsage: async () => {
      const body = JSON.stringify({ accounts: ids, visitors: accounts, seed: 2 });
      const answer = await fetch(`${pendo.answer.controlUrl}/generate`, { method: 'POST', body });
      if (!answer.ok) throw new Error(`The local Pendo refused other visitors: ${await answer.text()}`);
    },
    stop: async () => {
      await Promise.all([org.stop(), pendo.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function accountsAsCsv(from: number, to: number): string {
  const rows = Array.from({ length: to - from }, (_, index) => {
    const number = from + index;
    return `Customer ${number},${number % 2 === 0 ? 'Technology' : 'Banking'},${number % 5_000},${number * 10}`;
  });
  return ['Name,Industry,NumberOfEmployees,AnnualRevenue', ...rows, ''].join('\n');
}

/** The fields that are pushed to, in metadata format, with a permission set that may write them. */
function fieldFiles(): ReadonlyMap<string, string> {
  const xml = (root: string, inner: string): string =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://soap.sforce.com/2006/04/metadata">${inner}</${root}>\n`;
  const fields = pushed.map(
    (name) =>
      `<fields><fullName>${name}</fullName><label>${name.slice(6, 40)}</label><precision>18</precision><required>false</required><scale>2</scale><type>Number</type></fields>`,
  );
  const rights = pushed.map(
    (name) =>
      `<fieldPermissions><editable>true</editable><field>Account.${name}</field><readable>true</readable></fieldPermissions>`,
  );
  const members = pushed.map((name) => `<members>Account.${name}</members>`).join('');
  return new Map([
    [
      'package.xml',
      xml(
        'Package',
        `<types>${members}<name>CustomField</name></types><types><members>Pushed</members><name>PermissionSet</name></types><version>66.0</version>`,
      ),
    ],
    ['objects/Account.object', xml('CustomObject', fields.join(''))],
    [
      'permissionsets/Pushed.permissionset',
      xml(
        'PermissionSet',
        `${rights.join('')}<hasActivationRequired>false</hasActivationRequired><label>Pushed</label>`,
      ),
    ],
  ]);
}
