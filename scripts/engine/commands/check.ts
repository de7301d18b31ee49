import { validateMapping, type MappingProblem } from '../../mapping/index.ts';
import type { ConnectionConfiguration } from '../configuration.ts';
import { PlumblineError } from '../errors.ts';
import type { Command } from '../ports/index.ts';
import { compileSync, type CompiledSync, type Ends } from '../run/index.ts';
import { ruleProblem } from '../schema/index.ts';
import { atWork, type CommandContext } from './context.ts';
import { draftId, endsOf } from './draft.ts';

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly actions: readonly string[];
}

export interface CheckAnswer {
  readonly checks: readonly Check[];
  /** Absent when the org did not say. */
  readonly org?: Awaited<ReturnType<CommandContext['setup']['org']>>;
  readonly secrets: Awaited<ReturnType<CommandContext['setup']['secrets']>>;
}

interface Subjects {
  readonly connections: readonly { readonly connection: ConnectionConfiguration; readonly ends: () => Promise<Ends> }[];
  readonly syncs: (checks: Check[]) => Promise<readonly CompiledSync[]>;
}

/**
 * Checks the org, the connections, their secrets and the field mappings of what `target` names: a connection, a sync, or
 * `*` for all; or of the draft that is named.
 */
export async function check(command: Command, context: CommandContext): Promise<CheckAnswer> {
  const id = draftId(command);
  const { connections, syncs } =
    id === undefined ? activeSubjects(command.target, context) : await draftSubjects(id, context);
  const checks: Check[] = [];
  let org: CheckAnswer['org'];
  checks.push(
    await checked('org', async () => {
      org = await context.setup.org();
      return `logged in to ${org.sandbox ? 'the sandbox' : 'the org'} ${org.id} as ${org.user}`;
    }),
  );
  for (const { connection, ends } of connections) {
    checks.push(
      await checked(`connection ${connection.name}`, async () => {
        const { target } = await ends();
        return target ? `connected to ${(await target.check()).account}` : 'is only read from';
      }),
    );
  }
  for (const sync of await syncs(checks)) await checkSync(sync, checks);
  const secrets = await Promise.all(connections.map(({ connection }) => context.setup.secrets(connection)));
  return { checks, ...(org && { org }), secrets: secrets.flat() };
}

function activeSubjects(target: string, context: CommandContext): Subjects {
  const { syncs, connections, version } = atWork(context);
  const wanted = [...syncs.values()].filter(
    (sync) => target === '*' || sync.name === target || sync.connection === target,
  );
  const names = new Set(wanted.map((sync) => sync.connection));
  return {
    connections: version.configuration.connections
      .filter(({ name }) => names.has(name))
      .map((connection) => ({ connection, ends: async () => connections.get(connection.name) ?? {} })),
    syncs: async () => wanted,
  };
}

/** A connection that cannot be opened is told once, as the connection's check; its sync cannot be checked then. */
async function draftSubjects(id: string, context: CommandContext): Promise<Subjects> {
  const { connection, sync } = await context.control.draft(id);
  context.salesforce.source?.forgetSchema?.();
  let opened: Promise<Ends> | undefined;
  const ends = (): Promise<Ends> => (opened ??= endsOf(connection, context));
  return {
    connections: [{ connection, ends }],
    async syncs(checks) {
      if (!checks.every(({ ok, name }) => ok || name === 'org')) return [];
      try {
        return [compileSync(sync, context.salesforce, await ends())];
      } catch (error) {
        if (!(error instanceof PlumblineError)) throw error;
        checks.push(failed(sync.name, error));
        return [];
      }
    },
  };
}

async function checkSync(sync: CompiledSync, checks: Check[]): Promise<void> {
  const { source, shape, configuration } = sync;
  checks.push(
    await checked(
      `reading ${sync.name}`,
      async () => `${await source.count(shape)} records of ${shape.object} take part`,
    ),
  );
  // A draft maps its fields after its connection was found to be in order.
  if (configuration.mappings.length === 0) return;
  checks.push(...refusedTargets(sync));
  const described = await mappingProblems(sync);
  if (described instanceof PlumblineError) checks.push(failed(`mapping of ${sync.name}`, described));
  else if (described.length === 0)
    checks.push({
      name: `mapping of ${sync.name}`,
      ok: true,
      detail: `${configuration.mappings.length} fields`,
      actions: [],
    });
  else {
    for (const { place, problem, mend } of described)
      checks.push({
        name: `mapping of ${sync.name}`,
        ok: false,
        detail: `${place}: ${problem}`,
        actions: [`${mend}.`],
      });
  }
}

/** What no configuration can open: each record that carries such a field would be stopped at the last door. */
function refusedTargets({ name, targetObject, door, configuration: { mappings } }: CompiledSync): readonly Check[] {
  return mappings
    .filter(({ target }) => door.refused.includes(target))
    .map(({ source, target }) => ({
      name: `mapping of ${name}`,
      ok: false,
      detail: `${source} → ${target}: the system of this connection never writes ${targetObject}.${target}`,
      actions: ['Map it to a custom field that bears the prefix of the system, in the same letters.'],
    }));
}

async function mappingProblems(sync: CompiledSync): Promise<ReturnType<typeof validateMapping> | PlumblineError> {
  try {
    const source = await sync.source.describe(sync.shape.object, sync.shape.fields);
    const target = await sync.target.describe(sync.targetObject);
    const { mappings } = sync.configuration;
    const ruled = mappings.flatMap((mapping): MappingProblem[] => {
      const problem = ruleProblem(sync, mapping, source.fields.get(mapping.source), target.fields.get(mapping.target));
      if (problem === undefined) return [];
      const place = `${mapping.source} → ${mapping.target}`;
      return [{ place, problem: problem.replace(/\.$/, ''), mend: 'Map another field' }];
    });
    return [...validateMapping(mappings, source, target), ...ruled];
  } catch (error) {
    if (!(error instanceof PlumblineError)) throw error;
    return error;
  }
}

async function checked(name: string, look: () => Promise<string>): Promise<Check> {
  try {
    return { name, ok: true, detail: await look(), actions: [] };
  } catch (error) {
    if (!(error instanceof PlumblineError)) throw error;
    return failed(name, error);
  }
}

function failed(name: string, error: PlumblineError): Check {
  return { name, ok: false, detail: error.message, actions: error.actions };
}
