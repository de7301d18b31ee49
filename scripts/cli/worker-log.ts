import type { Clock, Log } from '../engine/index.ts';
import { Redactor } from '../http/index.ts';
import { createLog } from '../telemetry/index.ts';
import type { Environment } from './secrets.ts';

/** The engine's log on stderr, for a person at a terminal or as a line of JSON each. Masks what `secrets` holds, and more. */
export function workerLog(clock: Clock, options: { readonly json: boolean; readonly secrets: readonly string[] }): Log {
  const redactor = new Redactor();
  for (const secret of options.secrets) redactor.add(secret);
  const log = createLog({ redactor, clock, level: 'info', format: options.json ? 'json' : 'pretty' });
  return ({ level, message, facts }) => log[level](message, facts);
}

/** Values of the environment that are secrets by their name. */
export function secretsIn(environment: Environment): readonly string[] {
  return Object.entries(environment)
    .filter(([name]) => /^PLUMBLINE_.*(TOKEN|KEY|SECRET)$/.test(name))
    .flatMap(([, value]) => (value === undefined ? [] : [value]));
}
