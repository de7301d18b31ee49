import type { Clock, ConnectionConfiguration, Ends, Random, Transport } from '../engine/index.ts';
import { createRegistry, type World } from '../systems/kit/index.ts';
import { iterable } from '../systems/iterable/index.ts';
import { pendo } from '../systems/pendo/index.ts';
import { secretOf, secretsFile, type Environment } from './secrets.ts';

/** Adding a system is one line here. */
export const systems = createRegistry([iterable, pendo]);

export interface SystemPorts {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Random;
}

/** Connects one connection. Throws `SettingsError` or `CredentialsError` when that cannot be; asks nothing of the vendor. */
export function connectSystem(
  connection: ConnectionConfiguration,
  orgId: string,
  environment: Environment,
  { transport, clock, random }: SystemPorts,
): Ends {
  const file = secretsFile(environment);
  const world: World = {
    transport,
    clock,
    random,
    secret: (name, secret) => secretOf({ orgId, connection: name, secret }, { environment, file }),
    baseUrl: (name) => environment[urlVariable(name)],
  };
  return systems.system(connection.system).connect(connection, world);
}

/** The environment variable that names another host for a connection: `PLUMBLINE_ITERABLE_URL`. */
export function urlVariable(connection: string): string {
  return `PLUMBLINE_${connection.replaceAll('-', '_').toUpperCase()}_URL`;
}
