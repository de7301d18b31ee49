import { z } from 'zod';
import { RetryError, SettingsError, type RecordFields, type WriteResult } from '../engine/index.ts';
import { createJsforceConnection, type Channel } from './connection/index.ts';
import { isRecordId } from './soql.ts';

/** Records of one call (sObject Collections). */
const batchRecords = 200;

const answers = z.array(
  z.object({
    id: z.string().nullish(),
    success: z.boolean(),
    created: z.boolean().optional(),
    errors: z.array(z.object({ statusCode: z.string(), message: z.string(), fields: z.array(z.string()).nullish() })),
  }),
);

/** Writes in collections; results in the order of the records. */
export interface Collections {
  create(object: string, records: readonly RecordFields[]): Promise<readonly WriteResult[]>;
  update(object: string, records: readonly RecordFields[]): Promise<readonly WriteResult[]>;
  upsert(object: string, externalIdField: string, records: readonly RecordFields[]): Promise<readonly WriteResult[]>;
  delete(object: string, ids: readonly string[]): Promise<readonly WriteResult[]>;
}

export function createCollections(channel: Channel): Collections {
  async function inBatches<Item>(
    doing: string,
    items: readonly Item[],
    created: boolean,
    call: (connection: ReturnType<typeof createJsforceConnection>, batch: Item[]) => Promise<unknown>,
  ): Promise<readonly WriteResult[]> {
    const connection = createJsforceConnection(channel, doing);
    const results: WriteResult[] = [];
    for (let start = 0; start < items.length; start += batchRecords) {
      const batch = items.slice(start, start + batchRecords);
      results.push(...toResults(await call(connection, batch), batch.length, created, doing));
    }
    return results;
  }

  return {
    create: (object, records) =>
      inBatches(`creating ${object} records`, records, true, (connection, batch) =>
        connection.create(object, batch.map(copy)),
      ),
    async update(object, records) {
      for (const record of records) checkId(object, record['Id']);
      return await inBatches(`updating ${object} records`, records, false, (connection, batch) =>
        connection.update(
          object,
          batch.map((record) => ({ ...record, Id: String(record['Id']) })),
        ),
      );
    },
    upsert(object, externalIdField, records) {
      return inBatches(`upserting ${object} records`, records, false, (connection, batch) =>
        connection.upsert(object, batch.map(copy), externalIdField),
      );
    },
    async delete(object, ids) {
      for (const id of ids) checkId(object, id);
      return await inBatches(`deleting ${object} records`, ids, false, (connection, batch) =>
        connection.destroy(object, batch),
      );
    },
  };
}

function copy(record: RecordFields): Record<string, unknown> {
  return { ...record };
}

function checkId(object: string, id: unknown): void {
  if (typeof id === 'string' && isRecordId(id)) return;
  throw new SettingsError(`A record of ${object} to be written has no record ID.`, ['Give each record its Id.']);
}

function toResults(body: unknown, expected: number, created: boolean, doing: string): readonly WriteResult[] {
  const parsed = answers.safeParse(body);
  if (!parsed.success || parsed.data.length !== expected) {
    throw new RetryError(`The answer to ${doing} does not hold one result per record.`, []);
  }
  return parsed.data.map((answer) =>
    answer.success
      ? { success: true, id: answer.id ?? '', created: answer.created ?? created }
      : {
          success: false,
          errors: answer.errors.map(({ statusCode, message, fields }) => ({
            statusCode,
            message,
            fields: fields ?? [],
          })),
        },
  );
}
