import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { furnishPendo, type Pendo } from '../../furnish-pendo.ts';
import type { Org } from '../../main-job.ts';
import { start, type Started } from '../../processes.ts';
import { tokenOf } from './tokens.ts';

/** A local org with the package and no configuration, and a local Pendo that knows its accounts, as `npm start` has them. */
export interface PendoWorld {
  readonly org: Org;
  readonly pendo: Pendo;
  /** A folder that is removed with the world. */
  readonly folder: string;
  /** Starts a worker as a customer does: as the integration user, with Pendo's key, and nothing else told. */
  startWorker(): Promise<void>;
  /** Someone in Pendo takes the key back. */
  revokeKey(): Promise<void>;
  /** What Pendo holds of an account, by group. */
  account(id: string): Promise<Readonly<Record<string, Readonly<Record<string, unknown>>>>>;
  /** Edits Pendo as someone who works there. */
  control(method: string, path: string, body: unknown): Promise<void>;
  stop(): Promise<void>;
}

export async function startPendoWorld(): Promise<PendoWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-pendo-'));
  const [org, pendo] = await Promise.all([
    start<Org>('local/org/main.ts', ['--port', '0', '--json']),
    start<Pendo>('local/systems/main.ts', ['pendo', '--port', '0', '--json']),
  ]);
  let worker: Started<{ ready: boolean }> | undefined;
  await furnishPendo(org.answer, pendo.answer);
  const { controlUrl, baseUrl, integrationKey } = pendo.answer;
  const { instanceUrl } = org.answer;
  const control = async (method: string, path: string, body: unknown): Promise<void> => {
    const answer = await fetch(`${controlUrl}${path}`, { method, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`The local Pendo answered ${answer.status} to ${path}: ${await answer.text()}`);
  };
  // Someone made a report that mixes kinds, as happens (P-50).
  await control('PUT', '/reports/everything', {
    ...{ name: 'Everything', kind: 'account', type: 'List', shared: true, segmentId: 'everyone', range: { last: 30 } },
    columns: [
      { name: 'numMinutes', label: 'Time on site', from: { metric: 'numMinutes' } },
      { name: 'visitor_role', label: 'Role', from: { kind: 'visitor', group: 'agent', field: 'role', type: 'string' } },
    ],
  });
  return {
    ...{ org: org.answer, pendo: pendo.answer, folder, control },
    async startWorker() {
      const environment = {
        PLUMBLINE_ACCESS_TOKEN: await tokenOf(org.answer, 'integration@plumbline.local'),
        PLUMBLINE_PENDO_URL: baseUrl,
        PLUMBLINE_PENDO_KEY: integrationKey,
        PLUMBLINE_SECRETS: join(folder, 'secrets.json'),
      };
      const words = ['--instance-url', instanceUrl, '--store', join(folder, 'store.sqlite'), '--json'];
      worker = await start('scripts/cli/worker.ts', words, { environment, logFile: join(folder, 'worker.log') });
    },
    revokeKey: () => control('PUT', `/keys/${integrationKey}`, { write: true, revoked: true }),
    async account(id) {
      const text = await (await fetch(`${controlUrl}/accounts`)).text();
      const accounts = text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { id: string; metadata: Awaited<ReturnType<PendoWorld['account']>> });
      return accounts.find((account) => account.id === id)?.metadata ?? {};
    },
    async stop() {
      await worker?.stop();
      await Promise.all([org.stop(), pendo.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
