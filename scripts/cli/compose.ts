import { createControlPlane } from '../control/index.ts';
import type { Clock, RecordClient, Transport } from '../engine/index.ts';
import { createTransport } from '../http/index.ts';
import { connectSalesforce, type Salesforce } from '../salesforce/index.ts';
import { chooseLogin, type LoginOptions } from './login.ts';
import { systemClock } from './system-clock.ts';
import type { Environment } from './secrets.ts';

/** Requests to one host that are under way at once, those of live work and backfill together. */
const maxConnections = 16;

/** An org that a command works with. Close it, or the connections keep the process alive. */
export interface OpenOrg extends AsyncDisposable {
  readonly salesforce: Salesforce;
  readonly records: RecordClient;
  readonly clock: Clock;
  readonly transport: Transport;
}

/** Chooses a login and connects; nothing is asked of the org before the first use. */
export async function openOrg(options: LoginOptions, environment: Environment): Promise<OpenOrg> {
  const clock = systemClock();
  const { transport, close } = createTransport({ maxConnections });
  const login = chooseLogin(options, environment, { transport, clock });
  const salesforce = connectSalesforce({ transport, login, clock });
  return { salesforce, records: salesforce.client, clock, transport, [Symbol.asyncDispose]: close };
}
