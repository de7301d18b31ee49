import { Lane } from '../../http/index.ts';
import type { ConnectContext, SystemConnection } from '../kit/index.ts';
import { createCaller } from './call.ts';
import { checkKey } from './check.ts';
import { fieldRules } from './field-rules.ts';
import { recordPages } from './record-page.ts';
import type { PendoSettings } from './settings.ts';
import { createSource } from './source.ts';
import { createTarget } from './target.ts';
import { writeLimits } from './write-limits.ts';

/** Reads on their way at once; a report may run for minutes. */
const readsInFlight = 2;
const writesInFlight = 4;

/** Connects to one subscription; asks nothing of it yet. */
export function connect(context: ConnectContext<PendoSettings>): SystemConnection {
  const { connection, settings, clock } = context;
  const caller = createCaller({ ...context, integrationKey: context.secret('integrationKey') });
  const lane = (maxInFlight: number): Lane =>
    new Lane({ clock, limits: { requests: settings.requestsPerSecond, windowMilliseconds: 1_000, maxInFlight } });
  const writes = lane(writesInFlight);
  const reads = lane(readsInFlight);
  const check = (): ReturnType<typeof checkKey> => checkKey({ caller, lane: reads, connection, settings }, true);
  const ports = { caller, writes, reads, settings, clock, check };
  return {
    source: createSource({ caller, lane: reads, clock }),
    target: createTarget(ports),
    targetOf: (sync) => createTarget(ports, sync),
    writeLimits,
    fieldRules,
    recordPage: recordPages(context),
    election: { toSystem: 'first', fromSystem: 'smallestId' },
  };
}
