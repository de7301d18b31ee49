import { z } from 'zod';
import { RetryError } from '../../engine/index.ts';
import { apiVersion, bodyText, type Channel } from '../connection/index.ts';
import type { OrgObject } from '../describe.ts';
import { longId } from './key.ts';
import type { Outgoing } from './outgoing.ts';
import type { RecordTypeValues } from './values.ts';

const answer = z.object({
  picklistFieldValues: z.record(z.string(), z.object({ values: z.array(z.object({ value: z.string() })) })),
});

/** What each record type offers, asked for once while the target lives (UI API, "Get Values for All Picklist Fields"). */
export class RecordTypes {
  readonly #known = new Map<string, RecordTypeValues>();

  /** Asks for the record types that these records name. */
  async learn(channel: Channel, object: OrgObject, records: readonly Outgoing[]): Promise<void> {
    const open = new Set(object.recordTypes.filter(({ available }) => available).map(({ id }) => id));
    const named = new Set(records.flatMap((record) => recordTypeOf(record) ?? []));
    const missing = [...named].filter((id) => open.has(id) && !this.#known.has(id));
    for (const id of missing) this.#known.set(id, await ask(channel, object, id));
  }

  /** Absent where the record does not say its type. */
  valuesFor(record: Outgoing): RecordTypeValues | undefined {
    const id = recordTypeOf(record);
    return id === undefined ? undefined : this.#known.get(id);
  }
}

async function ask(channel: Channel, { name }: OrgObject, id: string): Promise<RecordTypeValues> {
  const doing = `the picklist values of a record type of ${name}`;
  const path = `/services/data/v${apiVersion}/ui-api/object-info/${name}/picklist-values/${id}`;
  const { response } = await channel.send({ method: 'GET', path, doing });
  const parsed = answer.safeParse(JSON.parse(await bodyText(response, doing)));
  if (!parsed.success) throw new RetryError(`The answer to ${doing} holds no values.`, []);
  const fields = Object.entries(parsed.data.picklistFieldValues);
  return new Map(fields.map(([field, { values }]) => [field, new Set(values.map(({ value }) => value))]));
}

function recordTypeOf({ values }: Outgoing): string | undefined {
  const id = values['RecordTypeId'];
  return typeof id === 'string' ? longId(id) : undefined;
}
