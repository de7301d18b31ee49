import { describe, test } from 'node:test';
import type { Clock } from '../engine/index.ts';
import { capture } from './contract/capture.ts';
import { leases } from './contract/leases.ts';
import { records } from './contract/records.ts';
import { runs } from './contract/runs.ts';
import type { Clause, Fixture, OpenHandle } from './contract/samples.ts';
import { workClauses } from './contract/work.ts';

/** What the `Store` port says, as tests, for any store. `begin` makes a new one and opens handles on it. */
export function storeContract(name: string, begin: (clock: Pick<Clock, 'now'>) => Promise<OpenHandle>): void {
  const clause: Clause = (title, body) => {
    test(title, async () => {
      const handles: Fixture['store'][] = [];
      const time = { now: 1_000 };
      const open = await begin({ now: () => time.now });
      const another: OpenHandle = async () => {
        const store = await open();
        handles.push(store);
        return store;
      };
      await body({ store: await another(), another, time });
      for (const store of handles) await store.close().catch(ignoreClosed);
    });
  };
  describe(name, () => {
    for (const part of [leases, records, workClauses, runs, capture]) part(clause);
  });
}

/** A clause may have closed its handle itself. */
function ignoreClosed(error: unknown): void {
  if (!(error instanceof Error) || !/not open/.test(error.message)) throw error;
}
