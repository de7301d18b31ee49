import { SettingsError } from '../errors.ts';
import type { Command, FieldDescription } from '../ports/index.ts';
import type { Ends } from '../run/index.ts';
import { activeConnection, type CommandContext } from './context.ts';
import { draftId, endsOf } from './draft.ts';

interface FieldAnswer {
  readonly path: string;
  readonly label: string;
  readonly type: string;
  readonly writable: boolean;
  /** Why no mapping can use it, as a sentence. */
  readonly cannotUse?: string;
}

export interface Description {
  readonly account: string;
  readonly objects: readonly { readonly name: string; readonly label: string }[];
  readonly object: string;
  readonly fields: readonly FieldAnswer[];
  /** Mappings that a new connection of this system starts with. */
  readonly suggestions: readonly { readonly source: string; readonly target: string; readonly transform?: string }[];
  /** Fields of the org that no sync into the system may map, each with why, as a sentence (K-11). */
  readonly refused: readonly { readonly path: string; readonly sentence: string }[];
  /** What an admin should know before using the object, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * The account behind a connection, its objects, and the fields of one of them (`arguments.object`): those that the
 * direction of the draft can write, or read. With `arguments.objects` true, the objects alone.
 */
export async function describe(command: Command, context: CommandContext): Promise<Description> {
  const id = draftId(command);
  const draft = id === undefined ? undefined : await context.control.draft(id);
  const connection = draft?.connection ?? activeConnection(command.target, context);
  const ends = await endsOf(connection, context);
  const isWritten = ends.target !== undefined && draft?.sync.direction !== 'systemToSalesforce';
  const end = isWritten ? ends.target : ends.source;
  if (!end)
    throw new SettingsError(`The connection ${connection.name} cannot ${isWritten ? 'be written' : 'be read'}.`, []);
  const direction = isWritten ? 'salesforceToSystem' : 'systemToSalesforce';
  const defaults = context.setup.defaultSyncs(connection).filter((sync) => sync.direction === direction);
  const account = ends.target ? (await ends.target.check()).account : connection.name;
  const offered = (isWritten ? undefined : await ends.source?.offers?.()) ?? [];
  const objects = new Map(defaults.map(({ systemObject }) => [systemObject, systemObject]));
  // What the account itself offers takes the place of names that stand for any.
  if (offered.length > 0) objects.clear();
  for (const { name, label } of offered) objects.set(name, label);
  const listed = (): Description['objects'] => [...objects].map(([name, label]) => ({ name, label }));
  if (command.arguments['objects'] === true) {
    return { account, objects: listed(), object: '', fields: [], suggestions: [], refused: [], notes: [] };
  }
  const object = objectOf(command, draft?.sync.systemObject ?? defaults[0]?.systemObject);
  const described = await end.describe(object, []);
  objects.set(object, described.label);
  const suggested = defaults.find(
    (sync) =>
      sync.systemObject === object && sync.salesforceObject === (draft?.sync.salesforceObject ?? sync.salesforceObject),
  );
  return {
    account,
    objects: listed(),
    object,
    fields: [...described.fields.values()].map((field) => fieldAnswer(field, object, ends, isWritten)),
    suggestions: (suggested?.mappings ?? []).map(({ source, target: path, transform }) => ({
      ...{ source, target: path },
      ...(transform !== undefined && { transform }),
    })),
    refused: isWritten && draft ? await refusedBy(ends, draft.sync.salesforceObject, context) : [],
    notes: described.notes ?? [],
  };
}

async function refusedBy(
  { fieldRules }: Ends,
  salesforceObject: string,
  { salesforce }: CommandContext,
): Promise<Description['refused']> {
  if (!fieldRules || !salesforce.source) return [];
  const { fields } = await salesforce.source.describe(salesforceObject, []);
  return [...fields.values()].flatMap((field) => {
    const sentence = fieldRules.refusal(salesforceObject, field);
    return sentence === undefined ? [] : [{ path: field.path, sentence }];
  });
}

function objectOf({ arguments: { object } }: Command, otherwise: string | undefined): string {
  if (typeof object === 'string' && object !== '') return object;
  if (otherwise !== undefined) return otherwise;
  throw new SettingsError('The command does not say which object to describe.', ['Give it as the argument "object".']);
}

function fieldAnswer(field: FieldDescription, object: string, ends: Ends, isWritten: boolean): FieldAnswer {
  const { path, label, type, readable } = field;
  const writable = field.writable && (ends.writeLimits?.mayWrite(object, path) ?? true);
  const cannotUse =
    isWritten && !writable
      ? `${label} cannot be written: the system keeps it for itself.`
      : !isWritten && !readable
        ? `${label} cannot be read.`
        : undefined;
  return { path, label, type, writable, ...(cannotUse !== undefined && { cannotUse }) };
}
