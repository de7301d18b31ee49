import { join } from 'node:path';
import { startWorld, type World } from '../../../../bench/harness/world.ts';
import { start, type Started } from '../../processes.ts';
import { tokenOf } from './tokens.ts';

/** A local org with the package and no configuration, and a local Iterable that holds nobody. */
export interface SetupWorld extends World {
  /** Starts a worker as a customer does: as the integration user, with Iterable's key, and nothing else told. */
  startWorker(): Promise<Started<{ ready: boolean }>>;
  /** Requests by which Iterable was written to. */
  writes(): Promise<number>;
}

const writing = /^(users\/(update|bulkUpdate|merge|delete|forget)|events|lists|email|subscriptions)/i;

export async function startSetupWorld(records: number): Promise<SetupWorld> {
  const world = await startWorld(records);
  const { org, iterable, folder } = world;
  return {
    ...world,
    async startWorker() {
      const { instanceUrl } = org.answer;
      const accessToken = await tokenOf(org.answer, 'integration@plumbline.local');
      return start(
        'scripts/cli/worker.ts',
        ['--instance-url', instanceUrl, '--store', join(folder, 'store.sqlite'), '--json'],
        {
          environment: {
            PLUMBLINE_ACCESS_TOKEN: accessToken,
            PLUMBLINE_ITERABLE_URL: iterable.answer.baseUrl,
            PLUMBLINE_ITERABLE_KEY: iterable.answer.apiKey,
            PLUMBLINE_SECRETS: join(folder, 'secrets.json'),
          },
          logFile: join(folder, 'worker.log'),
        },
      );
    },
    async writes() {
      const answer = await fetch(`${iterable.answer.controlUrl}/stats`);
      const { endpoints } = (await answer.json()) as { endpoints: Record<string, { requests: number }> };
      return Object.entries(endpoints)
        .filter(([name]) => writing.test(name))
        .reduce((sum, [, { requests }]) => sum + requests, 0);
    },
  };
}
