import { validateMapping } from '../../mapping/index.ts';
import { PlumblineError } from '../errors.ts';
import type { Command } from '../ports/index.ts';
import type { CompiledSync } from '../run/index.ts';
import { atWork, type CommandContext } from './context.ts';

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly actions: readonly string[];
}

/** Checks the connections and the field mappings of what `target` names: a connection, a sync, or `*` for all. */
export async function check(
  { target }: Command,
  context: CommandContext,
): Promise<{ readonly checks: readonly Check[] }> {
  const { syncs, connections } = atWork(context);
  const wanted = [...syncs.values()].filter(
    (sync) => target === '*' || sync.name === target || sync.connection === target,
  );
  const checks: Check[] = [];
  for (const name of new Set(wanted.map((sync) => sync.connection))) {
    checks.push(
      await checked(`connection ${name}`, async () => {
        const end = connections.get(name)?.target;
        return end ? `connected to ${(await end.check()).account}` : 'is only read from';
      }),
    );
  }
  for (const sync of wanted) {
    const { source, shape, configuration } = sync;
    checks.push(
      await checked(
        `reading ${sync.name}`,
        async () => `${await source.count(shape)} records of ${shape.object} take part`,
      ),
    );
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
  return { checks };
}

async function mappingProblems(sync: CompiledSync): Promise<ReturnType<typeof validateMapping> | PlumblineError> {
  try {
    const source = await sync.source.describe(sync.shape.object, sync.shape.fields);
    return validateMapping(sync.configuration.mappings, source, await sync.target.describe(sync.targetObject));
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
