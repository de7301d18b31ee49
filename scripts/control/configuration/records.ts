import type { RecordClient } from '../../engine/index.ts';
import { collect } from '../rows.ts';
import { requireDraft, type Draft } from './schema.ts';

export const connectionObject = 'Plumbline_Connection__c';
export const syncObject = 'Plumbline_Sync__c';
export const mappingObject = 'Plumbline_Field_Mapping__c';

export interface ConnectionRow {
  readonly Id: string;
  readonly Unique_Name__c: string;
  readonly System__c: string;
  readonly Settings__c: string | null;
}

export interface SyncRow {
  readonly Id: string;
  readonly Unique_Name__c: string;
  readonly Connection__c: string;
  readonly Direction__c: string;
  readonly Salesforce_Object__c: string;
  readonly System_Object__c: string;
  readonly Key_Source__c: string;
  readonly Key_Target__c: string;
  readonly Include__c: string | null;
  readonly Precedence__c: number | null;
  readonly Create_Records__c: boolean;
  readonly Update_Records__c: boolean;
  readonly On_Delete__c: string;
  readonly On_Duplicate__c: string | null;
  readonly Poll_Seconds__c: number | null;
  readonly Sweep_At__c: string | null;
}

export interface MappingRow {
  readonly Id: string;
  readonly Sync__c: string;
  readonly Source__c: string;
  readonly Target__c: string;
  readonly Transform__c: string | null;
  readonly Blank__c: string;
  readonly Position__c: number | null;
}

/** The draft as its records hold it. */
export interface DraftRows {
  readonly connections: readonly ConnectionRow[];
  readonly syncs: readonly SyncRow[];
  readonly mappings: readonly MappingRow[];
}

export const connectionFields = 'Id, Unique_Name__c, System__c, Settings__c';
export const syncFields =
  'Id, Unique_Name__c, Connection__c, Direction__c, Salesforce_Object__c, System_Object__c, Key_Source__c, Key_Target__c, ' +
  'Include__c, Precedence__c, Create_Records__c, Update_Records__c, On_Delete__c, On_Duplicate__c, Poll_Seconds__c, Sweep_At__c';
export const mappingFields = 'Id, Sync__c, Source__c, Target__c, Transform__c, Blank__c, Position__c';

/** Reads the draft's records, in three queries. */
export async function readDraftRows(records: RecordClient): Promise<DraftRows> {
  return {
    connections: await collect(records.query<ConnectionRow>(`SELECT ${connectionFields} FROM ${connectionObject}`)),
    syncs: await collect(records.query<SyncRow>(`SELECT ${syncFields} FROM ${syncObject}`)),
    mappings: await collect(
      records.query<MappingRow>(`SELECT ${mappingFields} FROM ${mappingObject} ORDER BY Position__c, Id`),
    ),
  };
}

/** The draft that these records hold. Throws `SettingsError` that lists what an admin left unfinished, place by place. */
export function draftOf(rows: DraftRows): Draft {
  return requireDraft(
    valueOf(rows),
    'The draft in the org',
    'Complete these records in the org, or apply a configuration file.',
  );
}

/** What the records hold, unchecked. */
export function valueOf(rows: DraftRows): unknown {
  const connectionNames = new Map(rows.connections.map((row) => [row.Id, row.Unique_Name__c]));
  const mappings = Map.groupBy(rows.mappings, (row) => row.Sync__c);
  return {
    connections: byName(rows.connections).map((row) => ({
      name: row.Unique_Name__c,
      system: row.System__c,
      ...(row.Settings__c === null ? {} : { settings: jsonOrText(row.Settings__c) }),
    })),
    syncs: byName(rows.syncs).map((row) => ({
      name: row.Unique_Name__c,
      connection: connectionNames.get(row.Connection__c),
      direction: row.Direction__c,
      salesforceObject: row.Salesforce_Object__c,
      systemObject: row.System_Object__c,
      key: { source: row.Key_Source__c, target: row.Key_Target__c },
      include: row.Include__c ?? '',
      precedence: row.Precedence__c ?? undefined,
      rules: {
        create: row.Create_Records__c,
        update: row.Update_Records__c,
        delete: row.On_Delete__c,
        ...(row.On_Duplicate__c === null ? {} : { duplicates: row.On_Duplicate__c }),
      },
      schedule: {
        pollSeconds: row.Poll_Seconds__c ?? undefined,
        ...(row.Sweep_At__c === null ? {} : { sweepAt: row.Sweep_At__c }),
      },
      mappings: (mappings.get(row.Id) ?? []).map((mapping) => ({
        source: mapping.Source__c,
        target: mapping.Target__c,
        ...(mapping.Transform__c === null ? {} : { transform: mapping.Transform__c }),
        blank: mapping.Blank__c,
      })),
    })),
  };
}

/** In the order of code units: SOQL would sort without regard to case, and the same draft must have the same hash. */
function byName<Row extends { readonly Unique_Name__c: string }>(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted((left, right) => (left.Unique_Name__c < right.Unique_Name__c ? -1 : 1));
}

/** Text that is not JSON stays text: the schema then says at its place that settings are an object. */
function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
