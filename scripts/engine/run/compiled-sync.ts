import { compileMapping, MappingError, type CompiledMapping } from '../../mapping/index.ts';
import type { SyncConfiguration } from '../configuration.ts';
import { SettingsError } from '../errors.ts';
import type { Election, SyncPolicy } from '../plan/index.ts';
import type { FieldRules, ReadShape, RecordPage, Source, Target, WriteLimits } from '../ports/index.ts';
import { compileLastDoor, type LastDoor } from './last-door.ts';

/** What a system can do: be read from, be written to, or both. */
export interface Ends {
  readonly source?: Source;
  readonly target?: Target;
  /** Goes before `target` where each sync says how records are told apart and what becomes of duplicates. */
  readonly targetOf?: (sync: SyncConfiguration, limits: WriteLimits | undefined) => Target;
  /** What the system never lets any sync of its connections write; absent: what the mappings name is all there is. */
  readonly writeLimits?: WriteLimits;
  /** Which of the org's fields its syncs may read, and into what; absent: whatever the types allow. */
  readonly fieldRules?: FieldRules;
  /** What is wrong with each of its connection's syncs, by name, given all of them; absent: nothing ever is. */
  readonly syncProblems?: (syncs: readonly SyncConfiguration[]) => ReadonlyMap<string, string>;
  /**
   * The page of the system's record of a sync: `record` is its ID where the sync reads the system, its key where it
   * writes it, `held` what the target read of it. Undefined where the address is not known; absent: it never is.
   */
  readonly recordPage?: (sync: SyncConfiguration, record: string, held: unknown) => RecordPage | undefined;
  /** Who wins a target key that several records claim, by direction; absent: the latest. */
  readonly election?: { readonly toSystem: Election; readonly fromSystem: Election };
}

/** A sync made ready to run: its two ends, what is read, and its mapping compiled once. */
export interface CompiledSync extends SyncPolicy {
  readonly configuration: SyncConfiguration;
  readonly connection: string;
  /** Names the source in cursors: `salesforce`, or the connection. */
  readonly sourceName: string;
  readonly source: Source;
  readonly target: Target;
  readonly targetObject: string;
  readonly shape: ReadShape;
  /** Place of the key among the shape's fields. */
  readonly keyIndex: number;
  readonly map: CompiledMapping;
  readonly door: LastDoor;
  /** Of the system, where the sync reads the org. */
  readonly fieldRules: FieldRules | undefined;
  readonly syncProblems: Ends['syncProblems'];
  readonly recordPage: Ends['recordPage'];
}

/**
 * Compiles one sync of an activated version. `announcedAs` names the system to flows of the org; absent: they are told
 * nothing. Throws `SettingsError` when it cannot run.
 */
export function compileSync(
  configuration: SyncConfiguration,
  salesforce: Ends,
  system: Ends,
  announcedAs?: string,
): CompiledSync {
  const { name, connection, precedence, rules, include, key, mappings } = configuration;
  const outward = configuration.direction === 'salesforceToSystem';
  const [from, to] = outward ? [salesforce, system] : [system, salesforce];
  const [sourceObject, targetObject] = outward
    ? [configuration.salesforceObject, configuration.systemObject]
    : [configuration.systemObject, configuration.salesforceObject];
  const target = to.targetOf?.(configuration, system.writeLimits) ?? to.target;
  if (!from.source || !target) {
    const what = from.source ? `${targetObject} cannot be written to` : `${sourceObject} cannot be read from`;
    throw new SettingsError(`The sync ${name} cannot run: ${what} over the connection ${connection}.`, [
      'Choose the other direction, or another connection.',
    ]);
  }
  const door = compileLastDoor(targetObject, configuration, system.writeLimits);
  const fields = [...new Set([key.source, ...mappings.map((mapping) => mapping.source)])];
  return {
    name,
    // Syncs into the org tell its records apart by keys of their own, and write fields of their own.
    keySpace: outward ? `${connection}/${targetObject}` : `${connection}/${targetObject}/${name}`,
    precedence,
    election: (outward ? system.election?.toSystem : system.election?.fromSystem) ?? 'latest',
    rules: { ...rules, create: door.mayCreate },
    door,
    announcedAs: outward ? undefined : announcedAs,
    configuration,
    connection,
    sourceName: outward ? 'salesforce' : connection,
    source: from.source,
    target,
    targetObject,
    shape: { object: sourceObject, fields, include },
    keyIndex: fields.indexOf(key.source),
    map: compiled(configuration, fields),
    fieldRules: outward ? system.fieldRules : undefined,
    syncProblems: system.syncProblems,
    recordPage: system.recordPage,
  };
}

function compiled({ name, mappings }: SyncConfiguration, fields: readonly string[]): CompiledMapping {
  try {
    return compileMapping(mappings, fields);
  } catch (error) {
    if (!(error instanceof MappingError)) throw error;
    const mends = error.problems.map((each) => `${each.place}: ${each.mend}.`);
    throw new SettingsError(`The field mapping of the sync ${name} is wrong. ${error.message}`, mends, {
      cause: error,
    });
  }
}
