import { SettingsError } from '../errors.ts';
import type { Command, FieldPlan, Setup } from '../ports/index.ts';
import { activeConnection, type CommandContext } from './context.ts';
import { draftId, endsOf } from './draft.ts';

export interface FieldsAnswer {
  /** What is read of the system, by its name and as people call it. */
  readonly from: { readonly object: string; readonly label: string };
  /** The worker's user: it needs Edit on the fields, and never makes them itself. */
  readonly user: string;
  readonly plan: FieldPlan;
  /** The span of time that the values are of; absent where they are of none. */
  readonly period?: string;
  /** Where `arguments.package` is true: what an admin deploys, and the note that says it in words. */
  readonly package?: ReturnType<Setup['fieldPackage']>;
  /** What an admin should know before using the columns, one sentence each. */
  readonly notes: readonly string[];
  /** Fields of the org that syncs of this connection may write now. */
  readonly writable: readonly { readonly path: string; readonly label: string; readonly type: string }[];
}

/**
 * Which fields of the org the columns of a system's object go to: of the draft that is named, or of `arguments.object`
 * and `arguments.salesforceObject` over the connection `target`. `arguments.period` words the span of time.
 */
export async function fields(command: Command, context: CommandContext): Promise<FieldsAnswer> {
  const id = draftId(command);
  const draft = id === undefined ? undefined : await context.control.draft(id);
  const connection = draft?.connection ?? activeConnection(command.target, context);
  const object = draft?.sync.systemObject ?? named(command, 'object');
  const salesforceObject = draft?.sync.salesforceObject ?? named(command, 'salesforceObject');
  const { source, writeLimits } = await endsOf(connection, context);
  const org = context.salesforce.source;
  if (!source || !org) {
    throw new SettingsError(
      `The connection ${connection.name} cannot be read from, so nothing of it goes to the org.`,
      ['Choose a connection whose system can be read from.'],
    );
  }
  const { period: asked } = command.arguments;
  const period = typeof asked === 'string' && asked.trim() !== '' ? asked.trim() : undefined;
  source.forgetSchema?.();
  org.forgetSchema?.();
  const columns = await source.describe(object, []);
  const plan = await context.setup.proposeFields(connection, {
    ...{ object: salesforceObject, columns, period },
    key: draft?.sync.key,
  });
  const { user } = await context.setup.org();
  const described = await org.describe(salesforceObject, []);
  const span = period ?? columns.period;
  return {
    from: { object, label: columns.label },
    ...{ user, plan },
    ...(span !== undefined && { period: span }),
    ...(command.arguments['package'] === true && {
      package: context.setup.fieldPackage(plan, { user, from: columns.label }),
    }),
    notes: columns.notes ?? [],
    writable: [...described.fields.values()]
      .filter(({ path, writable }) => writable && writeLimits?.mayWrite(salesforceObject, path) !== false)
      .map(({ path, label, type }) => ({ path, label, type })),
  };
}

function named({ arguments: given }: Command, name: 'object' | 'salesforceObject'): string {
  const value = given[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new SettingsError('The command names no draft, and does not say which objects the fields are for.', [
    `Give the draft's ID as the argument "draft", or the argument "${name}".`,
  ]);
}
