import { SettingsError } from '../errors.ts';
import type { Command, SourceRow, TargetRecord } from '../ports/index.ts';
import { reasonTexts, sentenceOf } from '../reasons/index.ts';
import { compileSync, type CompiledSync } from '../run/index.ts';
import type { CommandContext } from './context.ts';
import { draftId, endsOf, syncAsked } from './draft.ts';
import { pairUp, type Pair, type Pairing } from './key-pairs.ts';

export interface KeysAnswer {
  /** The field of the org that holds the system's IDs. */
  readonly keyField: string;
  readonly counts: Pairing['counts'];
  /** Records that are to be looked at by a person, and some that would be filled; values stand beside their field. */
  readonly examples: Pairing['examples'];
  /** Absent for a dry run. `later`: not known or not possible now; ask again. */
  readonly written?: { readonly filled: number; readonly later: number; readonly refused: readonly string[] };
}

/** Both sides are compared in memory. */
const most = 1_000_000;

/**
 * Fills the org's key field of a sync with the IDs of the system's records, matched exactly by another field of both
 * (P-60). Never replaces a key that is there. A dry run, unless `arguments.write` is true; asked again, it fills what is
 * new. `arguments.match`: `{ source, target }`, a column of the system and a field of the org.
 */
export async function keys(command: Command, context: CommandContext): Promise<KeysAnswer> {
  const { match, write } = command.arguments;
  const [column, field] = matchOf(match);
  const asked = await syncAsked(command, context);
  const sync = await keySync(asked, command, context);
  const { source: idColumn, target: keyField } = asked.configuration.key;
  const system = await rowsOf({ ...asked, shape: { ...asked.shape, fields: [idColumn, column] } });
  const org = context.salesforce.source;
  if (!org) throw new SettingsError('The org cannot be read, so nothing can be matched.', []);
  const shape = { object: sync.targetObject, fields: [keyField, field], include: 'all' };
  const records = await rowsOf({ source: org, shape });
  const { pairs, counts, examples } = pairUp(system, records, field);
  const answer = { keyField, counts, examples };
  return write === true ? { ...answer, written: await fill(sync, pairs, keyField, context) } : answer;
}

function matchOf(match: unknown): readonly [string, string] {
  if (typeof match === 'object' && match !== null && 'source' in match && 'target' in match) {
    const { source, target } = match;
    if (typeof source === 'string' && typeof target === 'string' && source !== '' && target !== '')
      return [source, target];
  }
  throw new SettingsError('The command does not say which fields are to match.', [
    'Give a column of the system and a field of the org as the argument "match", such as {"source":"name","target":"Name"}.',
  ]);
}

/** The sync that would carry IDs alone, to records by their own ID: what it may write goes through the same last door. */
async function keySync(asked: CompiledSync, command: Command, context: CommandContext): Promise<CompiledSync> {
  const { configuration } = asked;
  const { key, direction, salesforceObject } = configuration;
  if (direction !== 'systemToSalesforce' || key.target === 'Id') {
    throw new SettingsError(`${asked.name} has no field of ${salesforceObject} that holds IDs of the system.`, [
      'Name a sync that reads from the system, whose key is a field of the org.',
    ]);
  }
  const id = draftId(command);
  const draft = id === undefined ? undefined : await context.control.draft(id);
  const ends = draft ? await endsOf(draft.connection, context) : context.session?.connections.get(asked.connection);
  const sync = compileSync(
    {
      ...configuration,
      key: { source: key.source, target: 'Id' },
      rules: { create: false, update: true, delete: 'ignore' },
      mappings: [{ source: key.source, target: key.target, blank: 'keep' }],
    },
    context.salesforce,
    ends ?? {},
  );
  if (sync.door.refused.length === 0) return sync;
  throw new SettingsError(`The system of this connection never writes ${salesforceObject}.${key.target}.`, [
    'Let the sync tell records apart by a custom field that bears the prefix of the system, in the same letters.',
  ]);
}

async function rowsOf({ source, shape }: Pick<CompiledSync, 'source' | 'shape'>): Promise<readonly SourceRow[]> {
  const all: SourceRow[] = [];
  for await (const { chunks } of source.extract(shape, undefined)) {
    for await (const rows of chunks) {
      all.push(...rows);
      if (all.length > most) {
        throw new SettingsError(`${shape.object} has more than ${most} records: too many to be matched at once.`, [
          'Fill the key field in another way, such as an import.',
        ]);
      }
    }
  }
  return all;
}

async function fill(
  sync: CompiledSync,
  pairs: readonly Pair[],
  keyField: string,
  context: CommandContext,
): Promise<NonNullable<KeysAnswer['written']>> {
  const { target, targetObject, name, connection, door } = sync;
  const refused = new Map<string, number>();
  let filled = 0;
  let later = 0;
  const refuse = (sentence: string): void => void refused.set(sentence, (refused.get(sentence) ?? 0) + 1);
  for (let start = 0; start < pairs.length; start += target.limits.maxRecords) {
    const pauses = await context.control.pauses();
    // A draft has not begun yet, so its own pause does not count.
    const counted = ['*', connection, ...(context.session?.syncs.has(name) ? [name] : [])];
    if (counted.some((each) => pauses.has(each))) {
      later += pairs.length - start;
      break;
    }
    const records = pairs
      .slice(start, start + target.limits.maxRecords)
      .map(({ record, id }): TargetRecord => ({
        key: record,
        action: 'upsert',
        json: JSON.stringify({ [keyField]: id }),
      }))
      .filter((record) => {
        const problem = door.leaving(targetObject, record, true);
        if (problem !== undefined) refuse(sentenceOf('not-allowed', problem));
        return problem === undefined;
      });
    const result = await target.send(targetObject, records, 'bulk', async () => undefined);
    if (result.kind === 'refused') throw result.error;
    if (result.kind === 'unanswered') later += records.length;
    else {
      for (const delivery of result.deliveries) {
        if (delivery.kind === 'delivered') filled++;
        else if (delivery.kind === 'rejected') {
          refuse(`${sentenceOf(delivery.reason, delivery.detail)} ${reasonTexts[delivery.reason].nextStep}`);
        } else later++;
      }
    }
  }
  return { filled, later, refused: Array.from(refused, ([sentence, count]) => `${count}: ${sentence}`) };
}
